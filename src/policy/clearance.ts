import { z } from 'zod';
import type { Problem } from '../fault/index.js';
import { readPolicyFile } from './policyFile.js';
import { controlCategories, financialCategories, maskOf, type CategoryMask } from './vocabulary.js';

/** Subgraph → the categories it may be handed. 0 for a subgraph that may learn nothing of a customer's banking. */
export type Clearances = ReadonlyMap<string, CategoryMask>;

const clearanceSchema = z.strictObject({
  clearances: z.record(z.string(), z.array(z.enum([...financialCategories, ...controlCategories]))),
});

/** Reads `policy/clearances.yaml`, which lists exactly the given subgraphs. */
export function readClearances(
  root: string,
  subgraphs: readonly string[],
): { readonly clearances: Clearances; readonly problems: readonly Problem[] } {
  const file = readPolicyFile(root, 'policy/clearances.yaml', clearanceSchema);
  if (file.kind === 'problems') return { clearances: new Map(), problems: file.problems };
  const clearances = new Map(Object.entries(file.value.clearances).map(([name, words]) => [name, maskOf(words)]));
  const missing = subgraphs
    .filter((name) => !clearances.has(name))
    .map((name) =>
      file.problemAt(['clearances'], 'CLEARANCE', `lists no subgraph \`${name}\`; expected its clearance`),
    );
  const unknown = [...clearances.keys()]
    .filter((name) => !subgraphs.includes(name))
    .map((name) => file.problemAt(['clearances', name], 'CLEARANCE', 'is no subgraph of this graph'));
  return { clearances, problems: [...missing, ...unknown] };
}
