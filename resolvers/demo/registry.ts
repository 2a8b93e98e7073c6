import {
  createAgreementPort,
  type RegisteredAgreement,
  type RegisteredAgreementPort,
} from '../../src/consent/index.js';
import {
  consentablePurposes,
  financialMask,
  maskOf,
  type BankStatus,
  type CategoryMask,
  type Purpose,
} from '../../src/policy/index.js';
import type { DemoBank } from './world.js';

/** The demo's agreements in registry order: the four banks, then the wallet. */
export const demoAgreements: readonly RegisteredAgreement[] = [
  bankAgreement('harbor', 'LIVE', { covers: coversEverywhere(financialMask) }),
  bankAgreement('summit', 'LIVE', { covers: coversEverywhere(financialMask & ~maskOf(['TRANSACTION_DETAIL'])) }),
  bankAgreement('prairie', 'LIVE', { covers: coversEverywhere(financialMask), region: 'UK' }),
  bankAgreement('union', 'NOT_PARTICIPATING', { covers: new Map() }),
  { bank: 'wallet', status: 'LIVE', region: 'US', covers: walletCovers() },
];

/** The demo's registry, ready to be asked. */
export function demoRegistry(): RegisteredAgreementPort {
  return createAgreementPort(demoAgreements);
}

function bankAgreement(
  bank: DemoBank,
  status: BankStatus,
  { covers, region = 'US' }: { readonly covers: ReadonlyMap<Purpose, CategoryMask>; readonly region?: string },
): RegisteredAgreement {
  return { bank, status, region, covers };
}

/** The same categories for every purpose that a customer can consent to, and what picking accounts needs. */
function coversEverywhere(categories: CategoryMask): ReadonlyMap<Purpose, CategoryMask> {
  const consentable = consentablePurposes.map((purpose) => [purpose, categories] as const);
  return new Map<Purpose, CategoryMask>([
    ...consentable,
    ['CONSENT_MANAGEMENT', categories & maskOf(['RELATIONSHIP', 'ACCOUNT_IDENTITY'])],
  ]);
}

function walletCovers(): ReadonlyMap<Purpose, CategoryMask> {
  const categories = maskOf(['RELATIONSHIP', 'PAYMENT_ACTIVITY', 'PAYMENT_CREDENTIAL']);
  const served = ['ACCOUNT_SERVICING', 'P2P_PAYMENT', 'MERCHANT_CHECKOUT'] as const;
  return new Map(served.map((purpose) => [purpose, categories]));
}
