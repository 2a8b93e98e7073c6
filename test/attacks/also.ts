/** threats.md, Also: ids, replays, surfaces, hashes and what else is left. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { InternalFault } from '../../src/fault/index.js';
import { createTransport } from '../../src/fetch/index.js';
import { openPolicy } from '../../src/gateway/index.js';
import { dataCategories, loadPolicy, maskOf, purposes, verifyLock } from '../../src/policy/index.js';
import { call, json, openBank } from '../fetch/bank.js';
import { askedSince, marksOf, textOf } from '../journeys/asking.js';
import { bankNames } from '../journeys/demoWorld.js';
import { bytesOf } from '../journeys/httpClient.js';
import { account, holding } from '../partition/rows.js';
import { createWorld, standingAt } from '../partition/world.js';
import { onProjectCopy } from '../policy/projectCopy.js';
import { ads, callsOf, codesOf, first, type Section } from './running.js';

const reading = 'query ($id: ID!) { account(id: $id) { id balances { asOf } } }';

/** Attacks on classes 38 to 45. */
export const laterAttacks: Section = (running) => {
  test('38 an unknown, a foreign and an unconsented id give the same bytes, and no bank is called', async () => {
    const { world } = running();
    const { data } = await world.as(first('ACCOUNT_SERVICING'))('{ me { accounts { id } } }');
    const foreign = String(data.me?.accounts?.[0]?.id);
    const before = await callsOf(world);
    const ask = world.as(first('ACCOUNT_SERVICING', 'customer-2'));
    const changed = `${foreign.slice(0, -1)}${foreign.endsWith('A') ? 'B' : 'A'}`;
    const answers = [];
    for (const id of [foreign, changed, '', 'harbor', 'a'.repeat(foreign.length)])
      answers.push(await ask(reading, { id }));
    expect(new Set(answers.map(bytesOf)).size).toBe(1);
    expect(answers[0]?.text).toBe('{"data":{"account":null}}');
    expect(await callsOf(world)).toBe(before);
  });

  test('39 a client with several purposes has the one that its token names, and no other', async () => {
    const { world } = running();
    const several = [
      { ...first('FRAUD_ALERTS'), claims: { purpose: ['FRAUD_ALERTS', 'ACCOUNT_SERVICING'] } },
      { ...first('FRAUD_ALERTS'), claims: { purpose: 'FRAUD_ALERTS ACCOUNT_SERVICING' } },
      { ...first('FRAUD_ALERTS'), scope: 'data:fraud-signal data:balance' },
    ];
    for (const request of several) {
      expect((await world.graphql(await world.token(request), { query: '{ me { id } }' })).status).toBe(401);
    }
    const widened = await world.as(first('FRAUD_ALERTS'))(
      'query ACCOUNT_SERVICING { me { accounts { balances { asOf } } } }',
    );
    expect(codesOf(widened)).toEqual(['PURPOSE_DENIED']);
  });

  test('40 subgraphs without clearance are asked the same for a customer of seven accounts and of none', async () => {
    const { world } = running();
    const query =
      '{ me { displayName accounts { id nickname } } merchantOffers(first: 2) { edges { node { id } } } app(id: "app-1") { name } }';
    const heard: string[] = [];
    for (const customer of ['customer-1', 'customer-3']) {
      const before = await Promise.all((['offers', 'ads', 'apps'] as const).map((name) => world.platformLog(name)));
      await world.as(first('ACCOUNT_SERVICING', customer))(query);
      const after = await Promise.all((['offers', 'ads', 'apps'] as const).map((name) => world.platformLog(name)));
      heard.push(JSON.stringify(after.map(({ requests }, index) => requests.slice(before[index]?.count))));
    }
    expect(heard[0]).toBe(heard[1]);
    expect(heard[0]).toContain('merchantOffers');
  });

  test('40 a bank is sent a grant and no header of the client', async () => {
    const sent: Record<string, string>[] = [];
    const world = createWorld({
      banks: [standingAt('harbor', { a1: ['ACCOUNT_IDENTITY'] })],
      rows: { harbor: holding({ accounts: [account('a1')] }) },
      line: (message) => void sent.push({ ...message.headers() }),
    });
    await world.text('{ me { accounts { id nickname } } }');
    expect(sent).toHaveLength(1);
    const names = Object.keys(sent[0] ?? {}).map((name) => name.toLowerCase());
    expect(names.filter((name) => /trace|baggage|b3|cookie|user|forwarded|referer/.test(name))).toEqual([]);
    expect(names).toContain('authorization');
  });

  test('42 each bank is asked about its own customers, accounts and consents alone', async () => {
    const { world } = running();
    const marks = await marksOf(world);
    await world.as(first('ACCOUNT_SERVICING'))('{ me { accounts { id nickname } connections { accounts { id } } } }');
    const own = { harbor: 'hb-', summit: 'sm-', prairie: 'pr-', union: 'un-' };
    for (const bank of bankNames) {
      const asked = textOf(await askedSince(world, bank, marks));
      const foreign = bankNames
        .filter((other) => other !== bank)
        .filter((other) => asked.includes(other) || asked.includes(own[other]));
      expect([bank, foreign, asked.includes('customer-')]).toEqual([bank, [], false]);
    }
  });

  test('43 markup in a text of a bank stays text: the answer is JSON that no browser draws', async () => {
    const { headers } = await running().world.as(first('ACCOUNT_SERVICING'))('{ me { accounts { nickname } } }');
    expect(headers['content-type']).toMatch(/json/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    const { world } = running();
    const page = await world.http.send({
      method: 'GET',
      url: new URL('/', world.addressOf('gateway')).href,
      headers: {},
      body: '',
    });
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['content-security-policy']).toContain("img-src 'self' data:");
    expect(page.headers['content-security-policy']).toContain("connect-src 'self'");
  });

  test('44 a redirect is not followed, and no address outside the registry is called', async () => {
    const trap = await openBank((response) => response.writeHead(200, json).end('{"data":{}}'));
    const bank = await openBank((response) => response.writeHead(302, { location: trap.url }).end());
    const transport = createTransport({ destinations: [{ url: bank.url }] });
    const outcome = await transport.post(call(bank.url)).then(
      ({ status }) => status,
      () => 'refused',
    );
    expect(outcome).not.toBe(200);
    await expect(transport.post(call(trap.url))).rejects.toThrow(InternalFault);
    expect(trap.received).toEqual([]);
    for (const one of [transport, bank, trap]) await one.close();
  });

  test('45 no operator surface answers on the public port, and no other origin may read', async () => {
    const { world } = running();
    const at = (path: string) => new URL(path, world.addressOf('gateway')).href;
    for (const path of [
      '/metrics',
      '/__sandbox/requests',
      '/__sandbox/fault',
      '/admin',
      '/debug',
      '/.ringfence',
      '/../package.json',
    ]) {
      expect((await world.http.send({ method: 'GET', url: at(path), headers: {}, body: '' })).status).toBe(404);
    }
    const headers = {
      origin: 'https://evil.example',
      'content-type': 'application/json',
      authorization: `Bearer ${await world.token(ads)}`,
    };
    const body = JSON.stringify({ query: '{ banks { id } }' });
    const answer = await world.http.send({ method: 'POST', url: at('/graphql'), headers, body });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    const plain = { ...headers, 'content-type': 'text/plain' };
    expect((await world.http.send({ method: 'POST', url: at('/graphql'), headers: plain, body })).status).toBe(415);
    const upgrade = {
      ...headers,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-key': 'x',
      'sec-websocket-version': '13',
    };
    expect((await world.http.send({ method: 'GET', url: at('/graphql'), headers: upgrade, body: '' })).status).not.toBe(
      101,
    );
  });
};

