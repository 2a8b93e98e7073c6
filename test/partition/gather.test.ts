import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { account, holding } from './rows.js';
import { createWorld, standingAt } from './world.js';

const banks = ['harbor', 'summit', 'prairie'] as const;

/** Where each of some accounts lies, in the order of their bank's ledger. */
const spread = fc.array(fc.constantFrom(...banks), { maxLength: 12 });

function spreadOver(places: readonly string[]): Record<string, string[]> {
  return Object.fromEntries(
    banks.map((bank) => [bank, places.flatMap((place, index) => (place === bank ? [`account ${index}`] : []))]),
  );
}

async function gathered(places: readonly string[]): Promise<unknown> {
  const byBank = spreadOver(places);
  const world = createWorld({
    banks: banks.flatMap((bank) => {
      const held = (byBank[bank] ?? []).map((reference) => [reference, ['ACCOUNT_IDENTITY']] as const);
      return held.length === 0 ? [] : [standingAt(bank, Object.fromEntries(held))];
    }),
    rows: Object.fromEntries(
      banks.map((bank) => [bank, holding({ accounts: (byBank[bank] ?? []).map((one) => account(one, bank)) })]),
    ),
  });
  const { data, errors } = await world.ask('{ me { accounts { nickname } } }');
  expect(errors).toBeUndefined();
  return data;
}

describe('rows spread over banks', () => {
  test('are the same rows however they are spread, bank by bank in registry order, each in its ledger’s', async () => {
    await fc.assert(
      fc.asyncProperty(spread, async (places) => {
        const byBank = spreadOver(places);
        const expected = banks.flatMap((bank) => byBank[bank] ?? []);
        expect(await gathered(places)).toEqual({
          me: { accounts: expected.map((reference) => ({ nickname: `nickname of ${reference}` })) },
        });
      }),
      { numRuns: 40 },
    );
  });
});
