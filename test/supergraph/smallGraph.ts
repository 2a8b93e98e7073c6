import { readFileSync } from 'node:fs';
import { dataCategories, maskOf } from '../../src/policy/index.js';
import { classify, parseSubgraph, type Classified, type Subgraph } from '../../src/supergraph/index.js';

const link = `extend schema
  @link(url: "https://specs.apollo.dev/link/v1.0")
  @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable", "@inaccessible", "@external", "@composeDirective"])
  @link(url: "https://ringfence.dev/policy/v1.0", import: ["@data", "@value", "DataCategory"])
  @composeDirective(name: "@data")
`;

/** The closed list, as the policy gives it to `classify`. */
export const bits = new Map(dataCategories.map((word) => [word, maskOf([word])]));

/** One subgraph of the given SDL, in file `<name>.graphql`; the policy's vocabulary and the links stand in other files. */
export function subgraphOf(name: string, text: string): Subgraph {
  const vocabulary = { file: 'policy.graphql', text: readFileSync('schema/policy.graphql', 'utf8') };
  const parsed = parseSubgraph(name, [
    vocabulary,
    { file: 'link.graphql', text: link },
    { file: `${name}.graphql`, text },
  ]);
  if (parsed.kind === 'problems') throw new Error(JSON.stringify(parsed.problems));
  return parsed.subgraph;
}

/** Classifies subgraphs given as name → SDL. */
export function classifySdl(sdls: Readonly<Record<string, string>>): Classified {
  return classify(
    Object.entries(sdls).map(([name, text]) => subgraphOf(name, text)),
    bits,
  );
}
