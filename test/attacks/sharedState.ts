/** threats.md, Shared state: what one request may leave to another. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { bytesOf } from '../journeys/httpClient.js';
import { ads, callsOf, first, insights, type Section } from './running.js';

const document = '{ me { displayName accounts { id maskedNumber balances { money { amount } } } } }';

/** Attacks on classes 27 to 29. */
export const sharedStateAttacks: Section = (running) => {
  test('27 one text, sent by all at once, gives each the answer that it gets alone', async () => {
    const { world } = running();
    const askers = [
      ...[first('ACCOUNT_SERVICING'), first('ACCOUNT_SERVICING', 'customer-2'), first('FRAUD_ALERTS')],
      ...[first('ACCOUNT_SERVICING', 'customer-3'), { ...first('ACCOUNT_SERVICING'), scope: 'data:balance' }],
      ...[ads, insights],
    ];
    const ask = async (asker: (typeof askers)[number]) => world.graphql(await world.token(asker), { query: document });
    const alone: string[] = [];
    for (const asker of askers) alone.push(bytesOf(await ask(asker)));
    expect(new Set(alone).size).toBe(askers.length - 1);
    const turns = Array.from({ length: 10 }, () => askers).flat();
    const together = await Promise.all(turns.map(async (asker) => bytesOf(await ask(asker))));
    expect(together).toEqual(turns.map((_asker, index) => alone[index % alone.length]));
  });

  test('27 values that hold the separators of keys stay apart', async () => {
    const ask = running().world.as(ads);
    const query =
      'query ($a: ID!, $b: ID!) { a: adProfile(id: $a) { interests locale } b: adProfile(id: $b) { interests locale } }';
    const { data } = await ask(query, { a: 'ad-1|ad-2', b: 'ad-1' });
    expect(data.a).not.toEqual(data.b);
    for (const id of ['ad-1:ad-2', 'ad-1\u0000', 'ad-1","b":"ad-2', ' ad-1']) {
      expect((await ask(query, { a: id, b: 'nobody' })).data.a).toEqual(data.a);
    }
  });

  test('28 a consent revoked is a denial at the next request, and the bank is not asked', async () => {
    const { world } = running();
    const read = world.as(first('MERCHANT_CHECKOUT'));
    const manage = world.as(first('CONSENT_MANAGEMENT'));
    expect((await read('{ me { accounts { id } } }')).data.me?.accounts?.length).toBeGreaterThan(0);
    const { data } = await manage('{ me { consents { id state purpose bank { id } } } }');
    const held = data.me?.consents?.filter(
      ({ state, purpose }) => String(state) === 'ACTIVE' && String(purpose) === 'MERCHANT_CHECKOUT',
    );
    for (const consent of held ?? []) {
      await manage('mutation ($id: ID!) { revokeConsent(consentId: $id) { state } }', { id: consent.id });
    }
    const before = await callsOf(world);
    const { data: after, errors } = await read('{ me { accounts { id } checkouts { id } } }');
    expect([after, errors]).toEqual([{ me: { accounts: [], checkouts: [] } }, []]);
    expect(await callsOf(world)).toBe(before);
  });

  test('29 nothing is reloaded while requests run: no file is watched, and no signal reloads', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(100);
    const reloading = files.filter((name) =>
      /\bwatch(?:File)?\s*\(|\bSIGHUP\b|\bfs\.watch\b|\.reload\(/.test(readFileSync(join('src', name), 'utf8')),
    );
    expect(reloading).toEqual([]);
  });
};
