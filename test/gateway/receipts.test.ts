import { describe, expect, test } from '@jest/globals';
import { type Outcome, receiptBooksOf, receiptsOf, refusalReceipts } from '../../src/gateway/receipts.js';
import type { Asked, Exchange, Release } from '../../src/plan/index.js';
import { maskOf } from '../../src/policy/index.js';
import { policy, principalOf } from '../partition/world.js';

const exchange: Exchange = {
  requestId: 'r',
  principal: principalOf({}),
  variables: { secret: 'x' },
  deadlineAt: 0,
  signal: new AbortController().signal,
  now: new Date(5),
};

const underPolicy = { ...receiptBooksOf(policy), policyHash: 'hash' };

const ofReleases = (releases: Release[], asked: Asked[] = [], outcome: Outcome = 'RELEASED') =>
  receiptsOf(exchange, { happened: { asked, releases }, outcome }, underPolicy);

function release(bank: string, more: Partial<Release> = {}): Release {
  const whole = { bank, categories: maskOf(['BALANCE']), coordinates: ['Account.balances'], objects: 2 };
  return { ...whole, consents: [{ id: `consent-${bank}`, version: 3 }], ...more };
}

describe('receipts of a request', () => {
  test('are one for each bank, over all that it released', () => {
    const terms = { categories: maskOf(['TERMS']), coordinates: ['Account.terms'], objects: 1 };
    const entries = ofReleases([release('harbor'), release('summit'), release('harbor', terms)]);
    expect(entries.map(({ bank, categories, objectCount }) => [bank, categories, objectCount])).toEqual([
      ['harbor', maskOf(['BALANCE', 'TERMS']), 3],
      ['summit', maskOf(['BALANCE']), 2],
    ]);
    expect(entries[0]).toMatchObject({ at: 5, client: 'messenger', policyHash: 'hash', customer: 'customer-1' });
  });

  test('hash the set of coordinates: neither order nor repetition counts, another coordinate does', () => {
    const hashOf = (...coordinates: string[]): string | undefined =>
      ofReleases([release('harbor', { coordinates })])[0]?.coordinatesHash;
    expect(hashOf('A.b', 'A.a', 'A.b')).toBe(hashOf('A.a', 'A.b'));
    expect(hashOf('A.a,A.b')).not.toBe(hashOf('A.a', 'A.b'));
  });

  test('say what was refused when it was financial, and nothing of other refusals', () => {
    expect(refusalReceipts(exchange, ['Account.balances', 'Mutation.revokeConsent'], underPolicy)).toMatchObject([
      { decision: 'REFUSED', categories: maskOf(['BALANCE']), objectCount: 0, consents: [] },
    ]);
    expect(refusalReceipts(exchange, ['Mutation.revokeConsent', 'Customer.adProfile'], underPolicy)).toEqual([]);
  });

  test('hold no variable', () => {
    expect(JSON.stringify(ofReleases([release('harbor')]))).not.toContain('secret');
  });

  test('say which banks were asked and released nothing, and under which ids their logs know the calls', () => {
    const { objects: _, ...part } = release('summit');
    const asked = [
      { ...part, interaction: 'one' },
      { ...part, interaction: 'two' },
    ];
    expect(ofReleases([release('harbor')], asked)).toMatchObject([
      { bank: 'harbor', decision: 'RELEASED', objectCount: 2 },
      { bank: 'summit', decision: 'REQUESTED', objectCount: 0, interactions: ['one', 'two'] },
    ]);
  });

  test('say that values were discarded, and count none of them', () => {
    expect(ofReleases([release('harbor')], [], 'REVOKED_IN_FLIGHT')).toMatchObject([
      { bank: 'harbor', decision: 'REVOKED_IN_FLIGHT', objectCount: 0 },
    ]);
  });
});
