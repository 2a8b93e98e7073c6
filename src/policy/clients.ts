import { z } from 'zod';
import type { Problem } from '../fault/index.js';
import { readPolicyFile } from './policyFile.js';
import { purposes, type Purpose } from './vocabulary.js';

/** Client id → the purposes it is registered for. */
export type Clients = ReadonlyMap<string, ReadonlySet<Purpose>>;

const clientSchema = z.strictObject({
  clients: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), z.array(z.enum(purposes)).min(1)),
});

/** Reads `policy/clients.yaml`. */
export function readClients(root: string): { readonly clients: Clients; readonly problems: readonly Problem[] } {
  const file = readPolicyFile(root, 'policy/clients.yaml', clientSchema);
  if (file.kind === 'problems') return { clients: new Map(), problems: file.problems };
  return {
    clients: new Map(Object.entries(file.value.clients).map(([id, words]) => [id, new Set(words)])),
    problems: [],
  };
}
