/** Random acts for the laws of the consent machine. */
import fc from 'fast-check';
import { accounts, banks, categories, clients, purposes, type Act, type Bank, type By } from './consentMachineModel.js';

const minutes = fc.constantFrom(1, 14, 15, 60, 24 * 60, 29 * 24 * 60, 90 * 24 * 60, 365 * 24 * 60);
const target = fc.nat({ max: 5 });
const bank = fc.constantFrom(...(Object.keys(banks) as Bank[]));
/** Mostly one place, so that acts meet. */
const usualBank = fc.oneof({ weight: 3, arbitrary: fc.constant<Bank>('british') }, { weight: 2, arbitrary: bank });
const by: fc.Arbitrary<By> = fc.oneof(fc.constant('PLATFORM' as const), usualBank);

const client = fc.oneof({ weight: 5, arbitrary: fc.constant(clients[0]) }, fc.constantFrom(...clients));

const order: fc.Arbitrary<Act> = fc.record({
  kind: fc.constant('grant' as const),
  client,
  bank: usualBank,
  purpose: fc.oneof({ weight: 3, arbitrary: fc.constant(purposes[0]) }, fc.constantFrom(...purposes)),
  categories: fc.subarray([...categories], { minLength: 1 }),
  accounts: fc.oneof(fc.constant('none yet' as const), fc.subarray([...accounts], { minLength: 1 })),
  days: fc.constantFrom('longest' as const, 'longest' as const, 'once' as const, 20, 200),
  lookback: fc.constantFrom('unlimited' as const, 'unlimited' as const, 30),
  key: fc.oneof({ weight: 1, arbitrary: fc.constant('again') }, { weight: 4, arbitrary: fc.uuid() }),
});

const revocation: fc.Arbitrary<Act> = fc.record({
  kind: fc.constant('revoke' as const),
  client,
  target,
  key: fc.constantFrom('none', 'again'),
});

/** Anything that can be done; mostly grants, and time that passes. */
export const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: order },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes }) },
  { weight: 3, arbitrary: revocation },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('suspend' as const, 'resume' as const), target, by }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('revokeBy' as const, 'rejectBy' as const), target, by }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('close' as const),
      bank: usualBank,
      account: fc.constantFrom(...accounts),
    }),
  },
);
