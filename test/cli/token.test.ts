import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CommanderError } from 'commander';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { defaultScope, openDevIssuer, type DevTokenRequest } from '../../src/cli/devIssuer.js';
import { projectRoot } from '../../src/cli/projectRoot.js';
import { tokenCommand } from '../../src/cli/token.js';
import { ClientFault } from '../../src/fault/index.js';
import { loadPolicy, purposes, type Policy } from '../../src/policy/index.js';
import {
  admittedBy,
  createVerifier,
  devAudience,
  devIssuerName,
  type Issuer,
  type Principal,
} from '../../src/principal/index.js';

const now = () => new Date(1_800_000_000_000);
const nowS = 1_800_000_000;
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ringfence-token-'));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

const asked: DevTokenRequest = {
  client: 'messenger',
  purpose: 'ACCOUNT_SERVICING',
  customer: 'customer-1',
  scope: 'data:balance',
  expiresInS: 60,
  authenticatedAgoS: 5,
};

const policy = loadPolicy(projectRoot()) as Policy;
const admits = admittedBy(policy.table);

function accept(issuer: Issuer, token: string): Promise<Principal> {
  const authorization = `Bearer ${token}`;
  const options = { issuers: [issuer], audience: devAudience, clients: policy.clients, admits, clockToleranceS: 0 };
  const verifier = createVerifier({ ...options, now, onKeyFailure: () => undefined });
  return verifier.verify({ authorization, rawHeaders: ['authorization', authorization] });
}

describe('the key of the dev issuer', () => {
  test('is one for all who open it at the same time, readable by its owner alone', async () => {
    const issuers = await Promise.all([1, 2, 3, 4].map(() => openDevIssuer(root, now)));
    const kids = issuers.map(({ issuer }) => issuer.jwks.keys[0]?.kid);
    expect(new Set(kids).size).toBe(1);
    expect(await readdir(join(root, '.ringfence'))).toEqual(['dev-issuer.json']);
    expect((await stat(join(root, '.ringfence', 'dev-issuer.json'))).mode & 0o777).toBe(0o600);
  });

  test('is never part of what is published', async () => {
    const { issuer } = await openDevIssuer(root, now);
    const { d } = JSON.parse(await readFile(join(root, '.ringfence', 'dev-issuer.json'), 'utf8')) as { d: string };
    expect(d).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(issuer)).not.toContain(d);
  });

  test.each(['', '{', '{}', '[]'])('is not made up when the file holds `%s`', async (text) => {
    await openDevIssuer(root, now);
    await writeFile(join(root, '.ringfence', 'dev-issuer.json'), text);
    await expect(openDevIssuer(root, now)).rejects.toThrow('delete it');
  });
});

describe('a token of the dev issuer', () => {
  test('says what it was asked to say, however wrong', async () => {
    const { token } = await openDevIssuer(root, now);
    const wrong = { ...asked, client: 'nobody', purpose: 'SPYING', scope: ' a\ta ', expiresInS: -60 };
    expect(decodeJwt(await token({ ...wrong, claims: { aud: ['x'], scp: [1] } }))).toEqual({
      iss: devIssuerName,
      aud: ['x'],
      iat: nowS,
      exp: nowS - 60,
      auth_time: nowS - 5,
      client_id: 'nobody',
      purpose: 'SPYING',
      sub: 'customer-1',
      scope: ' a\ta ',
      scp: [1],
    });
  });

  test('is taken by a verifier that trusts the issuer, and by no other', async () => {
    const { issuer, token } = await openDevIssuer(root, now);
    const signed = await token(asked);
    expect(await accept(issuer, signed)).toMatchObject({ customer: 'customer-1', authTime: nowS - 5 });
    await expect(accept({ ...issuer, issuer: 'https://real.example' }, signed)).rejects.toThrow(ClientFault);
    const expired = await token({ ...asked, expiresInS: 0 });
    await expect(accept(issuer, expired)).rejects.toThrow(ClientFault);
  });

  test('is good for every registered client and purpose under the default scope', async () => {
    const { issuer, token } = await openDevIssuer(root, now);
    const pairs = [...policy.clients].flatMap(([client, granted]) =>
      [...granted].map((purpose) => ({ client, purpose })),
    );
    expect(pairs.length).toBeGreaterThan(8);
    for (const { client, purpose } of pairs) {
      const scope = defaultScope(purpose, admits);
      const customer = client === 'messenger' ? { customer: 'customer-1' } : {};
      const request = { client, purpose, scope, ...customer, expiresInS: 60, authenticatedAgoS: 0 };
      const principal = await accept(issuer, await token(request));
      expect(principal).toMatchObject({ clientId: client, purpose });
      expect([...principal.scopeWords].join(' ')).toBe(scope);
    }
  });
});

