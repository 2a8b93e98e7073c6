import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Subgraph } from '../../../src/partner/index.js';
import { createDirectorySubgraph } from '../../../resolvers/directory/directory.js';
import { demoCustomers } from '../../../resolvers/demo/world.js';
import { ask, askEntity, at, partsOf, type GrantFacts } from '../platform/call.js';

const maya: GrantFacts = { aud: 'directory', purpose: 'ACCOUNT_SERVICING', sub: 'customer-1', client: 'messenger' };
const app: GrantFacts = { aud: 'directory', purpose: 'THIRD_PARTY_SHARING', client: 'partner-app' };

let directory: Subgraph;

beforeAll(async () => {
  const banks = [
    { id: 'summit', name: 'Summit Savings' },
    { id: 'harbor', name: 'Harbor Bank' },
  ];
  const parts = await partsOf('directory');
  directory = createDirectorySubgraph({
    ...parts,
    customers: demoCustomers,
    banks: () => banks,
    pairwiseKey: 'pairwise',
  });
});

const me = '{ me { id displayName locale } }';

describe('me', () => {
  test('is null for a principal that speaks for no customer', async () => {
    expect(await ask(directory, app, { query: me })).toEqual({ data: { me: null } });
  });

  test('is null for a customer that the directory does not know', async () => {
    expect(await ask(directory, { ...maya, sub: 'customer-99' }, { query: me })).toEqual({ data: { me: null } });
  });

  test('has an id of its own at each client, and the same one every time', async () => {
    const first = await ask(directory, maya, { query: me });
    const again = await ask(directory, maya, { query: me });
    const elsewhere = await ask(directory, { ...app, sub: 'customer-1' }, { query: me });
    expect(at(first, 'me')).toMatchObject({ displayName: 'Maya Lindqvist', locale: 'en-US' });
    expect(again).toEqual(first);
    expect(at(elsewhere, 'me.id')).not.toBe(at(first, 'me.id'));
    expect(JSON.stringify([first, elsewhere])).not.toContain('customer-1');
  });

  test('is nobody but the customer of the grant, whatever key is asked for', async () => {
    const fields = 'displayName';
    const other = await askEntity(directory, maya, { key: { __typename: 'Customer', ref: 'customer-2' }, fields });
    const byAdId = await askEntity(directory, maya, { key: { __typename: 'Customer', adId: 'ad-2' }, fields });
    const own = await askEntity(directory, maya, { key: { __typename: 'Customer', adId: 'ad-1' }, fields });
    expect([other.data, byAdId.data]).toEqual([null, null]);
    expect(own.data).toEqual({ displayName: 'Maya Lindqvist' });
  });
});

describe('banks', () => {
  test('are the live ones, by name', async () => {
    const answer = await ask(directory, app, { query: '{ banks { id name } }' });
    expect(at(answer, 'banks.*.id')).toEqual(['harbor', 'summit']);
  });

  test.each(['union', 'nowhere', 'wallet', '__proto__'])('gives null for `%s`', async (id) => {
    const query = 'query ($id: ID!) { bank(id: $id) { id name } }';
    expect(await ask(directory, app, { query, variables: { id } })).toEqual({ data: { bank: null } });
  });

  test('the wallet has a name where a record refers to it', async () => {
    const key = { __typename: 'Bank', id: 'wallet' };
    expect((await askEntity(directory, maya, { key, fields: 'name' })).data).toEqual({ name: 'Pocket Wallet' });
  });
});
