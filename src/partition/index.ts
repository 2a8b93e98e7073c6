export { contractSchema } from './contract.js';
export { grantHeaders, macInput, type GrantClaims, type GrantedAccount } from './grant.js';
export {
  createGrantIssuer,
  type AudienceKeys,
  type GrantBody,
  type GrantIssuer,
  type IssuerOptions,
} from './issuer.js';
export type { Partition } from './partition.js';
export { createPartitionPort } from './partitionPort.js';
export { previewAsked, type AskedPartner, type LeftOut, type PartnerPreview, type PreviewRules } from './preview.js';
export type { Leave, LeaveRefusal } from './leave.js';
export type { Admission, LineAnswer, PartnerLine, PartnerMessage } from './partnerCall.js';
export { createSealer, type IdSubject, type PartnerReference, type Sealer } from './sealedId.js';
export { stampOf, type Stamp } from './stamp.js';
