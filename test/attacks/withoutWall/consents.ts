/**
 * Consents are not asked for their purpose, client or state: what a customer once allowed somebody, everybody may.
 * Stands for `src/consent/consentPort.ts`.
 */
import * as wall from '../../../src/consent/consentPort.js';

const everything = 2 ** 31 - 1;

export const createConsentPort: typeof wall.createConsentPort = (repository, agreements, clock) => {
  const revived = {
    ...repository,
    ofCustomer: async (customer: string) => {
      const found = await repository.ofCustomer(customer);
      const consents = found.consents.map((one) => ({ ...one, state: 'ACTIVE', categories: everything }) as const);
      return { ...found, consents };
    },
  };
  const port = wall.createConsentPort(revived, agreements, clock);
  return {
    ...port,
    standing: ({ customer }, now) =>
      port.standing({ customer, client: 'messenger', purpose: 'ACCOUNT_SERVICING' }, now),
  };
};
