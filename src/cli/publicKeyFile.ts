/** The file that an operator hands in → a key's kind and print; or a fault that says what may be handed in instead. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { BankKey } from '../consent/index.js';
import { StartFault } from '../fault/index.js';
import { macKeyIn } from './keyFiles.js';
import { grantKeyPrint, macKeyPrint } from './keyPrint.js';

/**
 * The public half of a key that signs grants, as PEM or JWK. Throws CONFIG_INVALID for a private half, for another algorithm and
 * for what is no key; nothing that the file holds enters the message.
 */
export function publicGrantKey(file: string): Pick<BankKey, 'kind' | 'print'> {
  const text = textOf(file);
  if (isPrivate(text)) {
    throw refused(
      file,
      'holds a private key, which stays where it is used: hand in its public half, as `openssl pkey -pubout` writes it',
    );
  }
  if (/^[A-Za-z0-9+/]{42,}={0,2}\s*$/.test(text))
    throw refused(file, 'holds no public key; a shared key goes by `--mac-key`');
  const key = parsed(file, text);
  const { asymmetricKeyType: type } = key;
  if (type !== 'ed25519')
    throw refused(file, `holds a key of the type \`${type}\`: grants are signed with Ed25519 alone`);
  return { kind: 'grant', print: grantKeyPrint(key) };
}

/** A key that is shared with the bank: it is read here, and nothing but its print goes anywhere. Throws CONFIG_INVALID. */
export function sharedMacKey(file: string): Pick<BankKey, 'kind' | 'print'> {
  const key = macKeyIn(file, '--mac-key');
  if (new Set(key).size < fewestValues)
    throw refused(file, 'holds a key that nobody drew at random: `openssl rand -base64 32` writes one');
  return { kind: 'mac', print: macKeyPrint(key) };
}

/** Of 32 bytes drawn at random some 30 differ; that less than this do happens to nobody. */
const fewestValues = 16;

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw refused(file, 'cannot be read');
  }
}

function isPrivate(text: string): boolean {
  return text.includes('PRIVATE KEY') || /"[dk]"\s*:/.test(text);
}

function parsed(file: string, text: string): KeyObject {
  try {
    if (!text.trimStart().startsWith('{')) return createPublicKey(text);
    return createPublicKey({ key: JSON.parse(text) as Record<string, string>, format: 'jwk' });
  } catch {
    throw refused(file, 'holds no public key, neither as PEM nor as a JWK');
  }
}

function refused(file: string, why: string): StartFault {
  return new StartFault('CONFIG_INVALID', `\`${file}\` ${why}`);
}
