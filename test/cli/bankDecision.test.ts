import { describe, expect, test } from '@jest/globals';
import { decisionsOf } from '../../src/cli/bankDecision.js';
import type { AgreementOrder } from '../../src/cli/bankOrder.js';
import {
  narrowed,
  versionInForce,
  type AgreementTerms,
  type AgreementVersion,
  type RegisteredAgreement,
} from '../../src/consent/index.js';
import { categoriesOf, maskOf, type BankStatus } from '../../src/policy/index.js';

const now = 1000;
const harbor = (terms: Partial<RegisteredAgreement> = {}): RegisteredAgreement => ({
  bank: 'harbor',
  status: 'LIVE',
  region: 'US',
  covers: new Map([
    ['ACCOUNT_SERVICING', maskOf(['RELATIONSHIP', 'BALANCE'])],
    ['SUPPORT_CHAT', maskOf(['RELATIONSHIP', 'CONVERSATION'])],
  ]),
  ...terms,
});
const entered = (version: number, terms: AgreementTerms, effectiveFrom?: number): AgreementVersion => ({
  bank: 'harbor',
  version,
  terms,
  ...(effectiveFrom !== undefined && { effectiveFrom }),
  enteredAt: 0,
  by: 'ops',
  reason: 'a test',
});
const act = { bank: 'harbor', by: 'ops', reason: 'a test' };
const decide = (
  order: Omit<AgreementOrder, keyof typeof act>,
  versions: readonly AgreementVersion[] = [],
  configured = harbor(),
) => decisionsOf({ ...act, ...order } as AgreementOrder, { configured, versions, now });

type Deciding = Partial<AgreementOrder> & Pick<AgreementOrder, 'kind'>;
interface StatusAt {
  readonly now: BankStatus;
  readonly later: BankStatus;
}
const asConfigured: Deciding = { kind: 'set', asConfigured: ['status'] };

/** What the bank's status is after the orders, each given on what the ones before it made, now and at 3000. */
function statusesAfter(orders: readonly Deciding[]): StatusAt {
  const versions: AgreementVersion[] = [];
  for (const order of orders) {
    for (const { terms, effectiveFrom } of decide(order as never, versions.slice())) {
      versions.push(entered(versions.length + 1, terms, effectiveFrom));
    }
  }
  const at = (time: number): BankStatus => narrowed(harbor(), versionInForce(versions, time)?.terms).status;
  return { now: at(now), later: at(3000) };
}

