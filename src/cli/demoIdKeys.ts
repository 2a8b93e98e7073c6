/** Keys that the demo's ids are made with: the same in every run, so that an id that someone noted down goes on working. */
import { hkdfSync } from 'node:crypto';
import { loadDevIssuerKey } from './devIssuerKey.js';

/** One key for each use. */
export interface DemoIdKeys {
  /** Keeps a customer's ids at two clients apart. */
  readonly pairwiseKey: string;
  /** Seals account ids; 32 bytes. */
  readonly sealingKey: Uint8Array;
  /** Keeps ids of connections and cursors over records opaque. */
  readonly recordKey: string;
  /** Makes auditors' pseudonyms. */
  readonly auditKey: string;
}

/** Derived from the secret of the dev issuer below `root`, which no two checkouts share. */
export async function demoIdKeys(root: string): Promise<DemoIdKeys> {
  const { d } = await loadDevIssuerKey(root);
  const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', d, '', `ringfence demo ${use}`, 32));
  return {
    pairwiseKey: derive('pairwise ids').toString('base64'),
    sealingKey: derive('sealed ids'),
    recordKey: derive('record ids').toString('base64'),
    auditKey: derive('pseudonyms').toString('base64'),
  };
}
