/** Principals that can never read what is financial: for them there is no path, and no difference. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { buildSchema, getIntrospectionQuery, isObjectType, type IntrospectionQuery } from 'graphql';
import { marksOf } from './asking.js';
import { type DemoWorld, platformNames, type TokenRequest } from './demoWorld.js';
import { bytesOf } from './httpClient.js';

/** A demo, and one with other values at its banks. */
export interface Demos {
  readonly plain: DemoWorld;
  readonly salted: DemoWorld;
}

let plain: DemoWorld;
let salted: DemoWorld;

const principals: readonly (readonly [string, TokenRequest])[] = [
  ['ads-engine, targeting', { client: 'ads-engine', purpose: 'AD_TARGETING' }],
  ['ads-engine, measurement', { client: 'ads-engine', purpose: 'AD_MEASUREMENT' }],
  ['partner-app', { client: 'partner-app', purpose: 'THIRD_PARTY_SHARING' }],
  ['partner-app for customer-1', { client: 'partner-app', purpose: 'THIRD_PARTY_SHARING', customer: 'customer-1' }],
  ['partner-app for customer-3', { client: 'partner-app', purpose: 'THIRD_PARTY_SHARING', customer: 'customer-3' }],
  ['insights', { client: 'insights', purpose: 'ANALYTICS' }],
];

/** Every object type that a first-party client sees and that only banks, the wallet and the consent store fill. */
const whole = buildSchema(readFileSync('schema/views/first-party.graphql', 'utf8'));
const open = new Set(
  ['Query', 'Customer', 'AdProfile', 'App', 'Bank', 'PageInfo', 'MerchantOffer'].concat([
    'MerchantOfferConnection',
    'MerchantOfferEdge',
  ]),
);
const closed = Object.values(whole.getTypeMap())
  .map(({ name }) => name)
  .filter((name) => !name.startsWith('__') && !open.has(name))
  .filter((name) => !['ID', 'String', 'Boolean', 'Int', 'Float', 'DateTime'].includes(name));

const financialQueries = [
  '{ me { accounts { id } } }',
  '{ me { accounts { balances { money { amount } } } } }',
  '{ me { connections { id } } }',
  '{ me { conections { id } } }',
  '{ me { fraudAlerts { id } conversations { id } payments { id } checkouts { id } } }',
  '{ me { consents { id } receipts { edges { node { id } } } } }',
  '{ account(id: "x") { id } }',
  '{ acount(id: "x") { id } }',
  '{ me { ... on Customer { a: accounts { id } } } }',
  '{ me { ...f } } fragment f on Customer { accounts { transactions { edges { node { id } } } } }',
  '{ me { ... on Account { id } } }',
  '{ merchantOffers { edges { node { ... on Transaction { id } } } } }',
  '{ _entities(representations: []) { __typename } }',
  '{ _service { sdl } }',
  '{ node(id: "x") { id } }',
  '{ banks { id accounts { id } } }',
  '{ auditedReceipts { edges { node { bank } } } }',
  'mutation { sendPayment(recipient: "a", amount: "1", currency: "USD", idempotencyKey: "k") { id } }',
  'mutation { setCardLock(accountId: "a", locked: true) { id } }',
  'query ($k: AccountKind) { me { id } }',
];

const openQueries = [
  '{ me { id displayName locale } banks { id name } app(id: "chirp") { id name publisher } }',
  '{ merchantOffers(first: 3) { edges { cursor node { id merchant text validUntil } } pageInfo { hasNextPage endCursor } } }',
  '{ bank(id: "harbor") { name } union: bank(id: "union") { name } nowhere: bank(id: "nowhere") { name } }',
];

