import { describe, expect, test } from '@jest/globals';
import { createConsentPort, createMemoryRepository, dayMs } from '../../../src/consent/index.js';
import {
  categoriesOf,
  financialMask,
  maskOf,
  type ConsentablePurpose,
  type Purpose,
} from '../../../src/policy/index.js';
import { demoRegistry } from '../../../resolvers/demo/registry.js';
import { demoConsents } from '../../../resolvers/demo/seeds.js';

const startedAt = new Date('2026-11-15T12:00:00.000Z');
const admits = (purpose: ConsentablePurpose) =>
  purpose === 'ACCOUNT_SERVICING' ? maskOf(['RELATIONSHIP', 'BALANCE', 'PAYMENT_ACTIVITY', 'RECEIPT']) : financialMask;

async function standing(customer: string, purpose: Purpose, shiftDays = 0) {
  const port = createConsentPort(
    createMemoryRepository(demoConsents({ startedAt, admits })),
    demoRegistry(),
    () => startedAt,
  );
  const now = new Date(startedAt.getTime() + shiftDays * dayMs);
  const { banks } = await port.standing({ customer, client: 'messenger', purpose }, now);
  return banks.map(({ bank, state, accounts }) => [bank, state, accounts === 'all' ? 'all' : accounts.length]);
}

describe('the demo', () => {
  test('starts with customer-1 connected to three banks and the wallet', async () => {
    const banks = await standing('customer-1', 'ACCOUNT_SERVICING');
    expect(banks).toEqual([
      ['harbor', 'active', 3],
      ['summit', 'active', 2],
      ['prairie', 'active', 2],
      ['wallet', 'active', 1],
    ]);
  });

  test.each<[Purpose, string[]]>([
    ['FRAUD_ALERTS', ['harbor']],
    ['SUPPORT_CHAT', ['harbor']],
    ['P2P_PAYMENT', ['harbor', 'wallet']],
    ['MERCHANT_CHECKOUT', ['harbor', 'wallet']],
    ['AD_TARGETING', []],
  ])('customer-1 consented to %s at %j', async (purpose, banks) => {
    expect((await standing('customer-1', purpose)).map(([bank]) => bank)).toEqual(banks);
  });

  test('has customer-2 at harbor with one of two accounts, and the others nowhere', async () => {
    expect(await standing('customer-2', 'ACCOUNT_SERVICING')).toEqual([['harbor', 'active', 1]]);
    expect(await standing('customer-3', 'ACCOUNT_SERVICING')).toEqual([]);
    expect(await standing('customer-4', 'ACCOUNT_SERVICING')).toEqual([]);
  });

  test('91 days on, prairie waits to be reconfirmed and nobody else does', async () => {
    const banks = await standing('customer-1', 'ACCOUNT_SERVICING', 91);
    expect(banks.filter(([, state]) => state === 'reauth').map(([bank]) => bank)).toEqual(['prairie']);
    expect(banks).toHaveLength(4);
  });

  test('holds no consent at union, for no control record, and gives the wallet payments only', () => {
    const consents = demoConsents({ startedAt, admits });
    expect(consents.some(({ bank }) => bank === 'union')).toBe(false);
    const wallet = consents.find(({ bank, purpose }) => bank === 'wallet' && purpose === 'ACCOUNT_SERVICING');
    expect(categoriesOf(wallet?.categories ?? 0)).toEqual(['RELATIONSHIP', 'PAYMENT_ACTIVITY']);
    expect(consents.every(({ categories }) => (categories & ~financialMask) === 0)).toBe(true);
  });

  test('starts with the same consents in every run, under ids that say nothing', () => {
    const consents = demoConsents({ startedAt, admits });
    expect(demoConsents({ startedAt, admits })).toEqual(consents);
    expect(new Set(consents.map(({ id }) => id)).size).toBe(consents.length);
    for (const { id } of consents)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
