/** The key files that a configuration names → the gateway's keys for each partner and subgraph. */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { AudienceKeys } from '../partition/index.js';
import type { Config } from './config.js';
import { StartFault } from './startFault.js';

const macKeyBytes = 32;

/**
 * Keys by bank id and subgraph name; files are relative to `folder`. Rejects with CONFIG_INVALID, naming the file and
 * what was expected, never what it holds.
 */
export async function readAudienceKeys(config: Config, folder: string): Promise<ReadonlyMap<string, AudienceKeys>> {
  const partners = [
    ...config.banks.map((bank) => ({ audience: bank.id, ...bank })),
    ...Object.entries(config.subgraphs).map(([audience, subgraph]) => ({ audience, ...subgraph })),
  ];
  const entries = partners.map(async ({ audience, grantKey, macKey }): Promise<[string, AudienceKeys]> => {
    const key = await readGrantKey(resolve(folder, grantKey.file));
    return [audience, { grantKey: { kid: grantKey.kid, key }, macKey: await readMacKey(resolve(folder, macKey.file)) }];
  });
  return new Map(await Promise.all(entries));
}

async function readGrantKey(file: string): Promise<KeyObject> {
  const text = await read(file);
  let key: KeyObject | undefined;
  try {
    key = createPrivateKey(text);
  } catch {
    // The cause could quote the file.
  }
  if (key?.asymmetricKeyType === 'ed25519') return key;
  throw new StartFault('CONFIG_INVALID', `\`${file}\` must hold an Ed25519 private key as PEM`);
}

async function readMacKey(file: string): Promise<Buffer> {
  const text = (await read(file)).trim();
  const key = Buffer.from(text, 'base64');
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(text) && key.byteLength >= macKeyBytes) return key;
  throw new StartFault('CONFIG_INVALID', `\`${file}\` must hold ${macKeyBytes} bytes or more as base64`);
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new StartFault('CONFIG_INVALID', `cannot read \`${file}\``, { cause });
  }
}
