import { buildASTSchema, lexicographicSortSchema, printSchema, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { PolicyTable } from './policyTable.js';
import { bareGraph, keepReachable, projectGraph } from './viewGraph.js';
import { purposes, viewNames, viewOf, type ViewName } from './vocabulary.js';

/** One projection of the graph: what its clients parse, validate and introspect. */
export interface View {
  readonly schema: GraphQLSchema;
  /** Sorted and stable, for people and for `schema/views`. */
  readonly sdl: string;
}

/** The four projections by name. */
export type Views = Readonly<Record<ViewName, View>>;

/**
 * Projects the public graph for each view. `first-party` is the whole of it; in the others, what no purpose of the
 * view may read does not exist, and no description is left that could name it. Linear in the graph for each view.
 */
export function projectViews(publicGraph: DocumentNode, table: PolicyTable): Views {
  const whole = bareGraph(publicGraph);
  const [firstParty, ads, open, audit] = viewNames.map((name) =>
    viewFrom(name === 'first-party' ? whole : projectGraph(whole, (coordinate) => reads(table, name, coordinate))),
  ) as [View, View, View, View];
  return { 'first-party': firstParty, ads, open, audit };
}

/** Whether some purpose of the view may read a coordinate. Items hang on anchor edges, which these views have none of. */
function reads(table: PolicyTable, view: ViewName, coordinate: string): boolean {
  return purposes.some(
    (purpose) =>
      viewOf(purpose) === view &&
      table.verdict(purpose, coordinate, false) === 'allow' &&
      table.canMeet(purpose, coordinate),
  );
}

function viewFrom(graph: DocumentNode): View {
  const schema = lexicographicSortSchema(buildASTSchema(keepReachable(graph), { assumeValidSDL: true }));
  return { schema, sdl: `${printSchema(schema)}\n` };
}
