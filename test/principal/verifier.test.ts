import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { base64url, exportSPKI, importJWK, type CryptoKey } from 'jose';
import { InternalFault } from '../../src/fault/index.js';
import { categoriesOf } from '../../src/policy/index.js';
import { createVerifier } from '../../src/principal/index.js';
import {
  audience,
  claims,
  header,
  issuerName,
  key,
  newKey,
  nowS,
  options,
  refusal,
  sign,
  theOneRefusal,
  verifier,
  verify,
} from './issuance.js';

const part = (value: unknown) => base64url.encode(JSON.stringify(value));

describe('a token with a header that is not taken', () => {
  const cases: readonly (readonly [string, Record<string, unknown>])[] = [
    ['no key id', { kid: undefined }],
    ['an empty key id', { kid: '' }],
    ['an unknown key id', { kid: 'key-2' }],
    ['a list as key id', { kid: ['key-1'] }],
    ['the address of a key set', { jku: 'https://attacker.example/jwks' }],
    ['a key of its own', { jwk: key.jwk }],
    ['the address of a certificate', { x5u: 'https://attacker.example/cert' }],
    ['a certificate', { x5c: ['MII'] }],
    ['something critical', { crit: ['exotic'], exotic: 1 }],
    ['the type of a grant', { typ: 'ringfence-grant+jwt' }],
    ['the type of an identity token', { typ: 'id_token+jwt' }],
    ['a type that is no text', { typ: ['JWT'] }],
  ];

  test.each(cases)('is refused like any other: %s', async (_, changed) => {
    expect((await refusal(verify(verifier(), await sign({}, changed)))).seen).toBe(theOneRefusal);
  });
});

describe('a token with a signature that is not the issuer’s', () => {
  const seenOf = async (token: string) => (await refusal(verify(verifier(), token))).seen;

  test('is refused without any signature', async () => {
    expect(await seenOf(`${part({ ...header, alg: 'none' })}.${part(claims)}.`)).toBe(theOneRefusal);
    expect(await seenOf(`${part({ ...header, alg: 'none' })}.${part(claims)}.AAAA`)).toBe(theOneRefusal);
  });

  test('is refused when the public key was used as a shared secret', async () => {
    const secrets = [
      await exportSPKI((await importJWK(key.jwk, 'EdDSA')) as CryptoKey),
      JSON.stringify(key.jwk),
      base64url.decode(String(key.jwk.x)),
    ];
    for (const secret of secrets) {
      const signed = `${part({ ...header, alg: 'HS256' })}.${part(claims)}`;
      const mac = createHmac('sha256', secret).update(signed).digest('base64url');
      expect(await seenOf(`${signed}.${mac}`)).toBe(theOneRefusal);
    }
  });

  test('is refused when another key made it under the same key id', async () => {
    expect(await seenOf(await sign({}, {}, await newKey('key-1')))).toBe(theOneRefusal);
  });

  test('is refused when its claims were exchanged', async () => {
    const [first, , last] = (await sign()).split('.');
    expect(await seenOf(`${first}.${part({ ...claims, sub: 'customer-2' })}.${last}`)).toBe(theOneRefusal);
  });

  test('is refused under an algorithm that the issuer does not use', async () => {
    const rsa = await newKey('key-rsa', 'RS256');
    const by = verifier({
      issuers: [{ issuer: issuerName, jwks: { keys: [rsa.jwk, key.jwk] }, algorithms: ['EdDSA'] }],
    });
    const token = await sign({}, { alg: 'RS256', kid: 'key-rsa' }, rsa);
    expect((await refusal(verify(by, token))).seen).toBe(theOneRefusal);
  });

  test('is refused when one pinned issuer signs in the name of another', async () => {
    const other = await newKey('key-1');
    const issuers = [
      ...options.issuers,
      { issuer: 'https://b.example', jwks: { keys: [other.jwk] }, algorithms: ['EdDSA'] as const },
    ];
    const by = verifier({ issuers });
    expect((await refusal(verify(by, await sign({}, {}, other)))).seen).toBe(theOneRefusal);
    expect((await verify(by, await sign({ iss: 'https://b.example' }, {}, other))).customer).toBe('customer-1');
  });

  test('is refused when it is no token at all, or one of another kind', async () => {
    const token = await sign();
    const texts = ['x', 'a.b', 'a.b.c', `${token}.x`, token.slice(0, -1), `${part([])}.${part([])}.AAAA`];
    texts.push(`${part(header)}.${part('text')}.AAAA`, `${part(header)}.${base64url.encode('{')}.AAAA`);
    for (const text of texts) expect(await seenOf(text)).toBe(theOneRefusal);
  });

  test('keeps what the token holds out of the fault and its causes', async () => {
    const fault = (await verify(verifier(), await sign({ exp: nowS - 60 })).catch((error: unknown) => error)) as Error;
    const texts: string[] = [];
    for (let error: unknown = fault; error instanceof Error; error = error.cause) {
      texts.push(error.message, JSON.stringify(error));
    }
    expect(texts.join('\n')).not.toMatch(/customer-1|messenger|data:|eyJ/);
  });
});

