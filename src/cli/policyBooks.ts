/** What a pipeline reads of the policy's files beside the compiled policy. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InternalFault } from '../fault/index.js';
import { loadSubgraphs, type Subgraph } from '../supergraph/index.js';

/** The subgraphs' own SDL, and the matrix as its file states it. Throws an `InternalFault` when a file has gone. */
export function readPolicyBooks(root: string): {
  readonly subgraphs: readonly Subgraph[];
  readonly matrixText: string;
} {
  const loaded = loadSubgraphs(root);
  if (loaded.kind === 'problems') throw new InternalFault('the subgraphs were readable and are no more');
  return { subgraphs: loaded.subgraphs, matrixText: readFileSync(join(root, 'policy/matrix.yaml'), 'utf8') };
}
