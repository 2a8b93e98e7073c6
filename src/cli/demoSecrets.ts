import { hkdfSync } from 'node:crypto';
import { loadDevIssuerKey } from './devIssuerKey.js';

/** What the demo keeps secrets for. */
export type DemoUse = 'ids' | 'pairwise ids' | 'connection ids' | 'auditors’ pseudonyms';

/**
 * The demo's own secrets, 32 bytes each, derived from the key of its token issuer: the same in every run on this
 * machine, so that ids which a client kept still name what they named.
 */
export async function openDemoSecrets(root: string): Promise<(use: DemoUse) => Buffer> {
  const { d } = await loadDevIssuerKey(root);
  return (use) => Buffer.from(hkdfSync('sha256', Buffer.from(d, 'base64url'), '', `ringfence demo ${use}`, 32));
}