/** The tests of this journey, through a demo and one whose banks hold something else. */
export function noPathJourney(demos: () => Demos): void {
  beforeAll(() => {
    ({ plain, salted } = demos());
  });

  describe.each(principals)('%s', (_title, request) => {
    const ask = (world: DemoWorld, query: string) => world.as(request)(query);

    test('introspects a schema without any financial type, field or argument', async () => {
      const { status, text } = await ask(plain, getIntrospectionQuery());
      expect(status).toBe(200);
      const { data } = JSON.parse(text) as { data: IntrospectionQuery };
      const names = data.__schema.types.map(({ name }) => name);
      expect(names).toContain('Query');
      expect(names.filter((name) => closed.includes(name))).toEqual([]);
      expect(data.__schema.mutationType).toBeNull();
      const customer = data.__schema.types.find(({ name }) => name === 'Customer');
      const fields = customer?.kind === 'OBJECT' ? customer.fields.map(({ name }) => name) : [];
      expect(fields.toSorted()).toEqual(['displayName', 'id', 'locale']);
    });

    test.each(financialQueries)(
      'is told by ordinary validation that nothing of `%s` exists, without a suggestion',
      async (query) => {
        const before = await counts(plain);
        const { status, text, errors, data } = await ask(plain, query);
        expect(status).toBe(400);
        expect(data).toBeUndefined();
        expect(errors.map(({ extensions }) => extensions.code)).toEqual(errors.map(() => 'GRAPHQL_VALIDATION_FAILED'));
        expect(text).not.toMatch(/did you mean|PURPOSE_DENIED|CONSENT_REQUIRED/i);
        expect(await counts(plain)).toEqual(before);
      },
    );

    test('gets the same bytes from banks that hold something else, and no bank is asked', async () => {
      const before = await Promise.all([counts(plain), counts(salted)]);
      for (const query of [...openQueries, ...financialQueries, getIntrospectionQuery()]) {
        expect(bytesOf(await ask(salted, query))).toBe(bytesOf(await ask(plain, query)));
      }
      expect(await Promise.all([counts(plain), counts(salted)])).toEqual(before);
    });
  });

  describe('the ads system', () => {
    const ask = (id: string) =>
      plain.as({ client: 'ads-engine', purpose: 'AD_TARGETING' })(
        'query ($id: ID!) { adProfile(id: $id) { interests locale } }',
        { id },
      );

    test('reads the profile of a customer who banks somewhere and of one who does not, in the same shape', async () => {
      const before = await counts(plain);
      for (const id of ['ad-1', 'ad-2', 'ad-3', 'ad-4']) {
        const { status, errors, data } = await ask(id);
        expect([status, errors]).toEqual([200, []]);
        expect(data.adProfile?.interests?.length).toBeGreaterThan(0);
        expect(data.adProfile?.locale).toMatch(/^[a-z]{2}-[A-Z]{2}$/);
      }
      const unknown = await ask('ad-99');
      expect(unknown.errors).toEqual([]);
      expect(Object.keys(unknown.data.adProfile ?? {})).toEqual(['interests', 'locale']);
      expect(await counts(plain)).toEqual(before);
    });

    test('gets byte for byte what it got before the customer revoked, granted or was connected', async () => {
      const manage = plain.as({ purpose: 'CONSENT_MANAGEMENT', customer: 'customer-2' });
      const before = bytesOf(await ask('ad-2'));
      const { data } = await manage('{ me { consents { id state } } }');
      const active = data.me?.consents?.find(({ state }) => String(state) === 'ACTIVE');
      const { data: revoked } = await manage('mutation ($id: ID!) { revokeConsent(consentId: $id) { state } }', {
        id: active?.id,
      });
      expect(revoked).toEqual({ revokeConsent: { state: 'REVOKED' } });
      expect(bytesOf(await ask('ad-2'))).toBe(before);
    });
  });

  test('a partner app gets the same for a connected customer as for one without a bank, but for the public profile', async () => {
    const answers = await Promise.all(
      ['customer-1', 'customer-3'].map(async (customer) => {
        const ask = plain.as({ client: 'partner-app', purpose: 'THIRD_PARTY_SHARING', customer });
        return Promise.all(
          [...financialQueries, ...openQueries.slice(1)].map(async (query) => bytesOf(await ask(query))),
        );
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
  });

  test('the subgraphs that ads and open clients reach learn neither customer nor client', async () => {
    const logs = await Promise.all((['ads', 'offers', 'apps'] as const).map((name) => plain.platformLog(name)));
    const text = JSON.stringify(logs);
    expect(logs.every(({ count }) => count > 0)).toBe(true);
    expect(text).not.toMatch(/customer-\d|ads-engine|hb-\d|Bearer/);
  });

  test('the list of closed types is not empty', () => {
    expect(closed.filter((name) => isObjectType(whole.getType(name))).length).toBeGreaterThan(25);
  });
}

async function counts(world: DemoWorld): Promise<unknown> {
  const platform = await Promise.all(
    platformNames.filter((name) => name === 'wallet').map((name) => world.platformLog(name)),
  );
  return [[...(await marksOf(world))], platform.map(({ count }) => count)];
}