describe('the default scope', () => {
  /** The table of domain.md, 3, in scope words; written by hand. */
  const own = 'data:consent-record data:receipt';
  const seen = 'data:relationship data:account-identity';
  const item = 'data:transaction-core data:transaction-detail';
  const expected: Readonly<Record<string, string>> = {
    ACCOUNT_SERVICING: `${seen} data:holder-pii data:available-balance data:balance data:terms data:bills ${item} data:payment-activity ${own}`,
    FRAUD_ALERTS: `${seen} ${item} data:fraud-signal ${own}`,
    SUPPORT_CHAT: `${seen} ${item} data:payment-activity data:fraud-signal data:conversation ${own}`,
    P2P_PAYMENT: `${seen} data:available-balance data:payment-credential data:payment-activity ${own}`,
    MERCHANT_CHECKOUT: `${seen} data:payment-credential data:payment-activity ${own}`,
    CONSENT_MANAGEMENT: `${seen} ${own} consent:manage`,
    COMPLIANCE_AUDIT: 'audit:read',
    AD_TARGETING: 'ads:targeting',
    AD_MEASUREMENT: 'ads:measurement',
    THIRD_PARTY_SHARING: 'partner:share',
  };

  test.each([...purposes])('of %s is all that its row does not deny', (purpose) => {
    expect(defaultScope(purpose, admits)).toBe(expected[purpose] ?? '');
  });

  test('of a purpose that does not exist is empty', () => {
    expect(defaultScope('SPYING', admits)).toBe('');
  });
});

describe('`ringfence token`', () => {
  const printed: string[] = [];

  beforeEach(() => {
    printed.length = 0;
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed.push(String(text));
      return true;
    });
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  const run = (...flags: string[]) =>
    tokenCommand()
      .exitOverride()
      .configureOutput({ writeErr: () => undefined })
      .parseAsync(flags, { from: 'user' });
  const who = ['--client', 'messenger', '--purpose', 'ACCOUNT_SERVICING'];

  test('prints one token and nothing else', async () => {
    await run(...who, '--customer', 'customer-1');
    expect(printed.join('')).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const token = printed.join('').trim();
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'EdDSA', typ: 'JWT' });
    const { scope, sub, exp = 0, iat = 0, auth_time: authTime } = decodeJwt(token);
    expect([sub, exp - iat, iat - Number(authTime)]).toEqual(['customer-1', 3600, 0]);
    expect(scope).toBe(defaultScope('ACCOUNT_SERVICING', admits));
  });

  test('takes a scope as it is, an expiry in the past and an old authentication', async () => {
    await run(...who, '--scope', '', '--expires-in', '-5', '--auth-time', '301');
    const { scope, sub, exp = 0, iat = 0, auth_time: authTime } = decodeJwt(printed.join('').trim());
    expect([scope, sub, exp - iat, iat - Number(authTime)]).toEqual(['', undefined, -5, 301]);
  });

  test('prints one line of JSON when asked', async () => {
    await run(...who, '--scope', 'x  y', '--json');
    expect(printed.join('').trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(printed.join(''))).toMatchObject({ client: 'messenger', scope: 'x  y', expiresInS: 3600 });
  });

  test.each([
    [['--purpose', 'ANALYTICS']],
    [['--client', 'insights']],
    [[...who, '--expires-in', 'soon']],
    [[...who, '--expires-in', '1e3']],
  ])('refuses %j', async (flags) => {
    await expect(run(...flags)).rejects.toThrow(CommanderError);
    expect(printed).toEqual([]);
  });
});
