import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createAgreementPort, createAgreementRegistry, currentAgreements } from '../../src/consent/index.js';
import { createLogger } from '../../src/gateway/index.js';
import { createWitnessing } from '../../src/gateway/witness.js';
import type { AudienceKeys } from '../../src/partition/index.js';
import { createWitnessBook, type RunningServer, startServer, type WitnessBook } from '../../src/partner/index.js';
import { isWitnessed, signCheckpoint, witnessOf, type WitnessStatement } from '../../src/receipt/index.js';

const signing = generateKeyPairSync('ed25519');
const now = () => new Date();
const keys: AudienceKeys = { grantKey: { kid: 'k', key: signing.privateKey }, macKey: randomBytes(32) };
const checkpoint = signCheckpoint(signing.privateKey, { chain: 3, seq: 70_000, hash: randomBytes(32), at: 5 });
const signedAt = (at: number): WitnessStatement =>
  witnessOf(signing.privateKey, signCheckpoint(signing.privateKey, { ...checkpoint, at }));
const statement = witnessOf(signing.privateKey, checkpoint);

/** A bank that answers `/witness`, and what it was sent whole. */
interface Bank {
  readonly server: RunningServer;
  readonly book: WitnessBook;
  readonly sent: { readonly headers: Record<string, string>; readonly body: string }[];
  /** The next statement that it takes. */
  next(): Promise<WitnessStatement>;
  /** The status of the next answer. */
  answered(): Promise<number>;
}

async function startBank(macKey: Uint8Array, signer = signing.publicKey): Promise<Bank> {
  const waiting: ((taken: WitnessStatement) => void)[] = [];
  const told: ((status: number) => void)[] = [];
  const macKeys = [{ key: Buffer.from(macKey).toString('base64') }];
  const book = createWitnessBook({ macKeys, now, signers: [signer], onStatement: (taken) => waiting.shift()?.(taken) });
  const sent: Bank['sent'] = [];
  const server = await startServer(0, async (request, response) => {
    expect(request.url).toBe('/witness');
    sent.push({ headers: request.headers as Record<string, string>, body: JSON.stringify(statement) });
    await book.handle(request, response);
    told.shift()?.(response.statusCode);
  });
  const next: Bank['next'] = () => new Promise((resolve) => waiting.push(resolve));
  return { server, book, sent, next, answered: () => new Promise((resolve) => told.push(resolve)) };
}

let live: Bank;
let silent: Bank;
beforeAll(async () => {
  [live, silent] = await Promise.all([startBank(keys.macKey), startBank(keys.macKey)]);
});
afterAll(() => Promise.all([live.server.close(), silent.server.close()]));

const url = ({ server }: Bank, path = '/graphql'): string => `http://127.0.0.1:${server.port}${path}`;
const listed = (bank: string, status: 'LIVE' | 'NOT_PARTICIPATING') => ({
  bank,
  status,
  region: 'US',
  covers: new Map(),
});

const banks = () => ({
  urls: new Map([
    ['live', url(live)],
    ['silent', url(silent)],
  ]),
  keys: () => keys,
  now,
  logger: createLogger('silent'),
});

test('a statement goes to each bank that is routed to, and to no other', async () => {
  const agreements = createAgreementPort([listed('live', 'LIVE'), listed('silent', 'NOT_PARTICIPATING')]);
  const witnessing = createWitnessing({ ...banks(), agreements });
  const taken = live.next();
  witnessing.hand(statement);
  expect(await taken).toEqual(statement);
  expect(isWitnessed([signing.publicKey], await taken)).toBe(true);
  expect(silent.sent).toEqual([]);
  await witnessing.close();
});

test('a bank that holds the platform’s public key takes no statement that another one signed', async () => {
  const stranger = await startBank(keys.macKey, generateKeyPairSync('ed25519').publicKey);
  const agreements = createAgreementPort([listed('stranger', 'LIVE')]);
  const witnessing = createWitnessing({ ...banks(), urls: new Map([['stranger', url(stranger)]]), agreements });
  const answered = stranger.answered();
  witnessing.hand(statement);
  expect([await answered, stranger.book.messages]).toEqual([401, []]);
  await witnessing.close();
  await stranger.server.close();
});

test('what nobody knows the receivers of is held, the newest statement of each chain, until that is known', async () => {
  const clock = { now, monotonicMs: () => 0 };
  const registry = createAgreementRegistry([listed('live', 'LIVE'), listed('silent', 'NOT_PARTICIPATING')], clock);
  const witnessing = createWitnessing({ ...banks(), agreements: currentAgreements(registry), everyMs: 1 });
  const [before, later] = [live.book.messages.length, signedAt(statement.at + 1)];
  const taken = live.next();
  for (const one of [statement, later, signedAt(1)]) witnessing.hand(one);
  await new Promise(setImmediate);
  expect(live.book.messages).toHaveLength(before);
  registry.apply([], 0);
  expect(await taken).toEqual(later);
  await witnessing.close();
  expect(live.book.messages).toHaveLength(before + 1);
  expect(silent.sent).toEqual([]);
});

test('a statement tells a bank how many receipts there are no more than a random number does', () => {
  expect(JSON.stringify(statement)).not.toContain('70000');
  expect(Object.keys(statement)).toEqual(['chain', 'at', 'digest', 'key', 'signature']);
});

test('a bank takes no statement that is replayed, or bound to no key of its own', async () => {
  const [first] = live.sent;
  const before = live.book.messages.length;
  const { host: _, connection: __, ...headers } = first?.headers ?? {};
  const replayed = await fetch(url(live, '/witness'), { method: 'POST', headers, body: first?.body ?? '' });
  const unbound = await fetch(url(live, '/witness'), { method: 'POST', body: JSON.stringify(statement) });
  const long = await fetch(url(live, '/witness'), { method: 'POST', body: 'x'.repeat(5000) });
  expect([replayed.status, unbound.status, long.status]).toEqual([401, 401, 413]);
  expect(live.book.messages).toHaveLength(before);
});
