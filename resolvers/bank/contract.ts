import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The contract's text as every bank states it: the policy vocabulary, then `schema/bank.graphql`. */
export function bankContract(): string {
  const folder = schemaFolder(dirname(fileURLToPath(import.meta.url)));
  return ['policy.graphql', 'bank.graphql'].map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
}

/** The nearest `schema/` above this file, whether it runs from the sources or compiled. */
function schemaFolder(from: string): string {
  const folder = join(from, 'schema');
  if (existsSync(join(folder, 'bank.graphql'))) return folder;
  const above = dirname(from);
  if (above === from) throw new Error('no `schema/bank.graphql` above the bank');
  return schemaFolder(above);
}
