/** `ringfence bank`, carried out by a running gateway’s admin socket; the store is one in memory. */
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { BankDesk } from '../../src/cli/bankDesk.js';
import { makeConsent } from '../consent/makeConsent.js';
import type { EmptyDatabase } from '../store/databases.js';
import { acting, openDesk, run } from './bankDeskWorld.js';

const folder = mkdtempSync(join(tmpdir(), 'ringfence-'));
let database: EmptyDatabase;
let desk: BankDesk;
let end: () => Promise<void>;

beforeAll(async () => {
  ({ database, desk, end } = await openDesk(folder));
});
afterAll(() => end());

const shown = async (bank: string) =>
  (JSON.parse((await run('show', bank, '--json')).out) as { banks: Record<string, unknown>[] }).banks[0];

describe('`ringfence bank`', () => {
  test('lists every bank with its status', async () => {
    const { out } = await run('list');
    expect(out).toMatch(/^harbor +LIVE +as configured$/m);
    expect(out).toMatch(/^union +NOT_PARTICIPATING +as configured$/m);
  });

  test('makes no store where there is none', async () => {
    const before = process.env['RINGFENCE_STORE'];
    process.env['RINGFENCE_STORE'] = join(folder, 'nothing');
    const { failed, err } = await run('list');
    process.env['RINGFENCE_STORE'] = before;
    expect([failed, err]).toEqual([true, expect.stringContaining('there is no store in')]);
    expect(existsSync(join(folder, 'nothing'))).toBe(false);
  });

  test('takes no decision without a name and a reason', async () => {
    await expect(run('suspend', 'summit')).rejects.toThrow('--as');
    await expect(run('suspend', 'summit', '--as', 'alice')).rejects.toThrow('--reason');
    expect((await run('suspend', 'summit', '--as', ' ', '--reason', 'x')).err).toContain('CONFIG_INVALID: by:');
    expect(await shown('summit')).toMatchObject({ version: 0, status: 'LIVE' });
  });

  test('suspends a bank and resumes it, and keeps who did and why', async () => {
    expect((await acting('suspend', 'summit')).out).toContain('summit  SUSPENDED  decision 1 by alice: a test');
    expect((await acting('suspend', 'summit')).err).toContain('nothing was changed: it is SUSPENDED already');
    await acting('resume', 'summit');
    expect(await shown('summit')).toMatchObject({
      status: 'LIVE',
      version: 2,
      decisions: [{ version: 1, by: 'alice', reason: 'a test', status: 'SUSPENDED' }, { version: 2 }],
    });
  });

  test('narrows an agreement, and does not widen one', async () => {
    await acting('narrow', 'harbor', '--without', 'BALANCE', 'TERMS', '--purpose', 'ACCOUNT_SERVICING');
    const { covers } = (await shown('harbor')) as { covers: Record<string, unknown> };
    expect(JSON.stringify(covers['ACCOUNT_SERVICING'])).not.toMatch(/"BALANCE|TERMS/);
    const { failed, err } = await acting('set', 'union', '--status', 'LIVE');
    expect([failed, err]).toEqual([true, expect.stringContaining('a decision cannot widen it')]);
    expect(await shown('union')).toMatchObject({ status: 'NOT_PARTICIPATING', version: 0 });
  });

  test('sets limits and windows, and says later what holds', async () => {
    const window = '2027-01-01T00:00:00Z/2027-01-01T02:00:00Z';
    const { out } = await acting('set', 'prairie', '--calls-per-minute', '60', '--maintenance', window);
    expect(out).toContain('  at most: 60 requests a minute\n');
    expect(out).toContain('  not asked from 2027-01-01T00:00:00.000Z until 2027-01-01T02:00:00.000Z\n');
  });

  test.each([
    [['suspend', 'nowhere'], 'no bank `nowhere` is configured'],
    [['narrow', 'harbor', '--without', 'NONSENSE'], 'CONFIG_INVALID'],
    [['narrow', 'harbor', '--without', 'BALANCE', '--purpose', 'AD_TARGETING'], 'CONFIG_INVALID'],
    [['set', 'harbor'], 'nothing to set'],
    [['set', 'harbor', '--lookback-days', 'many'], 'CONFIG_INVALID'],
    [['revoke', 'harbor', '--consent', 'nonsense'], '`harbor` has no such consent'],
  ])('refuses %j in words', async (words, why) => {
    const { failed, out, err } = await acting(...words);
    expect([failed, out]).toEqual([true, '']);
    expect(err).toContain(why);
  });

  test('carries out what a bank says of its customers, and nothing at another bank', async () => {
    const at = { customer: 'customer-9', bank: 'harbor', customerReference: 'h-9' } as const;
    const servicing = makeConsent({ ...at, id: '11111111-1111-4111-8111-111111111111', accounts: ['a', 'b'] });
    const alerts = makeConsent({
      ...at,
      id: '22222222-2222-4222-8222-222222222222',
      accounts: ['a'],
      purpose: 'FRAUD_ALERTS',
    });
    await desk.repository.change('customer-9', () => ({ consents: [servicing, alerts], result: undefined }));
    const closing = ['close-account', 'harbor', '--reference', 'h-9', '--account', 'a', '--json'];
    const { consents } = JSON.parse((await acting(...closing)).out) as { consents: unknown[] };
    expect(consents).toEqual([
      { id: servicing.id, state: 'ACTIVE' },
      { id: alerts.id, state: 'REVOKED' },
    ]);
    expect((await acting('revoke', 'summit', '--consent', servicing.id)).err).toContain('no such consent');
    expect((await acting('revoke', 'harbor', '--consent', servicing.id)).out).toBe(
      `consent ${servicing.id} is REVOKED\n`,
    );
  });

  test('holds a consent back for the bank and for the platform, until each has lifted its own', async () => {
    const at = { customer: 'customer-7', bank: 'harbor', customerReference: 'h-7', accounts: ['a'] } as const;
    const consent = makeConsent({ ...at, id: '44444444-4444-4444-8444-444444444444' });
    await desk.repository.change('customer-7', () => ({ consents: [consent], result: undefined }));
    const about = async (command: string, ...words: string[]) =>
      (await acting(command, 'harbor', '--consent', consent.id, ...words)).out.trim().split(' ').at(-1);
    expect(await about('suspend-consent')).toBe('SUSPENDED');
    expect(await about('suspend-consent', '--platform')).toBe('SUSPENDED');
    expect(await about('resume-consent')).toBe('SUSPENDED');
    expect(await about('resume-consent', '--platform')).toBe('ACTIVE');
    const others = ['--consent', consent.id, '--platform'];
    expect((await acting('suspend-consent', 'summit', ...others)).err).toContain('no such consent');
    expect(await about('revoke', '--platform')).toBe('REVOKED');
    const [{ initiator } = { initiator: '' }] = (await desk.repository.ofCustomer('customer-7')).consents;
    expect(initiator).toBe('PLATFORM');
    expect((await acting('resume-consent', 'harbor', ...others)).err).toContain('nothing was changed');
  });

  test('links a customer, and ends their consents there when it forgets the link', async () => {
    const link = ['link', 'harbor', '--customer', 'customer-8', '--reference', 'h-8'];
    expect((await acting(...link)).out).toBe('the customer is linked at harbor\n');
    expect((await acting('link', 'harbor', '--customer', 'customer-8', '--reference', 'h-0')).failed).toBe(true);
    const consent = makeConsent({
      customer: 'customer-8',
      bank: 'harbor',
      customerReference: 'h-8',
      id: '33333333-3333-4333-8333-333333333333',
    });
    await desk.repository.change('customer-8', () => ({ consents: [consent], result: undefined }));
    await acting('unlink', 'harbor', '--customer', 'customer-8');
    const { consents } = await desk.repository.ofCustomer('customer-8');
    expect(consents.map(({ state, initiator }) => [state, initiator])).toEqual([['REVOKED', 'BANK']]);
    expect(await desk.links.reference('customer-8', 'harbor')).toBeUndefined();
  });

  test('leaves an entry for each act, without a customer’s name', async () => {
    const { query } = await database.open('owner');
    const { rows } = await sql<Record<string, unknown>>`select * from ringfence_operator_log order by id`.execute(
      query,
    );
    const commands = rows.map(({ command }) => command);
    expect(commands).toEqual(
      expect.arrayContaining(['bank suspend', 'bank close-account', 'bank link', 'bank unlink']),
    );
    expect(rows.every(({ by, reason }) => by === 'alice' && reason === 'a test')).toBe(true);
    expect(JSON.stringify(rows)).not.toMatch(/customer-8|h-8/);
  });
});
