/** Consent that is revoked while banks and the wallet answer (domain.md 6, scenarios 7 and 9), and payments that are retried. */
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { askedSince, marksOf } from './asking.js';
import type { Answer, DemoWorld, Tree } from './demoWorld.js';

let world: DemoWorld;

const as = (purpose: string, customer = 'customer-1') => world.as({ purpose, customer });
const manage: ReturnType<typeof as> = (query, variables) => as('CONSENT_MANAGEMENT')(query, variables);
const codesOf = ({ errors }: Answer) => [...new Set(errors.map(({ extensions }) => extensions.code))];

/** Asks until something that happens elsewhere is so. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 5000; turn += 1) {
    if (await isSo()) return;
  }
  throw new Error('it never came to be');
}

/** The customer's active consent at a bank (or the wallet) for a purpose; the bank of the wallet's is not named. */
async function activeConsent(bank: string, purpose: string): Promise<Tree> {
  const { data } = await manage(
    '{ me { consents { id state purpose categories bank { id } accountIds days duration lookbackDays } } }',
  );
  const found = data.me?.consents?.find(
    (consent) =>
      String(consent.state) === 'ACTIVE' &&
      String(consent.purpose) === purpose &&
      String(consent.bank?.id ?? 'wallet') === bank,
  );
  if (found === undefined) throw new Error(`no active consent at ${bank} for ${purpose}`);
  return found;
}

async function revoke(consent: Tree): Promise<void> {
  const { data, errors } = await manage('mutation ($id: ID!) { revokeConsent(consentId: $id) { state } }', {
    id: consent.id,
  });
  expect([data, errors]).toEqual([{ revokeConsent: { state: 'REVOKED' } }, []]);
}

async function grantAgain(bank: string, { purpose, categories, accountIds }: Tree): Promise<void> {
  const { data, errors } = await manage(
    `mutation ($bank: ID!, $purpose: ConsentPurpose!, $categories: [ConsentCategory!]!, $accounts: [ID!], $key: String!) {
       grantConsent(bankId: $bank, purpose: $purpose, categories: $categories, accountIds: $accounts, idempotencyKey: $key) { state } }`,
    {
      bank,
      purpose,
      categories,
      ...(bank !== 'wallet' && { accounts: accountIds }),
      key: `again at ${bank} for ${String(purpose)}`,
    },
  );
  expect([data, errors]).toEqual([{ grantConsent: { state: 'ACTIVE' } }, []]);
}

/** What the newest receipt says about a bank. */
async function lastDecisionAt(bank: string): Promise<string | undefined> {
  const { data } = await manage('{ me { receipts(first: 20) { edges { node { decision bank { id } } } } } }');
  const receipts = data.me?.receipts?.edges?.map(({ node }) => node) ?? [];
  return receipts.map((receipt) => [receipt?.bank?.id, receipt?.decision].map(String)).find(([id]) => id === bank)?.[1];
}

