/** Supergraph SDL → a planner: the one place that knows which library plans. */
import { QueryPlanner, type QueryPlan } from '@graphql-hive/router-query-planner';
import {
  buildASTSchema,
  type DefinitionNode,
  type GraphQLSchema,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  specifiedDirectives,
  specifiedScalarTypes,
} from 'graphql';
import { InternalFault } from '../fault/index.js';
import { type Topology, topologyOf } from './topology.js';

/** Plans operations over one supergraph. */
export interface Planner {
  /** The library's plan of a fragment-free document. Throws an `InternalFault` for what it cannot plan. */
  plan(document: string, operationName?: string): QueryPlan;
  readonly topology: Topology;
  /** SDL of the API schema: the supergraph without what is hidden. */
  readonly consumerSchema: string;
}

/** Overrides are never progressive here: a field moves when its override is at 100 %, for every request at once. */
const noLabels: ReadonlySet<string> = new Set();
const stablePercentage = 99.999;

/** A planner over a composed supergraph. Throws an `InternalFault` for SDL that the planner refuses. */
export function createPlanner(supergraphSdl: string): Planner {
  const library = attempt('the supergraph does not load into the planner', () => new QueryPlanner(supergraphSdl));
  return {
    plan: (document, operationName) =>
      attempt('the operation cannot be planned', () =>
        library.plan(document, operationName ?? null, new Set(noLabels), stablePercentage),
      ),
    topology: topologyOf(parse(supergraphSdl, { noLocation: true })),
    consumerSchema: library.consumerSchema,
  };
}

const builtIn: ReadonlySet<string> = new Set(
  [...specifiedScalarTypes, ...specifiedDirectives].map((definition) => definition.name),
);

/** The schema that clients of a plain supergraph see. Introspection, which the library spells out, is graphql-js' own. */
export function apiSchemaOf(planner: Planner): GraphQLSchema {
  const { kind, definitions } = parse(planner.consumerSchema, { noLocation: true });
  const own = definitions.filter((definition) => !isBuiltIn(definition)).map(withoutMetaFields);
  return buildASTSchema({ kind, definitions: own }, { assumeValidSDL: true });
}

function isBuiltIn(definition: DefinitionNode): boolean {
  if (!('name' in definition) || !definition.name) return false;
  return definition.name.value.startsWith('__') || builtIn.has(definition.name.value);
}

function withoutMetaFields(definition: DefinitionNode): DefinitionNode {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return definition;
  const object: ObjectTypeDefinitionNode = definition;
  return { ...object, fields: (object.fields ?? []).filter(({ name }) => !name.value.startsWith('__')) };
}

function attempt<T>(message: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new InternalFault(message, { cause });
  }
}
