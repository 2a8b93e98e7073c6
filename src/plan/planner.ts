/** Supergraph SDL → a planner: the one place that knows which library plans. */
import { QueryPlanner, type QueryPlan } from '@graphql-hive/router-query-planner';
import {
  buildASTSchema,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  specifiedDirectives,
  specifiedScalarTypes,
} from 'graphql';
import { InternalFault } from '../fault/index.js';
import { plannable, splitFields } from './plannable.js';
import { rolloutOf, type Stage } from './rollout.js';
import { otherWordings, withSafeKeys } from './supergraphRewrites.js';
import { type Topology, topologyOf } from './topology.js';

/** Plans operations over one supergraph. */
export interface Planner {
  /**
   * The ways to plan, best first: where one refuses a document, or plans what cannot run, the next may not.
   */
  readonly ways: readonly PlanWay[];
  /** How many stages there are, and the one of the next request. */
  readonly stages: number;
  drawStage(): Stage;
  readonly topology: Topology;
  /** SDL of the API schema: the supergraph without what is hidden. */
  readonly consumerSchema: string;
}

/** The library's plan of a fragment-free document. Throws an `InternalFault` for what it cannot plan. */
export type PlanWay = (document: string, stage: Stage) => QueryPlan;

/** What decides progressive overrides (`@override(from:, label:)`). */
export interface PlannerOptions {
  /** The custom labels that are on; none when absent. Labels such as `percent(20)` are drawn instead. */
  readonly overrideLabels?: ReadonlySet<string>;
  /** A number from 0 up to but not including 100, drawn for each request. */
  readonly draw?: () => number;
}

/**
 * A planner over a composed supergraph. Throws an `InternalFault` for SDL that the planner refuses. The ways after the
 * first load the supergraph once more when they are first needed: as long as at the start.
 */
export function createPlanner(supergraphSdl: string, options: PlannerOptions = {}): Planner {
  const { overrideLabels = new Set(), draw = (): number => Math.random() * 100 } = options;
  const stated = parse(supergraphSdl, { noLocation: true });
  const supergraph = plannable(stated);
  const library = load(withSafeKeys(supergraph));
  const rollout = rolloutOf(library.overridePercentages);
  const wayOver =
    (loaded: () => QueryPlanner): PlanWay =>
    (document, stage) =>
      attempt('the operation cannot be planned', () =>
        loaded().plan(document, null, new Set(overrideLabels), rollout.drawnFor(stage)),
      );
  return {
    ways: [() => library, ...otherWordings(supergraph).map((word) => lazily(() => load(word())))].map(wayOver),
    stages: rollout.stages,
    drawStage: () => (rollout.stages === 1 ? 0 : rollout.stageOf(draw())),
    topology: topologyOf(stated),
    consumerSchema: (splitFields(stated).size > 0 ? load(stated) : library).consumerSchema,
  };
}

function load(supergraph: DocumentNode): QueryPlanner {
  return attempt('the supergraph does not load into the planner', () => new QueryPlanner(print(supergraph)));
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
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

/** Definitions that are no part of the graph: graphql-js' own, and those by which subgraphs are joined. */
function isBuiltIn(definition: DefinitionNode): boolean {
  if (!('name' in definition) || !definition.name) return false;
  const name = definition.name.value;
  return /^(__|join__|link__|core__)/.test(name) || builtIn.has(name);
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
