/**
 * The keys that this gateway holds itself: those that the configuration names, and those in a bank's key folder. They are in
 * files of this machine and nowhere else; no decision in a store can bring one here.
 */
import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import type { BankKey } from '../consent/index.js';
import { StartFault } from '../fault/index.js';
import { grantKeyIn, macKeyIn } from './keyFiles.js';
import { grantKeyPrint, macKeyPrint } from './keyPrint.js';

/** A key with what a gateway needs of it: the half that signs, or what is shared. */
export type HeldKey = BankKey &
  ({ readonly kind: 'grant'; readonly key: KeyObject } | { readonly kind: 'mac'; readonly key: Uint8Array });

/** What a gateway signs and binds with when it speaks to banks. */
export interface KeyVault {
  /** The keys that are used without anybody's decision. */
  readonly configured: readonly BankKey[];
  /** The key with this very name and print; undefined where no file here holds it. */
  held(key: BankKey): HeldKey | undefined;
}

/** What a vault is made from. */
export interface KeyVaultOptions {
  readonly configured: readonly HeldKey[];
  /** Bank → the folder with further keys, `<kid>.pem` and `<kid>.mac`. */
  readonly folders: ReadonlyMap<string, string>;
  /** Milliseconds that only ever grow. */
  readonly monotonicMs: () => number;
}

/** How long it is believed that a file is not there. */
const absentMs = 1_000;

/** What becomes the name of a file as it is. */
const fileName = /^[A-Za-z0-9][\w.-]*$/;

/** A vault. A key that was found stays in memory; one that was not is looked for again a second later. */
export function createKeyVault({ configured, folders, monotonicMs }: KeyVaultOptions): KeyVault {
  const found = new Map(configured.map((key) => [nameOf(key), key]));
  const absent = new Map<string, number>();
  return {
    configured,
    held: (wanted) => {
      const name = nameOf(wanted);
      const before = found.get(name);
      if (before || monotonicMs() < (absent.get(name) ?? -Infinity)) return before;
      const key = inFolder(wanted, folders.get(wanted.bank));
      if (key) found.set(name, key);
      else absent.set(name, monotonicMs() + absentMs);
      return key;
    },
  };
}

/** What a key's file is called in a key folder. */
export function keyFileName({ kid, kind }: Pick<BankKey, 'kid' | 'kind'>): string {
  return `${kid}.${kind === 'grant' ? 'pem' : 'mac'}`;
}

function nameOf({ bank, kind, kid, print }: BankKey): string {
  return JSON.stringify([bank, kind, kid, print]);
}

function inFolder(wanted: BankKey, folder: string | undefined): HeldKey | undefined {
  if (folder === undefined || !fileName.test(wanted.kid)) return undefined;
  try {
    const key = readKey(wanted, join(folder, keyFileName(wanted)));
    return key.print === wanted.print ? key : undefined;
  } catch (error) {
    if (error instanceof StartFault) return undefined;
    throw error;
  }
}

function readKey({ bank, kid, kind }: BankKey, path: string): HeldKey {
  if (kind === 'grant') {
    const key = grantKeyIn(path, kid);
    return { bank, kid, kind, key, print: grantKeyPrint(key) };
  }
  const key = macKeyIn(path, kid);
  return { bank, kid, kind, key, print: macKeyPrint(key) };
}
