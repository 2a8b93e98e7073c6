export {
  createAgreementPort,
  isDisclosed,
  type RegisteredAgreement,
  type RegisteredAgreementPort,
} from './agreement.js';
export {
  consentStates,
  dayMs,
  disclosureHashOf,
  expiryOf,
  longestConsentDays,
  reconfirmationDays,
  reconfirmationOf,
  walletAccount,
  type Consent,
  type ConsentDuration,
  type ConsentInitiator,
  type ConsentState,
  type DisclosedTerms,
} from './consent.js';
export { createConsentPort } from './consentPort.js';
export { grant, keyLifeMs, type GrantMoment, type GrantOrder, type GrantOutcome } from './granting.js';
export {
  awaitsReconfirmation,
  bankStepMs,
  deadlinesOf,
  isFinal,
  legalSteps,
  settle,
  take,
  withoutAccount,
  type ConsentStep,
} from './lifecycle.js';
export {
  createMemoryRepository,
  type AnsweredGrant,
  type ConsentChange,
  type ConsentRepository,
  type CustomerConsents,
} from './repository.js';
export { revoke } from './revoking.js';
