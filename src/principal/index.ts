export type { Principal } from './principal.js';
export type { TokenHeaders } from './bearer.js';
export type { ClientRegistry } from './claims.js';
export { devAudience, devIssuerName, tokenAlgorithms, type Issuer, type TokenAlgorithm } from './issuer.js';
export { TokenRefusal, type RefusalReason } from './refusal.js';
export { admittedBy, admittedScope, readScope, type Admits, type Scope } from './scope.js';
export { createVerifier, type Verifier, type VerifierOptions } from './verifier.js';
