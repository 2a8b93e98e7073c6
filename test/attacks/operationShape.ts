/** threats.md, Operation shape: aliases, fragments, conditions, transports, sizes, introspection. */
import { expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { askedSince, marksOf, textOf } from '../journeys/asking.js';
import { ads, callsOf, codesOf, expectHidden, first, type Running, type Section } from './running.js';

const ways: readonly (readonly [string, string, object?])[] = [
  ['6 an alias with the name of an open field', '{ me { displayName: accounts { id } } }'],
  ['6 an alias `__typename`', '{ me { __typename: accounts { id } } }'],
  ['6 an alias `__proto__`', '{ me { __proto__: accounts { id } constructor: fraudAlerts { id } } }'],
  [
    '7 a named fragment',
    'query { me { ...F } } fragment F on Customer { ...G } fragment G on Customer { accounts { id } }',
  ],
  ['7 a fragment on the root', '{ ...F } fragment F on Query { __typename account(id: "x") { id } }'],
  [
    '7 a fragment on an interface',
    '{ ...F } fragment F on Query { me { ...G } } fragment G on Customer { accounts { ...H } } fragment H on Account { id }',
  ],
  [
    '8 a field that its condition excludes',
    'query ($no: Boolean = false) { me { accounts @include(if: $no) { id } } }',
  ],
  [
    '8 a field that a variable skips',
    'query ($skip: Boolean!) { me { accounts @skip(if: $skip) { id } } }',
    { skip: true },
  ],
  ['8 a deferred fragment', '{ me { id ... @defer { accounts { id } } } }'],
  ['10 a name close to a hidden one', '{ me { acounts { id } frauAlerts { id } } }'],
  ['10 a variable of a hidden type', 'query ($x: ConsentPurpose) { banks { id } }'],
  ['10 a value of a hidden enum', '{ banks(kind: CHECKING) { id } }'],
];

async function post({ world }: Running, body: string, token: string): Promise<{ status: number; text: string }> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return world.http.send({ method: 'POST', url: world.addressOf('gateway'), headers, body });
}

async function get({ world }: Running, search: string, token: string): Promise<{ status: number; text: string }> {
  const headers = { 'apollo-require-preflight': 'true', authorization: `Bearer ${token}` };
  return world.http.send({ method: 'GET', url: `${world.addressOf('gateway')}?${search}`, headers, body: '' });
}

const open = '{ banks { id } }';
const hidden = '{ me { accounts { id } } }';

const many = (count: number, one: (index: number) => string) =>
  Array.from({ length: count }, (_one, index) => one(index)).join(' ');
const doubling = (index: number) =>
  `fragment F${index} on Customer { ${many(4, (n) => `x${n}: accounts { id } ...F${index + 1}`)} }`;

const amplified: readonly (readonly [string, string])[] = [
  ['aliases', `{ me { ${many(3000, (index) => `a${index}: accounts { id }`)} } }`],
  ['fragments that double', `{ me { ...F0 } } ${many(16, doubling)} fragment F16 on Customer { id }`],
  ['levels', `{ me ${'{ ... on Customer '.repeat(400)} { id } ${'}'.repeat(400)} }`],
  ['directives', `{ me { id ${'@include(if: true) '.repeat(9000)} } }`],
];

