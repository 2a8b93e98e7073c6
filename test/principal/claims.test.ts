import { describe, expect, test } from '@jest/globals';
import { audience, issuerName, nowS, refusal, sign, theOneRefusal, verifier, verify } from './issuance.js';

/** Claims that make an otherwise good token unacceptable. */
const badClaims: readonly (readonly [string, Record<string, unknown>, string])[] = [
  ['no issuer', { iss: undefined }, 'issuer'],
  ['another issuer', { iss: 'https://other.example' }, 'issuer'],
  ['an issuer with a slash more', { iss: `${issuerName}/` }, 'issuer'],
  ['a list of issuers', { iss: [issuerName] }, 'issuer'],
  ['no audience', { aud: undefined }, 'signature'],
  ['another audience', { aud: 'other' }, 'signature'],
  ['an audience in other case', { aud: 'Ringfence' }, 'signature'],
  ['several audiences', { aud: [audience, 'other'] }, 'signature'],
  ['no expiry', { exp: undefined }, 'signature'],
  ['expiry in the past', { exp: nowS - 6 }, 'signature'],
  ['expiry as text', { exp: String(nowS + 600) }, 'signature'],
  ['not valid yet', { nbf: nowS + 60 }, 'signature'],
  ['issued in the future', { iat: nowS + 60 }, 'claims'],
  ['issued at a text', { iat: 'now' }, 'signature'],
  ['authenticated in the future', { auth_time: nowS + 60 }, 'claims'],
  ['authenticated at a text', { auth_time: String(nowS) }, 'claims'],
  ['authenticated at null', { auth_time: null }, 'claims'],
  ['no client', { client_id: undefined }, 'claims'],
  ['an unknown client', { client_id: 'stranger' }, 'client'],
  ['a client named like an inherited property', { client_id: 'constructor' }, 'client'],
  ['a list of clients', { client_id: ['messenger'] }, 'claims'],
  ['no purpose', { purpose: undefined }, 'claims'],
  ['an unknown purpose', { purpose: 'MARKETING' }, 'claims'],
  ['a purpose in lower case', { purpose: 'account_servicing' }, 'claims'],
  ['a list of purposes', { purpose: ['ACCOUNT_SERVICING'] }, 'claims'],
  ['two purposes in one text', { purpose: 'ACCOUNT_SERVICING CONSENT_MANAGEMENT' }, 'claims'],
  ['more purposes beside the one', { purposes: ['AD_TARGETING'] }, 'claims'],
  ['a purpose of another client', { purpose: 'AD_TARGETING', sub: undefined, scope: 'ads:targeting' }, 'client'],
  ['no customer', { sub: undefined }, 'customer'],
  ['an empty customer', { sub: '' }, 'claims'],
  ['null as customer', { sub: null }, 'claims'],
  ['a customer with a line break', { sub: 'customer-1\nadmin' }, 'claims'],
  ['a number as customer', { sub: 1 }, 'claims'],
  ['a customer of ads', { client_id: 'ads-engine', purpose: 'AD_TARGETING', scope: 'ads:targeting' }, 'customer'],
  ['a customer of analytics', { client_id: 'insights', purpose: 'ANALYTICS', scope: '' }, 'customer'],
  ['a customer of the auditor', { client_id: 'auditor', purpose: 'COMPLIANCE_AUDIT', scope: 'audit:read' }, 'customer'],
  ['a bound token without its proof', { cnf: { jkt: 'x' } }, 'claims'],
  ['no scope', { scope: undefined }, 'claims'],
  ['a scope under `scp`', { scope: '', scp: ['data:balance'] }, 'claims'],
  ['a scope under `scopes`', { scopes: 'data:balance' }, 'claims'],
  ['a list of scopes', { scope: ['data:balance'] }, 'claims'],
  ['null as scope', { scope: null }, 'claims'],
];

const ads = { client_id: 'ads-engine', purpose: 'AD_TARGETING', sub: undefined };
const badScopes: readonly (readonly [string, Record<string, unknown>])[] = [
  ['a leading space', { scope: ' data:balance' }],
  ['a trailing space', { scope: 'data:balance ' }],
  ['two spaces', { scope: 'data:balance  data:receipt' }],
  ['only a space', { scope: ' ' }],
  ['a tab', { scope: 'data:balance\tdata:receipt' }],
  ['a line break', { scope: 'data:balance\ndata:receipt' }],
  ['a no-break space', { scope: 'data:balance\u00a0data:receipt' }],
  ['a zero-width space', { scope: 'data:balance\u200b' }],
  ['a comma', { scope: 'data:balance,data:receipt' }],
  ['a repeated word', { scope: 'data:balance data:balance' }],
  ['upper case', { scope: 'DATA:BALANCE' }],
  ['snake case', { scope: 'data:transaction_core' }],
  ['a prefix', { scope: 'data:' }],
  ['a shortened word', { scope: 'data:bal' }],
  ['a lengthened word', { scope: 'data:balances' }],
  ['a wildcard', { scope: 'data:*' }],
  ['an unknown word beside a known one', { scope: 'data:balance openid' }],
  ['an inherited property', { scope: 'constructor' }],
  ['a category that the row denies', { scope: 'data:fraud-signal' }],
  ['a category that is open', { scope: 'data:ad-profile' }],
  ['a word of ads beside financial ones', { scope: 'data:balance ads:targeting' }],
  ['a word of another purpose', { scope: 'consent:manage' }],
  ['a financial word of ads', { ...ads, scope: 'data:balance' }],
  ['a financial word beside the word of ads', { ...ads, scope: 'ads:targeting data:balance' }],
  ['targeting with the word of measurement', { ...ads, scope: 'ads:measurement' }],
  ['any word of analytics', { client_id: 'insights', purpose: 'ANALYTICS', sub: undefined, scope: 'audit:read' }],
  ['a data word of a third party', { client_id: 'partner-app', purpose: 'THIRD_PARTY_SHARING', scope: 'data:receipt' }],
];

describe('a token with claims that are not taken', () => {
  test.each(badClaims)('is refused like any other: %s', async (_, changed, reason) => {
    expect(await refusal(verify(verifier(), await sign(changed)))).toEqual({ seen: theOneRefusal, reason });
  });

  test.each(badScopes)('is refused whole for its scope: %s', async (_, changed) => {
    expect(await refusal(verify(verifier(), await sign(changed)))).toEqual({ seen: theOneRefusal, reason: 'scope' });
  });
});
