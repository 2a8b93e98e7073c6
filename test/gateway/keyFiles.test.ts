import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Config } from '../../src/gateway/index.js';
import { readAudienceKeys } from '../../src/gateway/keyFiles.js';

const folder = mkdtempSync(join(tmpdir(), 'ringfence-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

const pemOf = (type: 'ed25519' | 'x25519'): string =>
  generateKeyPairSync(type as 'ed25519')
    .privateKey.export({ format: 'pem', type: 'pkcs8' })
    .toString();
writeFileSync(join(folder, 'good.pem'), pemOf('ed25519'));
writeFileSync(join(folder, 'other.pem'), pemOf('x25519'));
writeFileSync(join(folder, 'good.mac'), `${randomBytes(32).toString('base64')}\n`);
writeFileSync(join(folder, 'short.mac'), randomBytes(16).toString('base64'));

function configOf(grantFile: string, macFile: string): Config {
  const keys = { grantKey: { kid: 'g1', file: grantFile }, macKey: { kid: 'm1', file: macFile } };
  return { banks: [{ id: 'harbor', ...keys }], subgraphs: { directory: keys } } as unknown as Config;
}

describe('key files', () => {
  test.each([
    { grant: 'other.pem', mac: 'good.mac', expected: 'must hold an Ed25519 private key as PEM' },
    { grant: 'good.mac', mac: 'good.mac', expected: 'must hold an Ed25519 private key as PEM' },
    { grant: 'good.pem', mac: 'short.mac', expected: 'must hold 32 bytes or more as base64' },
    { grant: 'good.pem', mac: 'good.pem', expected: 'must hold 32 bytes or more as base64' },
    { grant: 'none.pem', mac: 'good.mac', expected: 'cannot read' },
  ])('are refused as $grant and $mac', async ({ grant, mac, expected }) => {
    await expect(readAudienceKeys(configOf(grant, mac), folder)).rejects.toThrow(expected);
  });

  test('give each bank and subgraph its keys', async () => {
    const keys = await readAudienceKeys(configOf('good.pem', 'good.mac'), folder);
    expect([...keys.keys()]).toEqual(['harbor', 'directory']);
    expect(keys.get('harbor')?.macKey.byteLength).toBe(32);
    expect(keys.get('harbor')?.grantKey).toMatchObject({ kid: 'g1', key: { asymmetricKeyType: 'ed25519' } });
  });
});