describe('the Authorization header', () => {
  const by = verifier();
  const seenOf = async (authorization: string | string[] | undefined, rawHeaders: string[]) =>
    (await refusal(by.verify({ authorization, rawHeaders }))).seen;

  test('is refused when it is missing, doubled, hidden or of another scheme', async () => {
    const token = await sign();
    const good = `Bearer ${token}`;
    expect(await seenOf(undefined, [])).toBe(theOneRefusal);
    expect(await seenOf(good, [])).toBe(theOneRefusal);
    expect(await seenOf(good, ['authorization', good, 'Authorization', good])).toBe(theOneRefusal);
    expect(await seenOf([good, good], ['authorization', good, 'authorization', good])).toBe(theOneRefusal);
    expect(await seenOf(good, ['authorization', `Bearer ${await sign({ sub: 'customer-2' })}`])).toBe(theOneRefusal);
    expect(await seenOf(good, ['x-note', 'authorization', 'x-token', good])).toBe(theOneRefusal);
    const values = [
      token,
      `Basic ${token}`,
      `Bearer  ${token}`,
      `Bearer\t${token}`,
      `Bearer ${token}, Bearer ${token}`,
    ];
    values.push('', 'Bearer', 'Bearer ', `Bearer ${token} `, ` Bearer ${token}`, `Bearer "${token}"`, `DPoP ${token}`);
    for (const value of values) expect(await seenOf(value, ['authorization', value])).toBe(theOneRefusal);
  });

  test('is refused when it is longer than any honest one', async () => {
    const long = `Bearer ${await sign({ note: 'x'.repeat(8192) })}`;
    expect(await seenOf(long, ['authorization', long])).toBe(theOneRefusal);
  });

  test('names its scheme in any case', async () => {
    const value = `bearer ${await sign()}`;
    expect((await by.verify({ authorization: value, rawHeaders: ['AUTHORIZATION', value] })).clientId).toBe(
      'messenger',
    );
  });
});

describe('a good token', () => {
  test('becomes the principal that it states, with RELATIONSHIP implied by any financial scope', async () => {
    const principal = await verify(verifier(), await sign());
    const { scope, scopeWords, ...rest } = principal;
    expect(rest).toEqual({
      clientId: 'messenger',
      purpose: 'ACCOUNT_SERVICING',
      customer: 'customer-1',
      authTime: nowS - 60,
      expiresAt: nowS + 600,
      view: 'first-party',
    });
    expect(categoriesOf(scope)).toEqual(['RELATIONSHIP', 'BALANCE', 'RECEIPT']);
    expect([...scopeWords]).toEqual(['data:balance', 'data:receipt']);
    expect(Object.isFrozen(principal)).toBe(true);
  });

  test.each([
    ['', []],
    ['data:receipt', ['RECEIPT']],
    ['data:relationship', ['RELATIONSHIP']],
  ])('with scope `%s` names %j', async (scope, categories) => {
    expect(categoriesOf((await verify(verifier(), await sign({ scope }))).scope)).toEqual(categories);
  });

  test.each([
    ['CONSENT_MANAGEMENT', 'messenger', 'customer-1', 'consent:manage data:consent-record', 'first-party'],
    ['AD_TARGETING', 'ads-engine', undefined, 'ads:targeting', 'ads'],
    ['AD_MEASUREMENT', 'ads-engine', undefined, 'ads:measurement', 'ads'],
    ['THIRD_PARTY_SHARING', 'partner-app', undefined, 'partner:share', 'open'],
    ['THIRD_PARTY_SHARING', 'partner-app', 'customer-1', '', 'open'],
    ['ANALYTICS', 'insights', undefined, '', 'open'],
    ['COMPLIANCE_AUDIT', 'auditor', undefined, 'audit:read', 'audit'],
  ])('of %s from `%s` for %s is taken', async (...[purpose, client, sub, scope, view]) => {
    const principal = await verify(verifier(), await sign({ purpose, client_id: client, sub, scope }));
    expect(principal).toMatchObject({ purpose, clientId: client, view });
    expect(principal.customer).toBe(sub);
    expect([...principal.scopeWords].join(' ')).toBe(scope);
  });

  test('needs no time of authentication, issue or type', async () => {
    const principal = await verify(
      verifier(),
      await sign({ auth_time: undefined, iat: undefined }, { typ: undefined }),
    );
    expect(principal.authTime).toBeUndefined();
  });

  test('may be for a list that holds this audience alone', async () => {
    expect((await verify(verifier(), await sign({ aud: [audience] }))).customer).toBe('customer-1');
  });

  test('may have expired within the clock tolerance, and no longer', async () => {
    expect((await verify(verifier(), await sign({ exp: nowS - 4 }))).expiresAt).toBe(nowS - 4);
    expect((await refusal(verify(verifier({ clockToleranceS: 0 }), await sign({ exp: nowS }))))['seen']).toBe(
      theOneRefusal,
    );
  });

  test.each(['ES256', 'ES384', 'PS256', 'RS256'] as const)(
    'may be signed with %s where the issuer uses it',
    async (alg) => {
      const other = await newKey('key-9', alg);
      const by = verifier({ issuers: [{ issuer: issuerName, jwks: { keys: [other.jwk] }, algorithms: [alg] }] });
      expect((await verify(by, await sign({}, { alg, kid: 'key-9' }, other))).customer).toBe('customer-1');
    },
  );
});

