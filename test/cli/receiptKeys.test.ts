import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { receiptsCommand } from '../../src/cli/receipts.js';
import {
  attest,
  type AttestationFacts,
  signCheckpoint,
  signingKeyId,
  witnessOf,
  witnessSetOf,
} from '../../src/receipt/index.js';
import { createReceiptStore, openDatabase, storeKeysOf } from '../../src/store/index.js';
import { makeEntry } from '../receipt/makeEntry.js';
import { migrateServer } from '../store/databases.js';
import { testServer } from '../store/testServer.js';
import { runIn } from './running.js';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const key = signingKeyId(publicKey);
const at = Date.parse('2026-11-15T12:00:00Z');
const statement = (seq: number) =>
  witnessOf(
    privateKey,
    signCheckpoint(privateKey, { chain: 1, seq, at: at + seq * 60_000, hash: Buffer.alloc(32, seq) }),
  );
const witness = [1, 2, 3].map(statement);
const facts: AttestationFacts = {
  bank: 'union',
  from: '2026-01-01T00:00:00.000Z',
  to: '2026-11-15T00:00:00.000Z',
  madeAt: '2026-11-15T12:03:00.000Z',
  nothingHappened: true,
  counts: { requested: 0, released: 0, calls: 0 },
  receiptsInPeriod: 4,
  problems: [],
  checked: {
    chains: 1,
    entries: 4,
    checkpoints: 3,
    spans: [],
    mark: { kind: 'none', chains: 0 },
    witness: witnessSetOf(witness),
  },
};
const attestation = attest(facts, privateKey);
const lines = (all: readonly object[]): string => all.map((one) => `${JSON.stringify(one)}\n`).join('');
const pemOf = (of: typeof publicKey): string => of.export({ type: 'spki', format: 'pem' }).toString();

