/** The keys that a configuration names, read from their files. */
import { resolve } from 'node:path';
import type { Config } from '../gateway/index.js';
import type { AudienceKeys } from '../partition/index.js';
import { grantKeyIn, macKeyIn } from './keyFiles.js';
import type { HeldKey } from './keyVault.js';
import { grantKeyPrint, macKeyPrint } from './keyPrint.js';

/** The keys of every bank and platform subgraph, by audience. Throws CONFIG_INVALID; no key enters the message. */
export function configuredKeys(config: Config, folder: string): ReadonlyMap<string, AudienceKeys> {
  const audiences = [...config.banks.map((bank) => [bank.id, bank] as const), ...Object.entries(config.subgraphs)];
  return new Map(
    audiences.map(([audience, { grantKey, macKey }]) => {
      const key = grantKeyIn(resolve(folder, grantKey.file), `grantKey of \`${audience}\``);
      const shared = macKeyIn(resolve(folder, macKey.file), `macKey of \`${audience}\``);
      return [audience, { grantKey: { kid: grantKey.kid, key }, macKey: shared }];
    }),
  );
}

/** The two keys of a bank, each by itself. */
export function heldKeysOf(bank: string, { grantKey, macKey }: AudienceKeys, macKid: string): readonly HeldKey[] {
  return [
    { bank, kind: 'grant', ...grantKey, print: grantKeyPrint(grantKey.key) },
    { bank, kind: 'mac', kid: macKid, key: macKey, print: macKeyPrint(macKey) },
  ];
}

/** The keys of every bank that a configuration names. */
export function configuredBankKeys(
  { banks }: Pick<Config, 'banks'>,
  keys: ReadonlyMap<string, AudienceKeys>,
): readonly HeldKey[] {
  return banks.flatMap(({ id, macKey }) => {
    const own = keys.get(id);
    return own ? heldKeysOf(id, own, macKey.kid) : [];
  });
}

/** The folders with further keys, by bank. */
export function keyFoldersOf({ banks }: Config, folder: string): ReadonlyMap<string, string> {
  return new Map(
    banks.flatMap(({ id, keyFolder }) => (keyFolder === undefined ? [] : [[id, resolve(folder, keyFolder)]])),
  );
}
