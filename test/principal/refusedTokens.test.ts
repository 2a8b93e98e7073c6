/** What the operator's log is told of a refusal, which no client sees, and the bounds at which refusals begin. */
import { describe, expect, test } from '@jest/globals';
import { base64url } from 'jose';
import { createVerifier, type Principal, type VerifierOptions } from '../../src/principal/index.js';
import { createSeenTokens } from '../../src/principal/seenTokens.js';
import { claims, header, issuerName, nowS, options, refusal, sign, verifier, verify } from './issuance.js';

const part = (value: unknown) => base64url.encode(JSON.stringify(value));
const unsigned = (changed: object, body: unknown = claims) => `${part({ ...header, ...changed })}.${part(body)}.AAAA`;

async function causeOf(token: string, changed: Partial<VerifierOptions> = {}): Promise<unknown> {
  return await verify(verifier(changed), token).catch((fault: unknown) => (fault as Error).cause);
}

describe('the log', () => {
  test.each([['jku'], ['jwk'], ['x5u'], ['x5c'], ['crit'], ['b64'], ['cty'], ['zip'], ['enc']])(
    'is told that the header `%s` is not taken, before any signature is looked at',
    async (name) => {
      expect(await causeOf(unsigned({ [name]: ['x'] }))).toMatchObject({
        reason: 'malformed',
        message: 'token refused: a header that is not taken',
      });
    },
  );

  test.each<[string, string, string]>([
    ['no key id', unsigned({ kid: '' }), 'malformed'],
    ['no key id', unsigned({ kid: undefined }), 'malformed'],
    ['not a token', 'a.b.c', 'malformed'],
    ['issuer', unsigned({}, { ...claims, iss: 'https://other.example' }), 'issuer'],
  ])('is told: %s', async (detail, token, reason) => {
    expect(await causeOf(token)).toMatchObject({ reason, message: `token refused: ${detail}` });
  });

  test('is told of several audiences, of a key that is not there, and of a time that lies ahead', async () => {
    const audiences = await causeOf(await sign({ aud: ['ringfence', 'other'] }));
    expect(audiences).toMatchObject({ reason: 'signature', message: 'token refused: several audiences' });
    const stranger = await causeOf(await sign({}, { kid: 'key-2' }));
    expect(stranger).toMatchObject({ reason: 'signature', message: 'token refused: ERR_JWKS_NO_MATCHING_KEY' });
    const ahead = await causeOf(await sign({ iat: nowS + 6 }));
    expect(ahead).toMatchObject({ reason: 'claims', message: 'token refused: a time lies ahead' });
  });

  test('is told what failed when it was not the token', async () => {
    const broken = new Error('no clock');
    const now = () => {
      throw broken;
    };
    const cause = await causeOf(await sign(), { now });
    expect(cause).toMatchObject({ reason: 'malformed', message: 'token refused: unexpected failure', cause: broken });
  });

  test('is told whose keys could not be loaded', async () => {
    const told: string[] = [];
    const issuers = [{ issuer: issuerName, jwksUrl: 'http://127.0.0.1:1/jwks', algorithms: ['EdDSA'] as const }];
    const cause = await causeOf(await sign(), { issuers, onKeyFailure: (issuer) => told.push(issuer) });
    expect(cause).toMatchObject({ reason: 'keys', message: 'token refused: the keys of the issuer are not available' });
    expect(told).toEqual([issuerName]);
  });
});

describe('a token', () => {
  test.each([['at+jwt'], ['AT+JWT'], ['application/at+jwt'], ['jwt']])('may have the type `%s`', async (typ) => {
    expect((await verify(verifier(), await sign({}, { typ }))).customer).toBe('customer-1');
  });

  test('may lie ahead by the clock tolerance and no further', async () => {
    const ahead = await verify(verifier(), await sign({ iat: nowS + 5, auth_time: nowS + 5 }));
    expect(ahead.authTime).toBe(nowS + 5);
    expect((await refusal(verify(verifier(), await sign({ auth_time: nowS + 6 })))).reason).toBe('claims');
  });

  test('without a customer or a time of authentication gives a principal without either', async () => {
    const ads = { client_id: 'ads-engine', purpose: 'AD_TARGETING', sub: undefined, auth_time: undefined, scope: '' };
    const principal = await verify(verifier(), await sign(ads));
    expect(Object.keys(principal).filter((name) => name === 'customer' || name === 'authTime')).toEqual([]);
  });

  test.each([
    ['the clock tolerance must lie between 0 and 5 seconds', { clockToleranceS: -1 }],
    ['no audience of tokens is configured', { audience: '' }],
  ])('is judged by no verifier of which must be said: %s', (message, changed) => {
    expect(() => createVerifier({ ...options, ...changed })).toThrow(message);
  });
});

describe('a token that was seen', () => {
  const at = new Date(nowS * 1000);
  const seenWith = async (
    generation: number | undefined,
  ): Promise<[Principal, (later: number, of?: number) => unknown]> => {
    const principal = await verify(verifier(), await sign());
    let current = generation;
    const seen = createSeenTokens();
    const ring = { key: () => Promise.reject(new Error('not asked')), generation: () => current };
    seen.remember('token', { principal, ring, generation, at });
    const recall = (laterMs: number, of = generation) => {
      current = of;
      return seen.recall('token', new Date(at.getTime() + laterMs));
    };
    return [principal, recall];
  };

  test('is known at once and for half a minute, and not at a time before', async () => {
    const [principal, recall] = await seenWith(1);
    expect([recall(0), recall(29_999)]).toEqual([principal, principal]);
    expect([recall(-1), recall(30_000)]).toEqual([undefined, undefined]);
  });

  test('is forgotten once the keys of its issuer have changed', async () => {
    const [, recall] = await seenWith(1);
    expect(recall(1, 2)).toBeUndefined();
  });

  test('is not remembered while its issuer has no keys that can be trusted', async () => {
    const [, recall] = await seenWith(undefined);
    expect(recall(1)).toBeUndefined();
  });
});
