import { beforeEach, describe, expect, test } from '@jest/globals';
import { mostAnswered } from '../../../src/consent/answering.js';
import { at, listAt, noon, textAt, type Answered, type GrantFacts } from '../platform/call.js';
import { as, createBench, managing, type ConsentBench } from './consentSubgraph.js';

let bench: ConsentBench;

beforeEach(async () => {
  bench = await createBench();
});

const mutation = `mutation (
  $bankId: ID!, $purpose: ConsentPurpose!, $categories: [ConsentCategory!]!, $accountIds: [ID!], $days: Int, $key: String!,
  $duration: ConsentDuration, $lookbackDays: Int
) {
  grantConsent(
    bankId: $bankId, purpose: $purpose, categories: $categories, accountIds: $accountIds, days: $days, idempotencyKey: $key,
    duration: $duration, lookbackDays: $lookbackDays
  ) { id state version expiresAt grantedAt reconfirmBy accountIds duration days lookbackDays disclosure }
}`;
const wish = { bankId: 'harbor', purpose: 'ACCOUNT_SERVICING', categories: ['BALANCE'], key: 'k1' };
const tomas = managing('customer-2');
const first = 'customer-2|harbor|hb-20533-1';
const second = 'customer-2|harbor|hb-20533-2';

const granting = (change: object = {}, facts: GrantFacts = tomas) => bench.run(facts, mutation, { ...wish, ...change });
const codeOf = ({ errors }: Answered) => errors?.[0]?.extensions.code;
const statesOf = async (customer: string) =>
  at(await bench.customer(managing(customer), 'consents { state }'), 'consents.*.state');

