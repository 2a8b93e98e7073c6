/** Supergraph SDL → a planner: the one place that knows which library plans. */
import type { QueryPlan } from '@graphql-hive/router-query-planner';
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
import { loadHere, type LoadedSupergraph } from './library.js';
import { plannable, splitFields } from './plannable.js';
import { loadApart } from './planningProcess.js';
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
  /** Ends what plans, where that is a process. */
  close(): Promise<void>;
}

/** The library's plan of a fragment-free document. Rejects with an `InternalFault` for what it cannot plan. */
export type PlanWay = (document: string, stage: Stage) => Promise<QueryPlan>;

/** What decides progressive overrides (`@override(from:, label:)`). */
export interface PlannerOptions {
  /** The custom labels that are on; none when absent. Labels such as `percent(20)` are drawn instead. */
  readonly overrideLabels?: ReadonlySet<string>;
  /** A number from 0 up to but not including 100, drawn for each request. */
  readonly draw?: () => number;
}

/**
 * A planner over a composed supergraph, with the library in this process: for tests and for commands, where a defect of
 * the library may end the process. Throws an `InternalFault` for SDL that the library refuses. The ways after the first
 * load the supergraph once more when they are first needed: as long as at the start.
 */
export function createPlanner(supergraphSdl: string, options: PlannerOptions = {}): Planner {
  const stated = parse(supergraphSdl, { noLocation: true });
  const supergraph = plannable(stated);
  const library = loadHere(print(withSafeKeys(supergraph)));
  const shown = splitFields(stated).size > 0 ? loadHere(supergraphSdl) : library;
  return plannerOver({ stated, supergraph, library, shown, load: loadHere }, options);
}

/** As {@link createPlanner}, with the library in a process of its own: for gateways. Rejects with an `InternalFault`. */
export async function createPlannerApart(supergraphSdl: string, options: PlannerOptions = {}): Promise<Planner> {
  const stated = parse(supergraphSdl, { noLocation: true });
  const supergraph = plannable(stated);
  const library = await loadApart(print(withSafeKeys(supergraph)));
  const shown = splitFields(stated).size > 0 ? await loadApart(supergraphSdl) : library;
  return plannerOver({ stated, supergraph, library, shown, load: loadApart }, options);
}

/** What a planner is made of. */
interface PlannerParts {
  readonly stated: DocumentNode;
  readonly supergraph: DocumentNode;
  /** `supergraph`, loaded. */
  readonly library: LoadedSupergraph;
  /** Whichever knows the API schema. */
  readonly shown: LoadedSupergraph;
  readonly load: (supergraphSdl: string) => LoadedSupergraph | Promise<LoadedSupergraph>;
}

function plannerOver({ stated, supergraph, library, shown, load }: PlannerParts, options: PlannerOptions): Planner {
  const opened = new Set<LoadedSupergraph | Promise<LoadedSupergraph>>([library, shown]);
  const { overrideLabels = new Set(), draw = (): number => Math.random() * 100 } = options;
  const labels = [...overrideLabels];
  const rollout = rolloutOf(library.overridePercentages);
  const wayOver =
    (loaded: () => LoadedSupergraph | Promise<LoadedSupergraph>): PlanWay =>
    async (document, stage) =>
      (await loaded()).plan({ document, labels, drawn: rollout.drawnFor(stage) });
  const others = otherWordings(supergraph).map((word) =>
    lazily(() => {
      const loaded = load(print(word()));
      opened.add(loaded);
      return loaded;
    }),
  );
  return {
    ways: [(): LoadedSupergraph => library, ...others].map(wayOver),
    stages: rollout.stages,
    drawStage: () => (rollout.stages === 1 ? 0 : rollout.stageOf(draw())),
    topology: topologyOf(stated),
    consumerSchema: shown.consumerSchema,
    close: async () => void (await Promise.all([...opened].map(async (loaded) => (await loaded).close()))),
  };
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
