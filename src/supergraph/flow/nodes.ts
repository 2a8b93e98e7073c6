/** The places between which data travels: coordinates, subgraphs, and rows, whose mere presence tells something. */

/** The place `subgraph ads`: what that subgraph is handed or can infer. */
export function subgraphNode(name: string): string {
  return `subgraph ${name}`;
}

/** The presence of rows: of a type wherever they come from, or of those that one field leads to. */
export function rowsNode(of: string): string {
  return `rows of ${of}`;
}

/** The coordinate or type whose rows a place stands for; any other place as it is. */
export function coordinateOf(node: string): string {
  return node.startsWith('rows of ') ? node.slice('rows of '.length) : node;
}