/** Attacks on classes 6 to 10. */
export const operationShapeAttacks: Section = (running) => {
  test.each(ways)(
    '%s leads no principal outside the first party to a hidden field',
    async (...[_way, query, variables]) => {
      await expectHidden(running(), query, variables);
    },
  );

  test('6 keys that name members of every object are answered as keys, and the denial stands under each', async () => {
    const { text } = await running().world.as(first('FRAUD_ALERTS'))(
      '{ me { __proto__: displayName constructor: displayName accounts { toString: balances { asOf } __proto__: holder { name } } } }',
    );
    expect(text).toMatch(/^\{"errors":|^\{"data":/);
    expect(text).toContain('"__proto__":"Maya Lindqvist","constructor":"Maya Lindqvist"');
    expect(text).toContain('{"toString":null,"__proto__":null}');
    expect(text).not.toMatch(/"asOf"|"name"/);
  });

  test('7 the name of one operation does not bring another one past its view', async () => {
    const { world } = running();
    const token = await world.token(ads);
    const query = `query Open ${open} query Hidden ${hidden}`;
    for (const operationName of ['Open', 'Hidden', 'Neither']) {
      const answer = await world.graphql(token, { query, operationName });
      expect([answer.status, codesOf(answer)]).toEqual([400, ['GRAPHQL_VALIDATION_FAILED']]);
    }
  });

  test('8 a condition decides nothing about what a purpose may read', async () => {
    const { world } = running();
    const marks = await marksOf(world);
    const query = 'query ($on: Boolean = true) { me { accounts { id balances @include(if: $on) { asOf } } } }';
    for (const variables of [{}, { on: true }]) {
      const answer = await world.as(first('FRAUD_ALERTS'))(query, variables);
      expect(answer.text).not.toContain('asOf');
      expect(codesOf(answer)).toEqual(['PURPOSE_DENIED']);
    }
    expect(textOf(await askedSince(world, 'harbor', marks))).not.toContain('balances');
  });

  test('8 of two members with one name the one that is judged is the one that runs', async () => {
    const token = await running().world.token(ads);
    const member = (query: string) => `"query":${JSON.stringify(query)}`;
    const hiddenLast = await post(running(), `{${member(open)},${member(hidden)}}`, token);
    expect(hiddenLast.status).toBe(400);
    const openLast = await post(running(), `{${member(hidden)},${member(open)}}`, token);
    expect([openLast.status, openLast.text.includes('accounts')]).toEqual([200, false]);
  });

  test('8 neither GET, batches nor persisted ids bring in what POST refuses', async () => {
    const token = await running().world.token(ads);
    const before = await callsOf(running().world);
    const persisted = { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } };
    const attempts = [
      await get(running(), `query=${encodeURIComponent(hidden)}`, token),
      await get(running(), `query=${encodeURIComponent(open)}&query=${encodeURIComponent(hidden)}`, token),
      await post(running(), JSON.stringify([{ query: open }, { query: hidden }]), token),
      await post(running(), JSON.stringify({ extensions: persisted }), token),
      await post(running(), JSON.stringify({ query: hidden, extensions: persisted }), token),
    ];
    for (const { status, text } of attempts) expect([status, text.includes('"data":{')]).toEqual([400, false]);
    const customer = await running().world.token(first('ACCOUNT_SERVICING'));
    const write = 'mutation { setCardLock(accountId: "x", locked: true) { id } }';
    expect((await get(running(), `query=${encodeURIComponent(write)}`, customer)).status).toBe(405);
    expect(await callsOf(running().world)).toBe(before);
  });

  test.each(amplified)('9 %s are bounded before any bank is called', async (_what, query) => {
    const { world } = running();
    const before = await callsOf(world);
    const answer = await world.as(first('ACCOUNT_SERVICING'))(query);
    expect([answer.status, answer.data]).toEqual([400, undefined]);
    expect(answer.text.length).toBeLessThan(2000);
    expect(await callsOf(world)).toBe(before);
  });

  test('10 introspection of a narrow view names no type, value or argument of the financial graph', async () => {
    const { status, text } = await running().world.as(ads)(getIntrospectionQuery());
    expect(status).toBe(200);
    expect(text).not.toMatch(
      /Account|Balance|Transaction|Fraud|Consent|Receipt|Payment|Conversation|CHECKING|PURPOSE|DataCategory|Mutation/,
    );
    const { data } = await running().world.as(ads)(
      '{ a: __type(name: "Account") { name } b: __type(name: "DataCategory") { name } }',
    );
    expect(data).toEqual({ a: null, b: null });
  });

  test('10 what does not fit a variable is not quoted', async () => {
    const { text } = await running().world.as(ads)(
      'query ($first: Int) { merchantOffers(first: $first) { edges { cursor } } }',
      {
        first: { secret: 'quoted-value' },
      },
    );
    expect(text).toContain('BAD_USER_INPUT');
    expect(text).not.toContain('quoted-value');
  });
};
