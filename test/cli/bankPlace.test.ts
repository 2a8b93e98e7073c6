import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bankPlaceOf } from '../../src/cli/bankPlace.js';
import { grantKeyPrint } from '../../src/cli/keyPrint.js';

const folder = mkdtempSync(join(tmpdir(), 'ringfence-'));
const { privateKey } = generateKeyPairSync('ed25519');
const pem = join(folder, 'g1.pem');
const write = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content);
const writeGrantKey = () => write('g1.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }));
const keys = 'grantKey: { kid: g1, file: g1.pem }, macKey: { kid: m1, file: m1.mac }';
const config = `
store: { keyFile: store.key }
issuers: [{ issuer: 'https://login.example', jwksUrl: 'https://login.example/keys', algorithms: [ES256] }]
subgraphs: { directory: { url: 'http://directory.internal', ${keys} } }
banks:
  - { id: harbor, name: Harbor, url: 'https://harbor.example', status: LIVE, region: US, agreement: {}, lookbackDays: 90,
      maximumConsentDays: 365, callsPerMinute: 600, ${keys} }
`;
const keysHere = async () => {
  const environment = { DATABASE_URL: 'postgres://owner@127.0.0.1/ringfence' };
  return (await bankPlaceOf(join(folder, 'ringfence.yaml'), environment)).bankKeys;
};

beforeAll(() => {
  write('ringfence.yaml', config);
  write('m1.mac', randomBytes(32).toString('base64'));
  write('store.key', randomBytes(32).toString('base64'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the configured keys are known where their files can be read', async () => {
  writeGrantKey();
  const known = await keysHere();
  expect(known).toMatchObject({
    kind: 'known',
    keys: [{ kid: 'g1', print: grantKeyPrint(privateKey) }, { kid: 'm1' }],
  });
});

test('elsewhere they are not, and it is said which file does not hold one', async () => {
  rmSync(pem);
  expect(await keysHere()).toEqual({
    kind: 'unknown',
    why: expect.stringContaining(`\`${pem}\` does not hold the PEM`),
  });
});

test('those of a demo are made anew in each run', async () => {
  const { bankKeys } = await bankPlaceOf(undefined, { RINGFENCE_STORE: folder });
  expect(bankKeys).toEqual({ kind: 'unknown', why: 'the demo makes them anew in each run' });
});
