import { readFileSync } from 'node:fs';
import {
  categoriesOf,
  controlCategories,
  financialMask,
  maskOf,
  type DataCategory,
} from '../../../src/policy/index.js';
import {
  analyseFlow,
  classify,
  compose,
  parseSubgraph,
  type Flow,
  type FlowFinding,
  type Subgraph,
} from '../../../src/supergraph/index.js';
import { bits } from '../smallGraph.js';

const link = `extend schema
  @link(url: "https://specs.apollo.dev/link/v1.0")
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@inaccessible", "@external",
    "@requires", "@provides", "@override", "@interfaceObject", "@context", "@fromContext", "@composeDirective"])
  @link(url: "https://ringfence.dev/policy/v1.0", import: ["@data", "@value", "DataCategory"])
  @composeDirective(name: "@data")
`;

/** What a small graph is made of: SDL by subgraph, and clearances of those that have any. */
export interface SmallGraph {
  readonly sdl: Readonly<Record<string, string>>;
  readonly cleared?: Readonly<Record<string, readonly DataCategory[]>>;
}

/** The subgraphs of a small graph, each in file `<name>.graphql`. `linked` replaces the links of federation. */
export function subgraphsOf(sdl: SmallGraph['sdl'], linked = link): Subgraph[] {
  const vocabulary = { file: 'policy.graphql', text: readFileSync('schema/policy.graphql', 'utf8') };
  return Object.entries(sdl).map(([name, text]) => {
    const files = [vocabulary, { file: 'link.graphql', text: linked }, { file: `${name}.graphql`, text }];
    const parsed = parseSubgraph(name, files);
    if (parsed.kind === 'problems') throw new Error(JSON.stringify(parsed.problems));
    return parsed.subgraph;
  });
}

/** The flow of a graph that classifies and composes; throws where it does not. */
export function flowOf(graph: SmallGraph): Flow {
  const subgraphs = subgraphsOf(graph.sdl);
  const composed = compose(subgraphs, (name) => `http://${name}`);
  if (composed.kind === 'problems') throw new Error(JSON.stringify(composed.problems, null, 2));
  return flowThrough(subgraphs, graph.cleared);
}

/** The flow of classified subgraphs, composed or not. */
export function flowThrough(subgraphs: readonly Subgraph[], cleared: SmallGraph['cleared'] = {}): Flow {
  const classified = classify(subgraphs, bits);
  if (classified.kind === 'problems') throw new Error(JSON.stringify(classified.problems, null, 2));
  const clearances = new Map(Object.entries(cleared).map(([name, words]) => [name, maskOf(words)]));
  const masks = {
    bits,
    financial: financialMask,
    control: maskOf(controlCategories),
    implied: maskOf(['RELATIONSHIP']),
  };
  return analyseFlow({ subgraphs, classification: classified.classification, clearances, masks });
}

/** A finding on one line: `FLOW_INTO_SUBGRAPH subgraph ads BALANCE requires@ads.graphql:3`. */
export function brief({ code, sink, categories, path, location }: FlowFinding): string {
  const reasons = path.map(({ reason }) => reason).join('>');
  const place = location ? `@${location.file}:${location.line}` : '';
  return `${code} ${sink} ${categoriesOf(categories).join('+')} ${reasons}${place}`;
}