const folder = mkdtempSync(join(tmpdir(), 'ringfence-keys-'));
const environment = process.env;
const files: Readonly<Record<string, string>> = {
  'key.pem': pemOf(publicKey),
  'other.pem': pemOf(generateKeyPairSync('ed25519').publicKey),
  'attestation.json': JSON.stringify({ kind: 'attested', attestation }),
  'changed.json': JSON.stringify({ ...attestation, bank: 'harbor' }),
  'witness.jsonl': lines([...witness, statement(4)]),
  'other.jsonl': lines([witness[0] ?? {}, statement(5)]),
  'forged.jsonl': lines([{ ...witness[0], at: at + 1 }]),
};
beforeAll(() => {
  mkdirSync(join(folder, 'store', 'data'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  process.env = { ...environment, RINGFENCE_STORE: './store', DATABASE_URL: '' };
});
afterAll(() => {
  process.env = environment;
  rmSync(folder, { recursive: true });
});
const run = (...words: readonly string[]) => runIn(folder, receiptsCommand(), words);
const check = (...words: readonly string[]) => run('check', '--public-key', 'key.pem', ...words);

test('whoever has the public key alone tells an attestation and witnesses that were signed from all others', async () => {
  const both = ['--attestation', 'attestation.json', '--witness', 'witness.jsonl'];
  const sound = await check(...both);
  expect(sound).toMatchObject({ failed: false, err: '' });
  expect(sound.out).toBe(
    `nothing was requested from \`union\`, and nothing of it was released, from ${facts.from} to ${facts.to}\n` +
      `signed by key ${key} on ${facts.madeAt}\n` +
      `4 statements of witnesses, 0 not signed by key ${key}\nthe attestation rests on these statements\n`,
  );
  expect(JSON.parse((await check(...both, '--json')).out)).toEqual({
    kind: 'checked',
    key,
    attestation: {
      isSigned: true,
      bank: 'union',
      from: facts.from,
      to: facts.to,
      madeAt: facts.madeAt,
      nothingHappened: true,
    },
    witness: { statements: 4, unsigned: 0, isAttested: true },
  });
  const changed = await check('--attestation', 'changed.json');
  expect([changed.failed, changed.out]).toEqual([
    true,
    `the attestation was not signed by key ${key} as it stands: it was changed since\n`,
  ]);
  const forged = await check('--witness', 'witness.jsonl', '--witness', 'forged.jsonl');
  expect([forged.failed, forged.out]).toEqual([true, `5 statements of witnesses, 1 not signed by key ${key}\n`]);
  const another = await check('--attestation', 'attestation.json', '--witness', 'other.jsonl');
  expect([another.failed, another.out]).toEqual([true, expect.stringMatching(/does not rest on these statements/)]);
  const stranger = await run('check', '--public-key', 'other.pem', ...both);
  expect([stranger.failed, stranger.out]).toEqual([
    true,
    expect.stringMatching(/it says that key [0-9a-f]{16} signed it/),
  ]);
});

test('what is no key, no attestation, or nothing at all is refused in words', async () => {
  expect((await check()).err).toMatch(/say what is to be checked/);
  expect((await check('--attestation', 'key.pem')).err).toMatch(
    /must hold what `ringfence receipts attest --json` prints/,
  );
  const wrong = await run('check', '--public-key', 'attestation.json', '--witness', 'witness.jsonl');
  expect([wrong.failed, wrong.err]).toEqual([true, expect.stringMatching(/the public key must be PEM/)]);
  expect((await run('check', '--public-key', 'absent.pem', '--witness', 'witness.jsonl')).err).toMatch(
    /`--public-key`: `absent.pem` cannot be read/,
  );
});

test('the key of a store is printed as PEM, and with the id that signatures name; its private half never is', async () => {
  const printed = await run('key');
  expect(printed.out).toMatch(/^-----BEGIN PUBLIC KEY-----\n[^-]+\n-----END PUBLIC KEY-----\n$/);
  const { kind, key: id, publicKey: pem } = JSON.parse((await run('key', '--json')).out) as Record<string, string>;
  expect([kind, pem]).toEqual(['key', printed.out]);
  expect(printed.err).toMatch(`signatures name it as key ${id ?? ''}`);
  const own = await run('check', '--witness', 'witness.jsonl');
  expect([own.failed, own.out]).toEqual([true, `4 statements of witnesses, 4 not signed by key ${id ?? ''}\n`]);
  process.env['RINGFENCE_STORE'] = './nothing';
  expect((await run('key')).err).toMatch(/there is no store in `nothing`/);
  process.env['RINGFENCE_STORE'] = './store';
});

test('the receipts of a server are verified by an auditor who has a login and the public key, and not the store’s', async () => {
  process.env = environment;
  const server = await testServer();
  const url = await server.createDatabase();
  await migrateServer(url);
  const database = await openDatabase({ kind: 'server', url, connections: 2 }, 'gateway');
  const handed: object[] = [];
  const store = createReceiptStore(database, storeKeysOf(Buffer.alloc(32, 9)), {
    checkpointKey: privateKey,
    now: () => new Date(at),
    onWitness: (told) => handed.push(told),
    onFailure: () => undefined,
    onDamage: () => undefined,
  });
  await store.append([makeEntry(), makeEntry()]);
  await store.close();
  await database.close();
  writeFileSync(join(folder, 'handed.jsonl'), lines(handed));

  process.env = { ...environment, DATABASE_URL: url };
  const verify = (pem: string) => run('verify', '--public-key', pem, '--witness', 'handed.jsonl', '--json');
  const sound = await verify('key.pem');
  expect(sound).toMatchObject({ failed: false, err: '' });
  expect(JSON.parse(sound.out)).toMatchObject({
    kind: 'verified',
    entries: 2,
    witness: 1,
    mark: { kind: 'none' },
    findings: [],
  });
  const stranger = await verify('other.pem');
  expect(stranger.failed).toBe(true);
  expect(JSON.parse(stranger.out)).toMatchObject({
    findings: [{ kind: 'invented', words: 'a checkpoint has no valid signature' }, { kind: 'invented' }],
  });
  await server.end();
});