/** The tests of this journey, through a demo that runs. */
export function inFlightJourney(demo: () => DemoWorld): void {
  beforeAll(() => {
    world = demo();
  });
  afterEach(async () => {
    await world.clearFault('harbor');
    await world.clearFault('wallet');
  });

  test('consent revoked while a bank takes its time: what it answered is discarded, and it is not asked again', async () => {
    const query = '{ me { accounts { id balances { money { amount } } } } }';
    const read = () => as('ACCOUNT_SERVICING')(query);
    const before = await read();
    expect(before.errors).toEqual([]);
    const consent = await activeConsent('harbor', 'ACCOUNT_SERVICING');
    const marks = await marksOf(world);
    await world.setFault('harbor', 'late', 1500);
    const slow = read();
    await until(async () => (await askedSince(world, 'harbor', marks)).length > 0);
    await revoke(consent);
    const answer = await slow;
    expect(answer.data).toEqual({ me: { accounts: [] } });
    expect(codesOf(answer)).toEqual(['REVOKED_IN_FLIGHT']);
    expect(await lastDecisionAt('harbor')).toBe('REVOKED_IN_FLIGHT');
    for (const amount of before.text.match(/\d+\.\d\d/g) ?? []) expect(answer.text).not.toContain(amount);
    await world.clearFault('harbor');
    const after = await marksOf(world);
    const { data, errors } = await as('ACCOUNT_SERVICING')('{ me { accounts { id bank { id } } } }');
    expect(errors).toEqual([]);
    expect(new Set(data.me?.accounts?.map(({ bank }) => String(bank?.id)))).toEqual(new Set(['summit', 'prairie']));
    expect(await askedSince(world, 'harbor', after)).toEqual([]);
    await grantAgain('harbor', consent);
    expect((await read()).text).toBe(before.text);
  });

  describe('a payment', () => {
    const send = `mutation ($to: String!, $amount: Decimal!, $credential: String!, $key: String!) {
      sendPayment(recipient: $to, amount: $amount, currency: "USD", credential: $credential, idempotencyKey: $key) {
        id state amount { amount } } }`;
    const pay = (amount: string, key: string, change: object = {}) =>
      as('P2P_PAYMENT')(send, { to: 'Ivo', amount, credential: 'device-1', key, ...change });
    const seenBy = async (purpose: string, amount: string, customer?: string) => {
      const { data } = await as(purpose, customer)('{ me { payments { state amount { amount } } } }');
      return (data.me?.payments ?? []).filter((payment) => String(payment.amount?.amount) === amount);
    };
    const walletCount = async () => (await world.platformLog('wallet')).count;

    test('sent ten times at once under one key is one payment, and every answer is the same', async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => pay('31.41', 'at once')));
      expect(answers[0]?.data.sendPayment).toMatchObject({ state: 'COMPLETED', amount: { amount: '31.41' } });
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(await seenBy('P2P_PAYMENT', '31.41')).toHaveLength(1);
    });

    test('whose answer never came in time was made once, is not retried by the gateway, and is the same when the client retries', async () => {
      await world.setFault('wallet', 'late', 8000);
      const before = await walletCount();
      const unheard = await pay('27.18', 'too late');
      expect(unheard.data).toEqual({ sendPayment: null });
      expect(codesOf(unheard)).toEqual(['BANK_UNAVAILABLE']);
      expect(await walletCount()).toBe(before + 1);
      await world.clearFault('wallet');
      const retried = await pay('27.18', 'too late');
      expect(retried.data.sendPayment).toMatchObject({ state: 'COMPLETED', amount: { amount: '27.18' } });
      expect(await seenBy('P2P_PAYMENT', '27.18')).toHaveLength(1);
    });

    test('retried with another amount, recipient or credential is refused, tells neither, and sends nothing', async () => {
      await pay('16.18', 'changed');
      for (const change of [{ amount: '16.19' }, { to: 'Noor' }, { credential: 'device-2' }]) {
        const changed = await pay('16.18', 'changed', change);
        expect([changed.data, codesOf(changed)]).toEqual([{ sendPayment: null }, ['BAD_USER_INPUT']]);
        expect(changed.text).not.toMatch(/16\.1|Ivo|Noor|device/);
      }
      expect(await seenBy('P2P_PAYMENT', '16.18')).toHaveLength(1);
    });

    test('that the wallet accepted before consent was revoked completes; the payer sees it where they still may, and nobody else', async () => {
      const consent = await activeConsent('wallet', 'P2P_PAYMENT');
      await world.setFault('wallet', 'late', 1500);
      const before = await walletCount();
      const slow = pay('14.14', 'accepted');
      await until(async () => (await walletCount()) > before);
      await revoke(consent);
      const answer = await slow;
      expect([answer.data, codesOf(answer)]).toEqual([{ sendPayment: null }, ['REVOKED_IN_FLIGHT']]);
      await world.clearFault('wallet');
      const asked = await walletCount();
      expect(await seenBy('P2P_PAYMENT', '14.14')).toEqual([]);
      expect(codesOf(await pay('14.14', 'accepted'))).toEqual(['CONSENT_REQUIRED']);
      expect(await walletCount()).toBe(asked);
      expect(await seenBy('ACCOUNT_SERVICING', '14.14')).toMatchObject([{ state: 'COMPLETED' }]);
      for (const customer of ['customer-2', 'customer-3', 'customer-4']) {
        expect(await seenBy('ACCOUNT_SERVICING', '14.14', customer)).toEqual([]);
        expect(await seenBy('P2P_PAYMENT', '14.14', customer)).toEqual([]);
      }
      await grantAgain('wallet', consent);
      expect((await pay('14.14', 'accepted')).data.sendPayment).toMatchObject({ state: 'COMPLETED' });
      expect(await seenBy('P2P_PAYMENT', '14.14')).toHaveLength(1);
    });
  });
}
