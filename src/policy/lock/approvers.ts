/** Who may approve the policy: `policy/approvers/approvers.yaml` and a public key beside it for each name. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../../fault/index.js';
import { readPolicyFile } from '../policyFile.js';

/** The folder of the approvers, below a project's root. */
export const approversFolder = 'policy/approvers';

/** How many of whom must sign. */
export interface Approvers {
  readonly threshold: number;
  /** Ed25519 public keys by name. */
  readonly keys: ReadonlyMap<string, KeyObject>;
}

/** The approvers, or what is wrong with their files. */
export type ReadApprovers =
  | { readonly kind: 'ok'; readonly approvers: Approvers }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

const file = `${approversFolder}/approvers.yaml`;
const approverName = /^[a-z][a-z0-9-]*$/;
const approversSchema = z.strictObject({
  threshold: z.int().min(1),
  approvers: z.array(z.string().regex(approverName)).min(1),
});

/** Reads who may approve. Refuses a threshold that cannot be met, a name or a key that stands twice, and keys of other kinds. */
export function readApprovers(root: string): ReadApprovers {
  const read = readPolicyFile(root, file, approversSchema);
  if (read.kind === 'problems') return read;
  const { threshold, approvers: names } = read.value;
  const problems: Problem[] = [];
  const keys = new Map<string, KeyObject>();
  for (const [index, name] of names.entries()) {
    const key = readKey(root, name);
    const message = key === undefined ? `has no Ed25519 public key in \`${name}.pem\`` : repetition(keys, name, key);
    if (message !== undefined)
      problems.push(read.problemAt(['approvers', index], 'APPROVER', `\`${name}\` ${message}`));
    else if (key) keys.set(name, key);
  }
  if (threshold > names.length) {
    problems.push(read.problemAt(['threshold'], 'APPROVER', `asks for ${threshold} of ${names.length} approvers`));
  }
  return problems.length > 0 ? { kind: 'problems', problems } : { kind: 'ok', approvers: { threshold, keys } };
}

/** A public key as one line of text: its SPKI in base64. */
export function keyText(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'der' }).toString('base64');
}

/** The Ed25519 public key behind a line of text or a PEM; undefined for anything else. */
export function publicKeyOf(text: string): KeyObject | undefined {
  try {
    const key = text.includes('BEGIN')
      ? createPublicKey(text)
      : createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

function readKey(root: string, name: string): KeyObject | undefined {
  try {
    const text = readFileSync(join(root, approversFolder, `${name}.pem`), 'utf8');
    // A private key would yield a public one: it must not lie here.
    return text.includes('PRIVATE') ? undefined : publicKeyOf(text);
  } catch {
    return undefined;
  }
}

function repetition(keys: ReadonlyMap<string, KeyObject>, name: string, key: KeyObject): string | undefined {
  if (keys.has(name)) return 'is named twice';
  const twin = [...keys].find(([, other]) => other.equals(key));
  return twin && `has the same key as \`${twin[0]}\``;
}
