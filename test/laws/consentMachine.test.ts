import { describe, expect, test } from '@jest/globals';
import { createMemoryRepository, type ConsentRepository } from '../../src/consent/index.js';
import { consentMachineLaw } from './consentMachine.js';
import { consentRaceLaw } from './consentMachineRace.js';

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

describe('two handles at once', () => {
  test('come out as if one had followed the other', async () => {
    const make = async () => {
      const repository = createMemoryRepository();
      return [repository, repository] as const;
    };
    await expect(consentRaceLaw(make)).resolves.toBeUndefined();
  });

  test('are told apart from a store that loses what the other wrote', async () => {
    await expect(consentRaceLaw(twoForgetful, { hasty: true })).rejects.toThrow('Property failed');
  });
});

/** Reads, waits, and writes what it made of the reading: the textbook's lost update. */
async function twoForgetful(): Promise<readonly [ConsentRepository, ConsentRepository]> {
  const repository = createMemoryRepository();
  const forgetful: ConsentRepository = {
    ...repository,
    change: async (customer, step) => {
      const read = await repository.ofCustomer(customer);
      await Promise.resolve();
      return repository.change(customer, () => step(read));
    },
  };
  return [forgetful, forgetful];
}
