/** Keeps the key pair of the demo's token issuer in a file, so that tokens fit a demo that was started before or after. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';
import { InternalFault } from '../fault/index.js';

const keySchema = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
  kid: z.string().min(1),
});

/** A private Ed25519 key as JWK (RFC 8037). */
export type DevIssuerKey = z.infer<typeof keySchema>;

/**
 * The key in `<root>/.ringfence/dev-issuer.json`, made on first use. Of several processes that make one at the same
 * time, one wins and all get its key. Throws an `InternalFault` for a file that holds something else.
 */
export async function loadDevIssuerKey(root: string): Promise<DevIssuerKey> {
  const file = join(root, '.ringfence', 'dev-issuer.json');
  const text = (await readIfThere(file)) ?? (await createKeyFile(file));
  const key = keySchema.safeParse(parseJson(text));
  if (!key.success) throw new InternalFault('`.ringfence/dev-issuer.json` holds no Ed25519 key: delete it');
  return key.data;
}

async function createKeyFile(file: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, `${JSON.stringify(await newKey())}\n`, { flag: 'wx', mode: 0o600 });
  try {
    // Unlike a rename, a link never replaces a key that another process has put there, and nobody sees half a file.
    await link(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
  return await readFile(file, 'utf8');
}

async function newKey(): Promise<unknown> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const { kty, crv, x, d } = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x: x ?? '' });
  return { kty, crv, x, d, kid };
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
