/** Every partner is asked, and granted, all that an operation wants, of whatever account. Stands for `src/partition/territory.ts`. */
import { financialMask } from '../../../src/policy/index.js';
import * as wall from '../../../src/partition/territory.js';

export * from '../../../src/partition/territory.js';

export const territoriesOf: typeof wall.territoriesOf = (exchange, rules) =>
  wall.territoriesOf(exchange, rules).map((territory) => ({
    ...territory,
    agreed: financialMask,
    union: financialMask,
    accounts: territory.accounts === 'all' ? 'all' : territory.accounts.map((one) => ({ ...one, mask: financialMask })),
  }));

export const shareOf: typeof wall.shareOf = (territory, reference) =>
  wall.shareOf(territory, reference) ?? {
    territory,
    accounts: [{ standing: { reference, categories: financialMask }, mask: financialMask }],
    mask: financialMask,
  };
