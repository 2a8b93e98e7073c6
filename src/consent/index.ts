export { type ClientKey } from './answering.js';
export {
  createAgreementPort,
  disclosedBanks,
  isDisclosed,
  type MaintenanceWindow,
  type RegisteredAgreement,
  type RegisteredAgreementPort,
} from './agreement.js';
export {
  createAgreementRegistry,
  currentAgreements,
  type AgreementRegistry,
  registryFreshMs,
  type RegistryClocks,
} from './agreementRegistry.js';
export {
  keyKinds,
  keyStandings,
  keyStateAt,
  validKeys,
  type BankKey,
  type KeyAct,
  type KeyDecision,
  type KeyKind,
  type KeyStanding,
  type KeyState,
  type RevokedKey,
} from './bankKey.js';
export { isKeyNotice, type KeyNotice, keyNoticeSubject } from './keyNotice.js';
export { createKeyRegistry, type KeyRegistry, type KeyRegistryClocks } from './keyRegistry.js';
export { underRegistry } from './registryConsents.js';
export {
  isInForce,
  narrowed,
  versionInForce,
  versionsToCome,
  type AgreementTerms,
  type AgreementVersion,
} from './agreementVersion.js';
export {
  consentStates,
  dayMs,
  expiryOf,
  longestConsentDays,
  reconfirmationDays,
  reconfirmationOf,
  walletAccount,
  type Consent,
  type ConsentDuration,
  type ConsentHolder,
  type ConsentInitiator,
  type ConsentState,
} from './consent.js';
export { createConsentPort } from './consentPort.js';
export { disclosureOf, disclosureTextOf, disclosureVersion, type DisclosedTerms } from './disclosure.js';
export { grant, type GrantMoment, type GrantOrder, type GrantOutcome } from './granting.js';
export {
  closeAccount,
  rejectBy,
  resume,
  revokeBy,
  suspend,
  type ClosedAccount,
  type Intervener,
  type Intervention,
  type InterventionOutcome,
} from './intervening.js';
export {
  awaitsReconfirmation,
  bankStepMs,
  deadlinesOf,
  isFinal,
  isInEffect,
  legalSteps,
  settle,
  take,
  withoutAccount,
  type ConsentStep,
} from './lifecycle.js';
export {
  createMemoryRepository,
  type AnsweredOrder,
  type ConsentChange,
  type ConsentRepository,
  type ConsentSearch,
  type CustomerConsents,
} from './repository.js';
export {
  isRevocationNotice,
  revocationSubject,
  type DueNotice,
  type RevocationNotice,
  type RevocationNotices,
} from './revocationNotice.js';
export { revoke, type RevokeOutcome } from './revoking.js';
export { rollOf, type Roll, type RollSpan } from './roll.js';
