import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { compareWorlds, Twins } from './noninterference.js';
import { forbiddenIn } from './noninterferenceUpstream.js';
import { ownBooks } from './ownBooks.js';
import type { Twist } from './twoWorlds.js';

let twins: Twins;

beforeAll(async () => {
  twins = await Twins.start();
}, 60_000);

afterEach(() => twins.setPlant(undefined));
afterAll(() => twins.stop());

/** Another text at a coordinate, as if it were made of what a bank holds. */
function textAt(coordinate: string): Twist {
  return (at) => (at.coordinate === coordinate && typeof at.value === 'string' ? `${at.value}.` : at.value);
}

/** Nothing at a coordinate. */
function nothingAt(coordinate: string): Twist {
  return (at) => (at.coordinate === coordinate ? null : at.value);
}

/** How many requests it takes until two worlds tell themselves apart. */
async function requestsUntilSeen(plant: Twist): Promise<number> {
  twins.setPlant(plant);
  for (let index = 1; index <= 200; index += 1) {
    if ((await compareWorlds(9_000 + index, 1, twins)).length > 0) return index;
  }
  return Infinity;
}

describe('two worlds that differ only in what a reader may not see', () => {
  test('give the same bytes, and ask uncleared subgraphs the same, over 500 random requests', async () => {
    expect(await compareWorlds(1, 500, twins)).toEqual([]);
  }, 120_000);

  test.each<[string, Twist]>([
    ['the text of an offer', textAt('MerchantOffer.text')],
    ['the public name of a bank', textAt('Bank.name')],
    ['the interests that the ads system knows', nothingAt('AdProfile.interests')],
  ])('are told apart when what a bank holds shows in %s', async (_, plant) => {
    expect(await requestsUntilSeen(plant)).toBeLessThanOrEqual(200);
  });

  test.each(['DepositAccount.nickname', 'Customer.accounts'])('are told apart when they differ in `%s`', async (at) => {
    expect(await requestsUntilSeen(nothingAt(at))).toBeLessThanOrEqual(200);
  });
});

describe('a request to a partner', () => {
  const query = '{ _entities(representations: []) { ... on Customer { accounts { bankId id balances { kind } } } } }';
  const sent = { to: 'harbor', headers: {}, body: JSON.stringify({ query }) };
  const scope = 'data:account-identity data:balance';

  test('asks for nothing forbidden when its reader may see it; keys of the gateway are its own', () => {
    expect(forbiddenIn(ownBooks(), { client: 'messenger', purpose: 'ACCOUNT_SERVICING', scope }, sent)).toEqual([]);
  });

  test('shows what its reader may not see', () => {
    const reader = { client: 'messenger', purpose: 'FRAUD_ALERTS', scope: 'data:account-identity' } as const;
    expect(forbiddenIn(ownBooks(), reader, sent)).toEqual(['Account.balances at harbor', 'Balance.kind at harbor']);
  });
});
