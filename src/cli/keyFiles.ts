/** Files of keys → keys, or a fault that says which file does not hold one. No key enters a message. */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { StartFault } from '../fault/index.js';

/** The private half of a key that signs grants. Throws CONFIG_INVALID; `name` says whose it is. */
export function grantKeyIn(file: string, name: string): KeyObject {
  const expected = 'the PEM of an Ed25519 private key';
  const key = read(file, { name, expected, parse: (text) => createPrivateKey(text) });
  if (key.asymmetricKeyType !== 'ed25519') throw unusable(file, name, expected);
  return key;
}

/** A key that is shared with one partner. Throws as {@link grantKeyIn}. */
export function macKeyIn(file: string, name: string): Uint8Array {
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
