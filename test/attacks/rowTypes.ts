/** threats.md, Types: what a type, an interface or a union lets through. */
import { expect, test } from '@jest/globals';
import { askedSince, marksOf, textOf } from '../journeys/asking.js';
import { codesOf, expectHidden, expectSameBytes, first, type Section } from './running.js';

/** Class and way in; each is an operation of the whole graph that a narrow view does not hold. */
const ways: readonly (readonly [string, string])[] = [
  ['1 an interface', '{ me { accounts { balances { money { amount } } } } }'],
  ['1 the object behind an interface', '{ me { accounts { ... on DepositAccount { balances { asOf } } } } }'],
  ['1 an interface inside its object', '{ me { accounts { ... on CardAccount { ... on Account { nickname } } } } }'],
  ['2 fragments that share a response key', '{ me { x: displayName ... on Customer { x: accounts { id } } } }'],
  ['3 `__typename` of rows', '{ me { accounts { __typename } } }'],
  ['3 a page that only counts', '{ me { accounts { transactions(first: 0) { pageInfo { hasNextPage } } } } }'],
  ['4 a cursor', '{ me { receipts { edges { cursor } } } }'],
  ['5 the state of a card', '{ me { accounts { ... on CardAccount { card { state } } } } }'],
  ['5 an alert that only is there', '{ me { fraudAlerts { severity } } }'],
];

/** Attacks on classes 1 to 5. */
export const typeAttacks: Section = (running) => {
  test.each(ways)('%s leads no principal outside the first party to a row', async (_way, query) => {
    await expectHidden(running(), query);
    const { status, errors } = await running().world.as(first('ACCOUNT_SERVICING'))(query);
    const codes = errors.map(({ extensions }) => extensions.code).filter((code) => code !== 'PURPOSE_DENIED');
    expect([status, codes]).toEqual(query.includes('x: ') ? [400, ['GRAPHQL_VALIDATION_FAILED']] : [200, []]);
  });

  test('1 a purpose reads no balance through an interface, its objects or both, and no bank is asked', async () => {
    const { world } = running();
    const marks = await marksOf(world);
    const answer = await world.as(first('FRAUD_ALERTS'))(
      `{ me { accounts { id a: balances { asOf } ... on Account { b: balances { asOf } ... on DepositAccount {
         c: balances { asOf } ... on Account { d: balances { asOf } } } } } } }`,
    );
    expect(codesOf(answer)).toEqual(['PURPOSE_DENIED']);
    expect(answer.data.me?.accounts?.length).toBeGreaterThan(0);
    for (const account of answer.data.me?.accounts ?? []) {
      const { id: _id, ...rest } = account as unknown as Record<string, unknown>;
      expect(Object.values(rest).every((value) => value === null)).toBe(true);
    }
    expect(textOf(await askedSince(world, 'harbor', marks))).not.toMatch(/balances|asOf/);
  });

  test('2 a response key that a permitted sibling holds lends nothing to a denied one', async () => {
    const { world } = running();
    const marks = await marksOf(world);
    const { data } = await world.as(first('FRAUD_ALERTS'))(
      '{ me { accounts { __typename ... on CardAccount { x: card { lastFour } } ... on DepositAccount { x: holder { name } } } } }',
    );
    const held = (type: string) =>
      data.me?.accounts?.filter(({ __typename }) => String(__typename) === type).map(({ x }) => x);
    expect(held('CardAccount')).toEqual([{ lastFour: expect.stringMatching(/^\d{4}$/) }]);
    expect(new Set(held('DepositAccount'))).toEqual(new Set([null]));
    expect(textOf(await askedSince(world, 'harbor', marks))).not.toContain('holder');
  });

  test('3 nobody can tell customers without consent from customers without a bank, by type, length or null', async () => {
    const askers = ['customer-2', 'customer-3', 'customer-4'].map((customer) => first('P2P_PAYMENT', customer));
    const query = '{ me { __typename accounts { __typename } connections { __typename } payments { __typename } } }';
    await expectSameBytes(running(), askers, { query });
  });

  test('4 ids and cursors hold no reference, bank or amount in any encoding', async () => {
    const { data } = await running().world.as(first('ACCOUNT_SERVICING'))(
      `{ me { id connections { id } accounts { id nickname bank { id } balances { money { amount } }
         transactions(first: 2) { edges { cursor node { id amount { amount } } } } } } }`,
    );
    const text = JSON.stringify(data);
    const ids = [...text.matchAll(/"(?:id|cursor)":"([^"]{12,})"/g)].map(([, id]) => id ?? '');
    const known = [...text.matchAll(/"(?:amount|nickname)":"([^"]{3,})"/g)].map(([, value]) => value ?? '');
    expect(ids.length).toBeGreaterThan(20);
    for (const id of ids) {
      for (const decoded of [id, ...(['base64url', 'hex'] as const).map((form) => Buffer.from(id, form).toString())]) {
        expect(decoded).not.toMatch(/customer-|harbor|summit|prairie|\b(?:hb|sm|pr|un)-/);
        expect(known.filter((value) => decoded.includes(value))).toEqual([]);
      }
    }
  });
};
