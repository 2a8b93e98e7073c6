import { describe, expect, test } from '@jest/globals';
import {
  createMemoryRepository,
  dayMs,
  grant,
  revoke,
  type Consent,
  type GrantOrder,
} from '../../src/consent/index.js';
import { mostAnswered } from '../../src/consent/answering.js';
import { makeConsent, noonMs } from './makeConsent.js';

const key = { client: 'messenger', key: 'k1' };

function storeOf(...seeds: readonly Consent[]) {
  const repository = createMemoryRepository(seeds);
  return {
    revoke: (id: string, options: { readonly now?: number; readonly key?: typeof key } = {}) =>
      repository.change('customer-1', revoke(id, options.now ?? noonMs, options.key)),
    grant: (idempotencyKey: string, now = noonMs) =>
      repository.change('customer-1', grant(orderOf(idempotencyKey), { now, newId: 'granted' })),
    stored: () => repository.ofCustomer('customer-1'),
    states: async () => (await repository.ofCustomer('customer-1')).consents.map(({ state }) => state),
  };
}

function orderOf(idempotencyKey: string): GrantOrder {
  const { customer, client, bank, purpose, categories, accounts } = makeConsent({ purpose: 'FRAUD_ALERTS' });
  const terms = { purpose, categories, accounts, duration: { kind: 'PERSISTENT' }, region: 'US' } as const;
  return { customer, client, bank, ...terms, idempotencyKey };
}

const two = () => storeOf(makeConsent(), makeConsent({ id: 'consent-2', purpose: 'FRAUD_ALERTS' }));

describe('a revocation under a key', () => {
  test('is answered as before when it is repeated, and changes nothing more', async () => {
    const store = two();
    const first = await store.revoke('consent-1', { key });
    const stored = await store.stored();
    expect(await store.revoke('consent-1', { key, now: noonMs + 1 })).toEqual(first);
    expect(await store.stored()).toEqual(stored);
    expect(stored.epoch).toBe(1);
  });

  test('is refused for another consent, which stays as it is and can be revoked by another key, or by none', async () => {
    const store = two();
    await store.revoke('consent-1', { key });
    expect(await store.revoke('consent-2', { key })).toEqual({ kind: 'keyReused' });
    expect(await store.states()).toEqual(['REVOKED', 'ACTIVE']);
    await store.revoke('consent-2');
    expect(await store.states()).toEqual(['REVOKED', 'REVOKED']);
  });

  test('is refused under the key of a grant, and a grant under the key of a revocation', async () => {
    const store = storeOf(makeConsent());
    await store.grant('k1');
    expect(await store.revoke('consent-1', { key })).toEqual({ kind: 'keyReused' });
    await store.revoke('consent-1', { key: { ...key, key: 'k2' } });
    expect(await store.grant('k2')).toEqual({ kind: 'keyReused' });
    expect(await store.states()).toEqual(['REVOKED', 'ACTIVE']);
  });

  test('is free for another client, and again after 24 hours', async () => {
    const store = two();
    await store.revoke('consent-1', { key, now: noonMs - dayMs });
    expect(await store.revoke('consent-2', { key, now: noonMs - 1 })).toEqual({ kind: 'keyReused' });
    expect(await store.revoke('consent-2', { key })).toMatchObject({ kind: 'revoked' });
    const other = two();
    await other.revoke('consent-1', { key });
    expect(await other.revoke('consent-2', { key: { ...key, client: 'other' } })).toMatchObject({ kind: 'revoked' });
  });

  test('leaves the key free where nothing was changed: the consent had ended, or the id names none', async () => {
    const store = storeOf(makeConsent({ expiresAt: noonMs }), makeConsent({ id: 'consent-2' }));
    const before = await store.stored();
    expect(await store.revoke('unknown', { key })).toEqual({ kind: 'unknown' });
    expect(await store.revoke('consent-1', { key })).toMatchObject({ consent: { state: 'EXPIRED' } });
    expect(await store.stored()).toEqual(before);
    expect(await store.revoke('consent-2', { key })).toMatchObject({ consent: { state: 'REVOKED' } });
    expect(await store.revoke('consent-1', { key })).toEqual({ kind: 'keyReused' });
    expect(await store.revoke('unknown', { key })).toEqual({ kind: 'unknown' });
  });

  test('adds nothing to what is stored, however often it comes with new keys', async () => {
    const store = two();
    await store.revoke('consent-1', { key });
    const stored = await store.stored();
    for (let count = 0; count < 10; count += 1)
      await store.revoke('consent-1', { key: { ...key, key: `more ${count}` } });
    expect(await store.stored()).toEqual(stored);
  });

  test('is carried out where no key can be remembered any more; a grant is refused there, until one is a day old', async () => {
    const repository = createMemoryRepository([makeConsent()]);
    const at = (index: number) => noonMs - (index === 0 ? dayMs - 1 : 0);
    const answered = Array.from({ length: mostAnswered }, (_, index) => ({
      ...{ client: 'other', key: `k${index}`, terms: '[]', consentId: 'consent-1', at: at(index) },
    }));
    await repository.change('customer-1', () => ({ consents: [], answered, result: undefined }));
    const step = (now: number) => grant(orderOf('g1'), { now, newId: 'granted' });
    expect(await repository.change('customer-1', step(noonMs))).toEqual({ kind: 'full' });
    const outcome = await repository.change('customer-1', revoke('consent-1', noonMs, key));
    expect(outcome).toMatchObject({ kind: 'revoked', consent: { state: 'REVOKED' } });
    expect(await repository.ofCustomer('customer-1')).toMatchObject({ consents: [{ state: 'REVOKED' }], answered });
    expect(await repository.change('customer-1', step(noonMs + 1))).toMatchObject({ kind: 'granted' });
    expect((await repository.ofCustomer('customer-1')).answered).toHaveLength(mostAnswered);
  });

  test('ends a consent whatever is remembered of it: what stands in the store decides, not the memory', async () => {
    const terms = JSON.stringify(['revokeConsent', 'consent-1']);
    const repository = createMemoryRepository([makeConsent()]);
    const answered = [{ ...key, terms, consentId: 'consent-1', at: noonMs }];
    await repository.change('customer-1', () => ({ consents: [], answered, result: undefined }));
    const outcome = await repository.change('customer-1', revoke('consent-1', noonMs, key));
    expect(outcome).toMatchObject({ kind: 'revoked', consent: { state: 'REVOKED' } });
    expect((await repository.ofCustomer('customer-1')).consents).toMatchObject([{ state: 'REVOKED' }]);
  });
});
