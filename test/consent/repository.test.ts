import { describe, expect, test } from '@jest/globals';
import { createMemoryRepository, revoke } from '../../src/consent/index.js';
import { allOf } from './allOf.js';
import { makeConsent, noonMs } from './makeConsent.js';

describe('a repository', () => {
  test('finds whose a consent is, and whom a bank means', async () => {
    const repository = createMemoryRepository([makeConsent()]);
    expect(await repository.customersOf({ kind: 'consent', id: 'consent-1' })).toEqual(['customer-1']);
    const holder = { kind: 'holder', bank: 'harbor', customerReference: 'hb-1' } as const;
    expect(await repository.customersOf(holder)).toEqual(['customer-1']);
    expect(await repository.customersOf({ ...holder, bank: 'summit' })).toEqual([]);
  });

  test('knows nothing of a customer without consents', async () => {
    expect(await createMemoryRepository().ofCustomer('__proto__')).toEqual({ epoch: 0, consents: [], answered: [] });
  });

  test('moves the epoch with a consent that is written, and only then', async () => {
    const repository = createMemoryRepository([makeConsent()]);
    await repository.change('customer-1', () => ({ consents: [], result: undefined }));
    expect((await repository.ofCustomer('customer-1')).epoch).toBe(0);
    await repository.change('customer-1', revoke('consent-1', noonMs));
    expect((await repository.ofCustomer('customer-1')).epoch).toBe(1);
  });

  test('writes nothing when a step throws or writes for somebody else', async () => {
    const repository = createMemoryRepository([makeConsent()]);
    const foreign = () => ({
      consents: [makeConsent({ customer: 'customer-2', state: 'REVOKED' })],
      result: undefined,
    });
    await expect(repository.change('customer-1', foreign)).rejects.toThrow('another customer');
    const failing = () => {
      throw new Error('no');
    };
    await expect(repository.change('customer-1', failing)).rejects.toThrow('no');
    expect(await allOf(repository.roll())).toEqual([makeConsent()]);
  });
});

describe('revoke', () => {
  test('finds no consent of another customer', async () => {
    const repository = createMemoryRepository([makeConsent()]);
    expect(await repository.change('customer-2', revoke('consent-1', noonMs))).toEqual({ kind: 'unknown' });
    expect(await allOf(repository.roll())).toEqual([makeConsent()]);
  });

  test('twice is once', async () => {
    const repository = createMemoryRepository([makeConsent()]);
    const first = await repository.change('customer-1', revoke('consent-1', noonMs));
    const again = await repository.change('customer-1', revoke('consent-1', noonMs + 1));
    expect(first).toMatchObject({ kind: 'revoked', consent: { state: 'REVOKED', stateSince: noonMs } });
    expect(again).toEqual(first);
  });

  test('leaves an expired consent expired', async () => {
    const repository = createMemoryRepository([makeConsent({ expiresAt: noonMs })]);
    const outcome = await repository.change('customer-1', revoke('consent-1', noonMs));
    expect(outcome).toMatchObject({ kind: 'revoked', consent: { state: 'EXPIRED' } });
  });
});
