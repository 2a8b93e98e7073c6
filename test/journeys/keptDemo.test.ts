/** A demo that keeps its state in files: what operators decide while it runs, and what is left of it after a kill. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { openDatabase, receiptMarkFile } from '../../src/store/index.js';
import { type DemoWorld, startDemo } from './demoWorld.js';
import { until } from './until.js';

const environment = { RINGFENCE_STORE: join(mkdtempSync(join(tmpdir(), 'ringfence-')), 'store') };
let world: DemoWorld;

beforeAll(async () => {
  // Somebody ended a gateway while it began this store: nothing of it counts.
  mkdirSync(join(environment.RINGFENCE_STORE, 'data'), { recursive: true });
  for (const file of ['beginning', 'data/PG_VERSION']) writeFileSync(join(environment.RINGFENCE_STORE, file), '18\n');
  world = await startDemo(environment);
}, 180_000);
afterAll(() => world.stop());

/** `ringfence bank …`, as an operator runs it beside the demo. */
async function bank(...words: string[]): Promise<string> {
  const env = { ...process.env, ...environment, NODE_OPTIONS: '' };
  const decided = ['--as', 'alice', '--reason', 'a test'];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['dist/src/cli/ringfence.js', 'bank', ...words, ...(words[0] === 'list' ? [] : decided)],
    { env },
  );
  return stdout;
}

/** `ringfence receipts …`, as JSON; it ends with 1 where something is wrong. */
async function receipts(...words: string[]): Promise<unknown> {
  const env = { ...process.env, ...environment, NODE_OPTIONS: '' };
  const command = ['dist/src/cli/ringfence.js', 'receipts', ...words, '--json'];
  const ran = promisify(execFile)(process.execPath, command, { env });
  const { stdout } = await ran.catch((error: { readonly stdout: string }) => error);
  return JSON.parse(stdout) as unknown;
}

const ask = (purpose: string) => (query: string) => world.as({ purpose, customer: 'customer-1' })(query);
const banksOf = async (): Promise<readonly string[]> => {
  const { data } = await ask('ACCOUNT_SERVICING')('{ me { accounts { bank { id } } } banks { id } }');
  const own = data.me?.accounts?.map(({ bank: at }) => String(at?.id)) ?? [];
  const listed = data.banks?.map(({ id }) => `listed ${String(id)}`) ?? [];
  return [...new Set([...own, ...listed])].sort();
};

const all = ['harbor', 'listed harbor', 'listed prairie', 'listed summit', 'prairie', 'summit'];

test('a bank that is suspended while the demo runs is not asked and not named, until it is resumed', async () => {
  expect(await banksOf()).toEqual(all);
  expect(await bank('suspend', 'harbor')).toContain('harbor  SUSPENDED');
  await until(async () => !(await banksOf()).includes('listed harbor'));
  const { count } = await world.bankLog('harbor');
  expect(await banksOf()).toEqual(all.filter((name) => !name.includes('harbor')));
  expect((await world.bankLog('harbor')).count).toBe(count);
  expect(await bank('list')).toMatch(/^harbor +SUSPENDED +decision 1 by alice/m);
  await bank('resume', 'harbor');
  await until(async () => (await banksOf()).length === all.length);
}, 120_000);

test('a revoked consent stays revoked, and its receipts stay readable, after the demo was killed', async () => {
  const manage = ask('CONSENT_MANAGEMENT');
  const { data } = await manage('{ me { consents { id state purpose bank { id } } } }');
  const consent = data.me?.consents?.find(
    (one) => String(one.purpose) === 'ACCOUNT_SERVICING' && String(one.bank?.id) === 'summit',
  );
  const { data: revoked } = await manage(`mutation { revokeConsent(consentId: "${String(consent?.id)}") { state } }`);
  expect(revoked.revokeConsent).toEqual({ state: 'REVOKED' });
  // The bank hears of it afterwards.
  const book = { method: 'GET', url: `${world.addressOf('summit')}/__sandbox/revocations`, headers: {}, body: '' };
  await until(async () => (await world.http.send(book)).text.includes('"revokedAt"'));
  expect(JSON.parse((await world.http.send(book)).text)).toMatchObject({ version: 1 });
  const receipts = '{ me { receipts(first: 100) { edges { node { id } } } } }';
  const before = (await manage(receipts)).data.me?.receipts?.edges?.map(({ node }) => node?.id) ?? [];
  expect(before.length).toBeGreaterThan(0);
  const gone = once(world.process, 'exit');
  world.process.kill('SIGKILL');
  await gone;
  world.http.close();
  world = await startDemo(environment);
  expect(await banksOf()).toEqual(all.filter((name) => name !== 'summit'));
  const after = (await manage(receipts)).data.me?.receipts?.edges?.map(({ node }) => node?.id) ?? [];
  expect(after).toEqual(expect.arrayContaining(before as unknown[]));
}, 180_000);

test('receipts that the owner of the files cuts off, with all that speaks of them, are missed by the gateway that made them', async () => {
  const attested = await receipts('attest', '--bank', 'union');
  expect(attested).toMatchObject({
    kind: 'attested',
    attestation: { nothingHappened: true, checked: { mark: { kind: 'held' } } },
  });
  await world.stop();
  const owner = await openDatabase({ kind: 'embedded', folder: environment.RINGFENCE_STORE }, 'owner');
  const mark = receiptMarkFile(`${environment.RINGFENCE_STORE}.mark`).read();
  const { chain, seq } = mark?.checkpoints.toSorted((one, other) => other.at - one.at)[0] ?? { chain: 0, seq: 0 };
  const last = seq - 1;
  await sql`delete from ringfence_receipt_checkpoints where chain = ${chain} and seq > ${last}`.execute(owner.query);
  await sql`delete from ringfence_receipts where chain = ${chain} and seq > ${last}`.execute(owner.query);
  await sql`update ringfence_receipt_chains set seq = ${last}, hash =
    (select hash from ringfence_receipts where chain = ${chain} and seq = ${last}) where chain = ${chain}`.execute(
    owner.query,
  );
  await owner.close();
  world = await startDemo(environment);
  await banksOf();
  const missing = [{ kind: 'missing', chain, from: last + 1, to: last + 1 }];
  expect(await receipts('verify')).toMatchObject({ kind: 'verified', findings: missing });
  expect(await receipts('attest', '--bank', 'union')).toMatchObject({ kind: 'unattested', findings: missing });
}, 180_000);