describe('grantConsent', () => {
  test.each(['ACCOUNT_SERVICING', 'P2P_PAYMENT', 'AD_TARGETING', 'COMPLIANCE_AUDIT'] as const)(
    'is refused under %s',
    async (purpose) => {
      expect((await granting({}, { ...tomas, purpose })).data).toEqual({ grantConsent: null });
      expect(await statesOf('customer-2')).toEqual(['ACTIVE']);
    },
  );

  test('is refused without a fresh authentication', async () => {
    const stale = { ...tomas, authTime: noon.getTime() / 1000 - 306 };
    const { authTime: _, ...silent } = tomas;
    expect(codeOf(await granting({}, stale))).toBe('UNAUTHENTICATED');
    expect(codeOf(await granting({}, silent))).toBe('UNAUTHENTICATED');
  });

  test.each<[string, object]>([
    ['no category', { categories: [] }],
    ['a category that the purpose does not admit', { categories: ['HOLDER_PII'] }],
    ['no account at all', { accountIds: [] }],
    ['no day', { days: 0 }],
    ['more than a year', { days: 366 }],
    ['days that a duration does not take', { days: 3, duration: 'PERSISTENT' }],
    ['a bound without days', { duration: 'TIME_BOUND' }],
    ['no history at all', { lookbackDays: 0 }],
    ['more history than any bank has', { lookbackDays: 3651 }],
    ['no key', { key: '' }],
  ])('refuses %s, at any bank', async (_name, change) => {
    for (const bankId of ['harbor', 'union', 'nowhere']) {
      expect(codeOf(await granting({ ...change, bankId }))).toBe('BAD_USER_INPUT');
    }
  });

  test.each(['AD_TARGETING', 'THIRD_PARTY_SHARING', 'CONSENT_MANAGEMENT'])('cannot even say %s', async (purpose) => {
    expect((await granting({ purpose })).data).toBeUndefined();
  });

  test.each<[string, object]>([
    ['an undisclosed bank', { bankId: 'union' }],
    ['an unknown bank', { bankId: 'nowhere' }],
    ['an account id that does not open', { accountIds: ['forged'] }],
    ['another customer’s account', { accountIds: ['customer-1|harbor|hb-20417-1'] }],
    ['an account at another bank', { accountIds: ['customer-2|union|un-70002-1'] }],
    ['one account too many', { accountIds: [first, 'forged'] }],
    ['an account at an undisclosed bank', { bankId: 'union', accountIds: ['customer-2|union|un-70002-1'] }],
  ])('gives the same null for %s', async (_name, change) => {
    expect(await granting(change)).toEqual({ data: { grantConsent: null } });
    expect(await statesOf('customer-2')).toEqual(['ACTIVE']);
  });

  test('without accounts waits, and takes effect when the same scope comes back with accounts', async () => {
    const waiting = await granting();
    expect(at(waiting, 'grantConsent')).toMatchObject({ state: 'AWAITING_BANK', accountIds: [], grantedAt: null });
    const active = await granting({ accountIds: [first, second], key: 'k2' });
    expect(at(active, 'grantConsent')).toMatchObject({
      id: at(waiting, 'grantConsent.id'),
      state: 'ACTIVE',
      accountIds: [first, second],
    });
    expect(await statesOf('customer-2')).toEqual(['SUPERSEDED', 'ACTIVE']);
  });

  test('lasts as many days as asked', async () => {
    const answer = await granting({ accountIds: [first], days: 30 });
    expect(at(answer, 'grantConsent')).toMatchObject({ expiresAt: '2026-12-15T12:00:00.000Z', days: 30 });
  });

  test('for one time ends after a day, and as long as a consent may last says no days', async () => {
    const once = await granting({ accountIds: [first], duration: 'ONE_TIME' });
    expect(at(once, 'grantConsent')).toMatchObject({ expiresAt: '2026-11-16T12:00:00.000Z', days: null });
    const longest = await granting({ accountIds: [first], key: 'k2' });
    expect(at(longest, 'grantConsent')).toMatchObject({ duration: 'PERSISTENT', days: null, lookbackDays: null });
  });

  test('reaches as far back as the customer says', async () => {
    const answer = await granting({ accountIds: [first], lookbackDays: 90 });
    expect(at(answer, 'grantConsent.lookbackDays')).toBe(90);
  });

  test('shows while it waits for accounts what the customer agrees to, without the bank’s name', async () => {
    const text = textAt(await granting({ lookbackDays: 90, days: 30 }), 'grantConsent.disclosure');
    for (const words of ['to show you your accounts', 'balances', '90 days', '30 days']) expect(text).toContain(words);
    expect(text).not.toContain('harbor');
  });

  test('repeats its answer for the same key, and refuses the key for anything else', async () => {
    const answer = await granting({ accountIds: [second] });
    expect(await granting({ accountIds: [second] })).toEqual(answer);
    expect(codeOf(await granting({ accountIds: [first] }))).toBe('BAD_USER_INPUT');
    expect(await statesOf('customer-2')).toEqual(['SUPERSEDED', 'ACTIVE']);
  });

  test('brings a consent that waits for confirmation back, as the same consent', async () => {
    bench.pass(91);
    const maya = { ...managing('customer-1'), authTime: noon.getTime() / 1000 + 91 * 86_400 };
    const scope = await bench.customer(maya, 'consents { id purpose categories accountIds bank { id } }');
    const prairie = `consents.${listAt(scope, 'consents.*.bank.id').indexOf('prairie')}`;
    const again = Object.assign({}, at(scope, prairie), { bankId: 'prairie' });
    const confirmed = await granting(again, maya);
    const id = at(scope, `${prairie}.id`);
    expect(at(confirmed, 'grantConsent')).toMatchObject({ id, version: 2, state: 'ACTIVE' });
    const after = await bench.customer(as('customer-1'), 'connections { bankId status }');
    expect(at(after, 'connections.2')).toEqual({ bankId: 'prairie', status: 'CONNECTED' });
  });

  test('connects the wallet as a whole, because there is nothing to pick', async () => {
    const change = { bankId: 'wallet', categories: ['PAYMENT_ACTIVITY'], days: 10 };
    const answer = await granting(change, managing('customer-1'));
    expect(at(answer, 'grantConsent')).toMatchObject({ state: 'ACTIVE', accountIds: ['customer-1|wallet|wallet'] });
  });
});

