import { describe, expect, test } from '@jest/globals';
import { InternalFault } from '../../src/fault/index.js';
import { checkIssuers, devAudience, devIssuerName, type Issuer } from '../../src/principal/issuer.js';

const jwks = { keys: [] };
const at = (jwksUrl: string): Issuer => ({ issuer: 'a', jwksUrl, algorithms: ['EdDSA'] });

describe('the issuers of tokens', () => {
  test.each([
    ['https://keys.example/jwks'],
    ['http://127.0.0.1:4000/jwks'],
    ['http://[::1]:4000/jwks'],
    ['http://localhost/jwks'],
  ])('may publish their keys at %s', (url) => {
    expect(() => checkIssuers([at(url)])).not.toThrow();
  });

  test.each([
    ['http://keys.example/jwks'],
    ['ftp://localhost/jwks'],
    ['https://user@keys.example/jwks'],
    ['https://:secret@keys.example/jwks'],
    ['keys.example'],
    [''],
  ])('may not publish their keys at `%s`', (url) => {
    expect(() => checkIssuers([at(url)])).toThrow(InternalFault);
    expect(() => checkIssuers([at(url)])).toThrow('issuer `a` needs a `jwksUrl` with https and without credentials');
  });

  test.each<[string, readonly object[]]>([
    ['no issuer of tokens is configured', []],
    ['each issuer of tokens needs a name of its own', [{ issuer: '', jwks, algorithms: ['EdDSA'] }]],
    ['issuer `a` needs either `jwks` or `jwksUrl`', [{ issuer: 'a', algorithms: ['EdDSA'] }]],
    [
      'issuer `a` needs `algorithms` out of EdDSA, ES256, ES384, PS256, RS256',
      [{ issuer: 'a', jwks, algorithms: ['HS256'] }],
    ],
  ])('are refused with the reason: %s', (message, issuers) => {
    expect(() => checkIssuers(issuers as readonly Issuer[])).toThrow(message);
  });

  test('of the demo cannot be anyone else', () => {
    expect(new URL(devIssuerName).hostname).toMatch(/\.invalid$/);
    expect(devAudience).toBe('ringfence');
  });
});