describe('a token seen a moment ago', () => {
  test('is refused once it has expired, whatever is remembered of it', async () => {
    let at = nowS;
    const by = verifier({ now: () => new Date(at * 1000), clockToleranceS: 0 });
    const token = await sign({ exp: nowS + 10 });
    const principal = await verify(by, token);
    at = nowS + 9;
    expect(await verify(by, token)).toBe(principal);
    at = nowS + 10;
    expect((await refusal(verify(by, token))).seen).toBe(theOneRefusal);
  });

  test('is verified anew after half a minute, and when the clock went back', async () => {
    let at = nowS;
    const by = verifier({ now: () => new Date(at * 1000) });
    const token = await sign();
    const principal = await verify(by, token);
    at = nowS + 30;
    expect(await verify(by, token)).not.toBe(principal);
    at = nowS - 5;
    expect(await verify(by, token)).not.toBe(principal);
  });

  test('lends nothing to another token with the same claims', async () => {
    const by = verifier();
    await verify(by, await sign());
    expect((await refusal(verify(by, await sign({}, {}, await newKey('key-1'))))).seen).toBe(theOneRefusal);
  });
});

describe('a verifier', () => {
  const jwks = { keys: [key.jwk] };
  const cases: readonly (readonly [string, object])[] = [
    ['without an issuer', { issuers: [] }],
    ['with an issuer twice', { issuers: [...options.issuers, ...options.issuers] }],
    ['with an issuer without a name', { issuers: [{ issuer: '', jwks, algorithms: ['EdDSA'] }] }],
    ['with an issuer without keys', { issuers: [{ issuer: 'a', algorithms: ['EdDSA'] }] }],
    [
      'with two sources of keys',
      { issuers: [{ issuer: 'a', jwks, jwksUrl: 'https://a.example', algorithms: ['EdDSA'] }] },
    ],
    ['with an issuer without algorithms', { issuers: [{ issuer: 'a', jwks, algorithms: [] }] }],
    ['with shared secrets', { issuers: [{ issuer: 'a', jwks, algorithms: ['EdDSA', 'HS256'] }] }],
    ['with `none`', { issuers: [{ issuer: 'a', jwks, algorithms: ['none'] }] }],
    [
      'with keys from an unprotected address',
      { issuers: [{ issuer: 'a', jwksUrl: 'http://a.example', algorithms: ['EdDSA'] }] },
    ],
    ['with keys from a file', { issuers: [{ issuer: 'a', jwksUrl: 'file:///etc/keys', algorithms: ['EdDSA'] }] }],
    ['without an audience', { audience: '' }],
    ['with a generous clock', { clockToleranceS: 60 }],
    ['with a clock tolerance that is no number', { clockToleranceS: Number.NaN }],
  ];

  test.each(cases)('is not made %s', (_, changed) => {
    expect(() => createVerifier({ ...options, ...changed })).toThrow(InternalFault);
  });

  test('admits no data scope to ads, whatever the policy it is given says', async () => {
    const by = verifier({ admits: () => 0x7fffffff });
    const ads = { client_id: 'ads-engine', purpose: 'AD_TARGETING', sub: undefined };
    const token = await sign({ ...ads, scope: 'data:balance' });
    expect((await refusal(verify(by, token))).reason).toBe('scope');
  });

  test('does not take a token signed with a key that is too short', async () => {
    const { privateKey, publicKey } = await crypto.subtle.generateKey(
      { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) },
      true,
      ['sign', 'verify'],
    );
    const jwk = { ...(await crypto.subtle.exportKey('jwk', publicKey)), kid: 'short', alg: 'RS256', use: 'sig' };
    delete (jwk as Record<string, unknown>)['key_ops'];
    const by = verifier({ issuers: [{ issuer: issuerName, jwks: { keys: [jwk as never] }, algorithms: ['RS256'] }] });
    const signed = `${part({ ...header, alg: 'RS256', kid: 'short' })}.${part(claims)}`;
    const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', privateKey, new TextEncoder().encode(signed));
    const attempt = verify(by, `${signed}.${base64url.encode(new Uint8Array(signature))}`);
    expect((await refusal(attempt)).seen).toBe(theOneRefusal);
    await expect(attempt).rejects.toMatchObject({ cause: { reason: 'signature', detail: 'not verified' } });
  });
});
