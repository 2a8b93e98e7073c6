export { admitOperation, authorizeOperation, type AuthorizedOperation } from './authorizedOperation.js';
export { classKey, Verdicts, type Judgement, type PrincipalClass } from './verdicts.js';
export { rulingsOf, type Ruling } from './ruling.js';
