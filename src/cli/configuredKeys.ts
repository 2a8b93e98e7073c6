/** The key files that a configuration names → keys, or a fault that says which file does not hold one. */
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { StartFault } from '../fault/index.js';
import type { Config } from '../gateway/index.js';
import type { AudienceKeys } from '../partition/index.js';

/** The keys of every bank and platform subgraph, by audience. Throws CONFIG_INVALID; no key enters the message. */
export function configuredKeys(config: Config, folder: string): ReadonlyMap<string, AudienceKeys> {
  const audiences = [...config.banks.map((bank) => [bank.id, bank] as const), ...Object.entries(config.subgraphs)];
  return new Map(
    audiences.map(([audience, { grantKey, macKey }]) => {
      const file = (path: string): string => resolve(folder, path);
      const key = ed25519Key(file(grantKey.file), `grantKey of \`${audience}\``);
      return [
        audience,
        { grantKey: { kid: grantKey.kid, key }, macKey: sharedKey(file(macKey.file), `macKey of \`${audience}\``) },
      ];
    }),
  );
}

function ed25519Key(file: string, name: string): AudienceKeys['grantKey']['key'] {
  const expected = 'the PEM of an Ed25519 private key';
  const key = read(file, { name, expected, parse: (text) => createPrivateKey(text) });
  if (key.asymmetricKeyType !== 'ed25519') throw unusable(file, name, expected);
  return key;
}

function sharedKey(file: string, name: string): Uint8Array {
  const expected = 'base64 of 32 bytes or more';
  const key = read(file, { name, expected, parse: fromBase64 });
  if (key.byteLength < 32) throw unusable(file, name, expected);
  return key;
}

/** Node's own decoding passes over what is no base64; a key must not. */
function fromBase64(text: string): Buffer {
  const bytes = Buffer.from(text.trim(), 'base64');
  if (bytes.toString('base64') !== text.trim()) throw new TypeError('no base64');
  return bytes;
}

interface Reading<T> {
  readonly name: string;
  readonly expected: string;
  readonly parse: (text: string) => T;
}

function read<T>(file: string, { name, expected, parse }: Reading<T>): T {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch {
    throw unusable(file, name, expected);
  }
}

function unusable(file: string, name: string, expected: string): StartFault {
  return new StartFault('CONFIG_INVALID', `${name}: \`${file}\` does not hold ${expected}`);
}