describe('revokeConsent', () => {
  const revocation = `mutation ($consentId: ID!, $key: String) {
    revokeConsent(consentId: $consentId, idempotencyKey: $key) { id state version } }`;
  const revoking = (consentId: string, facts: GrantFacts = tomas, key: string | null = null) =>
    bench.run(facts, revocation, { consentId, key });
  const consentOf = async (customer: string) =>
    textAt(await bench.customer(managing(customer), 'consents { id }'), 'consents.0.id');

  test('gives the same null for an unknown id and another customer’s', async () => {
    const foreign = await revoking(await consentOf('customer-1'));
    expect(foreign).toEqual({ data: { revokeConsent: null } });
    expect(await revoking('unknown')).toEqual(foreign);
    expect(await statesOf('customer-1')).not.toContain('REVOKED');
  });

  test('is refused under another purpose', async () => {
    expect((await revoking(await consentOf('customer-2'), as('customer-2'))).data).toEqual({ revokeConsent: null });
    expect(await statesOf('customer-2')).toEqual(['ACTIVE']);
  });

  test('takes effect at once, needs no fresh authentication, and twice is once', async () => {
    const { authTime: _, ...silent } = tomas;
    const id = await consentOf('customer-2');
    const answer = await revoking(id, silent);
    expect(at(answer, 'revokeConsent')).toMatchObject({ id, state: 'REVOKED' });
    expect(await revoking(id, silent)).toEqual(answer);
    expect(at(await bench.customer(as('customer-2'), 'connections { bankId }'), 'connections')).toEqual([]);
  });

  test('repeats its answer for the same key, and refuses the key in words for another consent: that one goes on', async () => {
    const maya = managing('customer-1');
    const ids = listAt(await bench.customer(maya, 'consents { id }'), 'consents.*.id').map(String);
    const [one = '', other = ''] = ids;
    const before = (await statesOf('customer-1')) as readonly string[];
    const answer = await revoking(one, maya, 'k1');
    expect(at(answer, 'revokeConsent')).toMatchObject({ id: one, state: 'REVOKED' });
    expect(await revoking(one, maya, 'k1')).toEqual(answer);
    const refused = await revoking(other, maya, 'k1');
    expect([refused.data, codeOf(refused)]).toEqual([{ revokeConsent: null }, 'BAD_USER_INPUT']);
    expect(refused.errors?.[0]?.message).toBe('`idempotencyKey` was used for another order');
    expect(await statesOf('customer-1')).toEqual(['REVOKED', ...before.slice(1)]);
    expect(at(await revoking(other, maya), 'revokeConsent')).toMatchObject({ id: other, state: 'REVOKED' });
  });

  test.each(['', 'k'.repeat(41)])('refuses the key `%s`, whatever the consent', async (key) => {
    for (const id of ['unknown', await consentOf('customer-2')]) {
      expect(codeOf(await revoking(id, tomas, key))).toBe('BAD_USER_INPUT');
    }
    expect(await statesOf('customer-2')).toEqual(['ACTIVE']);
  });

  test('gives the same null for an unknown id and another customer’s also under a key that was used', async () => {
    await revoking(await consentOf('customer-2'), tomas, 'used');
    const foreign = await revoking(await consentOf('customer-1'), tomas, 'used');
    expect(foreign).toEqual({ data: { revokeConsent: null } });
    expect(await revoking('unknown', tomas, 'used')).toEqual(foreign);
  });

  test('is carried out under one more key than are remembered, under which a grant is refused in words', async () => {
    for (let count = 0; count < mostAnswered; count += 1) await granting({ key: `k${count}` });
    const refused = await granting({ key: 'one more' });
    expect([refused.data, codeOf(refused)]).toEqual([{ grantConsent: null }, 'BAD_USER_INPUT']);
    expect(refused.errors?.[0]?.message).toContain('is one of too many within 24 hours: order again later');
    expect(codeOf(await granting({ key: 'k0' }))).toBeUndefined();
    const revoked = await revoking(await consentOf('customer-2'), tomas, 'one more');
    expect(at(revoked, 'revokeConsent')).toMatchObject({ state: 'REVOKED' });
  }, 60_000);
});