describe('an order about an agreement', () => {
  test('suspends, and keeps what was decided before', () => {
    const versions = [entered(1, { lookbackDays: 30 })];
    expect(decide({ kind: 'suspend' }, versions)).toEqual([{ terms: { lookbackDays: 30, status: 'SUSPENDED' } }]);
  });

  test('resumes to what held before the suspension, not to more', () => {
    const versions = [entered(1, { status: 'PILOT' }), entered(2, { status: 'SUSPENDED' })];
    expect(decide({ kind: 'resume' }, versions)).toEqual([{ terms: { status: 'PILOT' } }]);
    expect(decide({ kind: 'resume' }, [entered(1, { status: 'SUSPENDED' })])).toEqual([{ terms: {} }]);
  });

  test.each<[string, Deciding[], StatusAt]>([
    [
      'a bank that takes part only later',
      [
        { kind: 'set', status: 'NOT_PARTICIPATING' },
        { ...asConfigured, effectiveFrom: 2000 },
      ],
      { now: 'NOT_PARTICIPATING', later: 'LIVE' },
    ],
    [
      'a pilot that opens only later',
      [
        { kind: 'set', status: 'PILOT' },
        { ...asConfigured, effectiveFrom: 2000 },
      ],
      { now: 'PILOT', later: 'LIVE' },
    ],
    ['a bank that ends later', [{ kind: 'terminate', effectiveFrom: 2000 }], { now: 'LIVE', later: 'TERMINATED' }],
    [
      'a bank that is suspended later too',
      [{ kind: 'suspend', effectiveFrom: 2000 }],
      { now: 'LIVE', later: 'SUSPENDED' },
    ],
  ])(
    'to suspend %s, to narrow it meanwhile and to resume it leaves it as it was, now and later',
    (_, before, expected) => {
      expect(statusesAfter(before)).toEqual(expected);
      const meanwhile: Deciding[] = [
        { kind: 'set', status: 'SUSPENDED' },
        { kind: 'set', lookbackDays: 30 },
      ];
      expect(statusesAfter([...before, ...meanwhile]).now).toBe('SUSPENDED');
      expect(statusesAfter([...before, ...meanwhile, { kind: 'resume' }])).toEqual(expected);
    },
  );

  test.each<[AgreementOrder['kind'], BankStatus, string]>([
    ['suspend', 'SUSPENDED', 'SUSPENDED already'],
    ['suspend', 'TERMINATED', 'TERMINATED already'],
    ['suspend', 'NOT_PARTICIPATING', 'NOT_PARTICIPATING already'],
    ['terminate', 'TERMINATED', 'TERMINATED already'],
    ['terminate', 'UNDISCLOSED', 'UNDISCLOSED already'],
    ['resume', 'LIVE', 'LIVE, not suspended'],
    ['resume', 'TERMINATED', 'TERMINATED, not suspended'],
  ])('to %s is refused where the bank is %s', (kind, status, why) => {
    expect(() => decide({ kind } as never, [entered(1, { status })])).toThrow(why);
  });

  test('to resume is refused where the configuration suspends', () => {
    expect(() => decide({ kind: 'resume' }, [], harbor({ status: 'SUSPENDED' }))).toThrow('its configuration');
  });

  test('takes categories out, for all purposes or for one', () => {
    const covers = (purpose?: string) => {
      const [decision] = decide({ kind: 'narrow', without: ['RELATIONSHIP'], ...(purpose && { purpose }) } as never);
      return Object.fromEntries([...(decision?.terms.covers ?? [])].map(([name, mask]) => [name, categoriesOf(mask)]));
    };
    expect(covers()).toEqual({ ACCOUNT_SERVICING: ['BALANCE'], SUPPORT_CHAT: ['CONVERSATION'] });
    expect(covers('SUPPORT_CHAT')).toEqual({
      ACCOUNT_SERVICING: ['RELATIONSHIP', 'BALANCE'],
      SUPPORT_CHAT: ['CONVERSATION'],
    });
  });

  test.each([
    [{ status: 'LIVE' }, harbor({ status: 'NOT_PARTICIPATING' }), 'status'],
    [{ lookbackDays: 91 }, harbor({ lookbackDays: 90 }), 'lookbackDays'],
    [{ callsPerMinute: 2 }, harbor({ callsPerMinute: 1 }), 'callsPerMinute'],
  ])('to set %j is refused where it would widen the configuration', (members, configured, member) => {
    expect(() => decide({ kind: 'set', ...members } as never, [], configured)).toThrow(`\`${member}\``);
  });

  test('sets members, and gives others back to the configuration', () => {
    const versions = [entered(1, { status: 'PILOT', lookbackDays: 30 })];
    const order = { kind: 'set', callsPerMinute: 5, asConfigured: ['status'] } as never;
    expect(decide(order, versions)).toEqual([{ terms: { lookbackDays: 30, callsPerMinute: 5 } }]);
    expect(() => decide({ kind: 'set' })).toThrow('nothing to set');
  });

  test('with a time takes effect then, upon what holds then', () => {
    const versions = [entered(1, {}), entered(2, { lookbackDays: 30 }, 2000)];
    const order = { kind: 'suspend', effectiveFrom: 3000 } as const;
    expect(decide(order, versions)).toEqual([
      { terms: { lookbackDays: 30, status: 'SUSPENDED' }, effectiveFrom: 3000 },
    ]);
    expect(() => decide({ kind: 'suspend', effectiveFrom: 999 } as never)).toThrow('past');
  });

  test('is carried into every decision still to come, so that none undoes it', () => {
    const versions = [entered(1, { lookbackDays: 30 }, 2000), entered(2, { status: 'TERMINATED' }, 3000)];
    expect(decide({ kind: 'suspend' }, versions)).toEqual([
      { terms: { status: 'SUSPENDED' } },
      { terms: { lookbackDays: 30, status: 'SUSPENDED' }, effectiveFrom: 2000 },
      { terms: { status: 'TERMINATED' }, effectiveFrom: 3000 },
    ]);
  });
});
