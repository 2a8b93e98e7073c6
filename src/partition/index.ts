export { grantHeaders, macInput, type GrantClaims, type GrantedAccount } from './grant.js';