interface LockedPackage {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly link?: boolean;
}

/** Attacks on classes 46 to 53. */
export const lastAttacks: Section = (running) => {
  test('46 a policy that is not the pinned one is not served', async () => {
    await expect(openPolicy('.', 'an-old-hash')).rejects.toThrow(/pinned/);
  });

  const own = loadPolicy('.');
  const lockProblems = (from: RegExp, to: string): Promise<string[]> =>
    onProjectCopy([], (root) => {
      const file = join(root, 'policy/policy.lock.json');
      const text = readFileSync(file, 'utf8');
      expect(text).toMatch(from);
      writeFileSync(file, text.replace(from, to));
      return own.kind === 'ok' ? verifyLock(root, own).map(({ code }) => code) : ['no policy'];
    });

  test('46 a lock of another policy locks nothing, nor does one whose hash alone was brought up to date', async () => {
    expect(await lockProblems(/^/, '')).toEqual([]);
    expect(await lockProblems(/("hash": ")\w{4}/, '$10000')).toEqual(['LOCK_INVALID']);
    const edit = { file: 'policy/clearances.yaml', from: 'offers: []', to: 'offers: [RELATIONSHIP]' };
    const found = await onProjectCopy([edit], (root) => {
      const policy = loadPolicy(root);
      return policy.kind === 'ok' ? verifyLock(root, policy).map(({ code }) => code) : [];
    });
    expect(found).toEqual(['LOCK_MISMATCH']);
  });

  test('52 an approver alone approves nothing, under two names neither', async () => {
    expect(await lockProblems(/("approvals": \[\s*\{[^}]*\}),\s*\{[^}]*\}/, '$1')).toEqual(['LOCK_UNSIGNED']);
    const twice = await lockProblems(/("approvals": \[\s*)(\{[^}]*\}),\s*\{[^}]*\}/, '$1$2, $2');
    const renamed = await lockProblems(
      /("approvals": \[\s*)(\{\s*"approver": )"[\w-]+"([^}]*\}),\s*\{\s*"approver": ("[\w-]+")[^}]*\}/,
      '$1$2"security-reviewer"$3, $2$4$3',
    );
    expect([twice, renamed]).toEqual([['LOCK_UNSIGNED'], ['LOCK_SIGNATURE']]);
  });

  test('48 no category or purpose reaches the sign bit of a mask', () => {
    expect(dataCategories.length).toBeLessThanOrEqual(31);
    expect(maskOf(dataCategories)).toBeGreaterThan(0);
    expect(new Set(dataCategories.map((category) => maskOf([category]))).size).toBe(dataCategories.length);
    expect(new Set(purposes).size).toBe(purposes.length);
  });

  test('50 nobody consents for another, nor to another’s account', async () => {
    const { world } = running();
    const { data } = await world.as(first('ACCOUNT_SERVICING'))('{ me { accounts { id } } }');
    const grant = (asker: ReturnType<typeof first>, id: string) =>
      world.as(asker)(
        `mutation ($id: ID!) { grantConsent(bankId: "harbor", purpose: FRAUD_ALERTS, categories: [FRAUD_SIGNAL], accountIds: [$id], idempotencyKey: "50") { state } }`,
        { id },
      );
    const foreign = String(data.me?.accounts?.[0]?.id);
    const tried = await grant(first('CONSENT_MANAGEMENT', 'customer-4'), foreign);
    expect(tried.data).toEqual({ grantConsent: null });
    expect(bytesOf(tried)).toBe(bytesOf(await grant(first('CONSENT_MANAGEMENT', 'customer-4'), 'unknown')));
    expect(codesOf(await grant(first('ACCOUNT_SERVICING'), foreign))).toEqual(['PURPOSE_DENIED']);
    const stale = { ...first('CONSENT_MANAGEMENT'), authenticatedAgoS: 600 };
    expect(codesOf(await grant(stale, foreign))).toEqual(['UNAUTHENTICATED']);
  });

  test('51 every dependency is named by what it holds, comes from a registry and is not patched', () => {
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, LockedPackage> };
    const locked = Object.entries(lock.packages).filter(([path]) => path !== '');
    expect(locked.length).toBeGreaterThan(100);
    expect(locked.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? '')).map(([path]) => path)).toEqual([]);
    expect(
      locked.filter(([, { resolved = 'https:' }]) => !resolved.startsWith('https:')).map(([path]) => path),
    ).toEqual([]);
    const own = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>;
    expect(JSON.stringify([own['dependencies'], own['overrides'] ?? {}])).not.toMatch(
      /patch-package|git\+|file:|https?:/,
    );
  });

  test('52 who reads the log alone learns of no customer, account or consent', async () => {
    const { world, log } = running();
    await world.as(first('ACCOUNT_SERVICING'))('query Accounts { me { accounts { id } consents { id } } }');
    const written = await log();
    expect(written).toContain('"purpose":"ACCOUNT_SERVICING"');
    expect(written.match(/customer-\d|hb-|sm-|pr-|un-\d/)).toBeNull();
  });

  test('53 nothing that is answered or logged is an unkeyed hash of what can be guessed', async () => {
    const { world, log } = running();
    const { text } = await world.as(first('ACCOUNT_SERVICING'))(
      '{ me { id connections { id } accounts { id } consents { id } receipts { edges { node { id } cursor } } } }',
    );
    const audit = await world.as({ client: 'auditor', purpose: 'COMPLIANCE_AUDIT' })(
      '{ auditedConsents { edges { node { pseudonym } } } }',
    );
    const seen = `${text}${audit.text}${await log()}`;
    const customers = ['customer-1', 'customer-2', 'customer-3', 'customer-4'];
    const guesses = customers.flatMap((id) => [
      id,
      ...['messenger', 'auditor', ...bankNames].flatMap((by) => [
        `${by}:${id}`,
        `${id}:${by}`,
        `${by}${id}`,
        `${by}|${id}`,
      ]),
    ]);
    const hashes = guesses.flatMap((guess) =>
      ['md5', 'sha1', 'sha256', 'sha512'].flatMap((name) =>
        (['hex', 'base64url'] as const).map((form) => createHash(name).update(guess).digest(form).slice(0, 16)),
      ),
    );
    expect(hashes.filter((hash) => seen.includes(hash))).toEqual([]);
  });
};
