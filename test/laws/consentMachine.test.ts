import { describe, expect, test } from '@jest/globals';
import { createMemoryRepository, type ConsentRepository } from '../../src/consent/index.js';
import { consentMachineLaw } from './consentMachine.js';

test('consents in memory go the way of the model, whatever is done to them', async () => {
  await expect(consentMachineLaw(async () => createMemoryRepository())).resolves.toBeUndefined();
});

/** A repository in memory with one fault: `spoil` changes what each step writes. */
function faulty(spoil: (written: Written, epoch: number) => Written): () => Promise<ConsentRepository> {
  return async () => {
    const repository = createMemoryRepository();
    return {
      ...repository,
      change: (customer, step) =>
        repository.change(customer, (current) => ({ ...step(current), ...spoil(step(current), current.epoch) })),
    };
  };
}

type Written = Pick<ReturnType<Parameters<ConsentRepository['change']>[1]>, 'consents' | 'answered'>;

describe('the law objects to a repository that', () => {
  test.each<[string, () => Promise<ConsentRepository>]>([
    ['writes half of a step', faulty(({ consents }) => ({ consents: consents.slice(-1) }))],
    ['forgets which keys were used', faulty(({ consents }) => ({ consents, answered: [] }))],
    [
      'lets an account go that was not closed',
      faulty(({ consents }) => ({
        consents: consents.map((consent) => ({ ...consent, accounts: consent.accounts.slice(0, 1) })),
      })),
    ],
    [
      'writes some revocations down too late',
      faulty(({ consents }, epoch) => ({
        consents: epoch % 3 === 2 ? consents.filter(({ state }) => state !== 'REVOKED') : consents,
      })),
    ],
    ['keeps the epoch where it was', unmovedEpoch],
    ['mixes customers up', mixedCustomers],
  ])('%s', async (_, make) => {
    await expect(consentMachineLaw(make, { hasty: true, numRuns: 300 })).rejects.toThrow('Property failed');
  });
});

async function unmovedEpoch(): Promise<ConsentRepository> {
  const repository = createMemoryRepository();
  return { ...repository, ofCustomer: async (customer) => ({ ...(await repository.ofCustomer(customer)), epoch: 1 }) };
}

/** Every customer's records stand under one name. */
async function mixedCustomers(): Promise<ConsentRepository> {
  const repository = createMemoryRepository();
  return {
    ...repository,
    ofCustomer: () => repository.ofCustomer('all'),
    change: async (_, step) => {
      let result;
      await repository.change('all', (current) => {
        const change = step(current);
        result = change.result;
        return { ...change, consents: change.consents.map((consent) => ({ ...consent, customer: 'all' })) };
      });
      return result as never;
    },
  };
}
