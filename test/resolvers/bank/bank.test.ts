import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { GrantClaims } from '../../../src/partition/index.js';
import { maskOf, type DataCategory } from '../../../src/policy/index.js';
import { covering } from '../../partner/caller.js';
import { codes, entities, parsed, visitBank, type Asking, type Visit } from './visit.js';

let harbor: Visit;

beforeAll(async () => {
  harbor = await visitBank();
});

afterAll(() => harbor.close());

const everything: readonly DataCategory[] = [
  'RELATIONSHIP',
  'ACCOUNT_IDENTITY',
  'HOLDER_PII',
  'AVAILABLE_BALANCE',
  'BALANCE',
  'TERMS',
  'BILLS',
  'TRANSACTION_CORE',
  'TRANSACTION_DETAIL',
];
const accounts = ['hb-20417-1', 'hb-20417-2', 'hb-20417-3'];
const servicing: Asking['grant'] = {
  purpose: 'ACCOUNT_SERVICING',
  sub: 'hb-20417',
  accounts: accounts.map((reference) => covering(reference, everything)),
};

/** A query of one customer, as the gateway's planner writes it. */
function ofCustomer(selection: string, grant: Asking['grant'], after?: string | null): Asking {
  return {
    grant,
    query: `query ($of: [_Any!]!${after === undefined ? '' : ', $after: String'}) { _entities(representations: $of) { ... on Customer { ${selection} } } }`,
    variables: { of: [{ __typename: 'Customer', ref: 'hb-20417' }], after },
  };
}

interface Entry {
  readonly id: string;
  readonly bookedAt: string;
  readonly status: string;
}

interface TransactionPage {
  readonly edges: readonly { readonly node: Entry }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** The transactions of the first account of an answer. */
function transactionsIn([row]: readonly AccountAnswer[]): TransactionPage['edges'] {
  return (row?.['transactions'] as TransactionPage | undefined)?.edges ?? [];
}

interface AccountAnswer {
  readonly id: string;
  readonly kind: string;
  readonly [field: string]: unknown;
}

async function accountsAs(grant: Partial<GrantClaims>, selection: string): Promise<AccountAnswer[]> {
  const answer = await harbor.ask(ofCustomer(`accounts { id ${selection} }`, { ...servicing, ...grant }));
  return entities<{ accounts: AccountAnswer[] }>(answer)[0]?.accounts ?? [];
}

describe('a sandbox bank', () => {
  test('knows no customer but the one of the grant', async () => {
    const answer = await harbor.ask({
      ...ofCustomer('accounts { id }', servicing),
      variables: {
        of: [
          { __typename: 'Customer', ref: 'hb-20533' },
          { __typename: 'Customer', ref: 'hb-20417' },
        ],
      },
    });
    expect(entities(answer)).toEqual([null, { accounts: accounts.map((id) => ({ id })) }]);
  });

  test("answers nothing to another bank's grant", async () => {
    const answer = await harbor.ask(ofCustomer('accounts { id }', { ...servicing, aud: 'summit' }));
    expect(answer.status).toBe(401);
  });

  test('lists the accounts that the grant covers, and no other', async () => {
    const only = await accountsAs(
      { accounts: [covering('hb-20417-2', everything), covering('hb-20533-1', everything)] },
      'kind',
    );
    expect(only).toEqual([{ id: 'hb-20417-2', kind: 'SAVINGS' }]);
  });

  test('refuses a field that is wider than the grant', async () => {
    const narrow = { ...servicing, accounts: [covering('hb-20417-1', ['RELATIONSHIP', 'BALANCE'])] };
    const answer = await harbor.ask(ofCustomer('accounts { id balances { kind } nickname }', narrow));
    expect(entities<{ accounts: AccountAnswer[] }>(answer)[0]?.accounts).toEqual([
      { id: 'hb-20417-1', balances: [{ kind: 'CURRENT' }, { kind: 'AVAILABLE' }], nickname: null },
    ]);
    expect(codes(answer)).toEqual(['PURPOSE_DENIED']);
  });

  test('refuses what its own agreement does not cover, whatever the grant says', async () => {
    const agreement = new Map([['ACCOUNT_SERVICING', maskOf(['RELATIONSHIP', 'TRANSACTION_CORE'])]] as const);
    const strict = await visitBank({ agreement });
    const answer = await strict.ask(ofCustomer('accounts { id balances { kind } }', servicing));
    await strict.close();
    expect(codes(answer)).toEqual(['PURPOSE_DENIED', 'PURPOSE_DENIED', 'PURPOSE_DENIED']);
  });

  test('shows balances with their source, and no available one where there is none', async () => {
    const rows = await accountsAs(
      {},
      'kind availableBalance { money { amount currency } } balances { kind source asOf money { amount } }',
    );
    const kinds = rows.map(({ kind }) => kind);
    expect(kinds).toEqual(['CHECKING', 'SAVINGS', 'CREDIT_CARD']);
    expect(rows[1]).toMatchObject({
      availableBalance: null,
      balances: [{ kind: 'CURRENT', source: 'CACHED', asOf: '2026-11-22T02:00:00.000Z' }],
    });
    expect(rows[0]).toMatchObject({
      availableBalance: { money: { amount: expect.stringMatching(/^-?\d+\.\d\d$/), currency: 'USD' } },
    });
  });

  test('pages through transactions without loss or doubling, newest first', async () => {
    const seen: Entry[] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const selection =
        'accounts { transactions(first: 400, after: $after) { edges { node { id bookedAt } } pageInfo { hasNextPage endCursor } } }';
      const grant = { ...servicing, accounts: [covering('hb-20417-1', everything)] };
      const answer = await harbor.ask(ofCustomer(selection, grant, after));
      const page = entities<{ accounts: { transactions: TransactionPage }[] }>(answer)[0]?.accounts[0]?.transactions;
      seen.push(...(page?.edges.map(({ node }) => node) ?? []));
      more = page?.pageInfo.hasNextPage ?? false;
      after = page?.pageInfo.endCursor ?? null;
    }
    expect(seen.length).toBeGreaterThan(500);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    expect(seen.map(({ bookedAt }) => bookedAt)).toEqual(
      seen
        .map(({ bookedAt }) => bookedAt)
        .toSorted()
        .toReversed(),
    );
  });

  test('shows no entry from before the time that the grant reaches', async () => {
    const notBefore = '2026-11-01T00:00:00Z';
    const limited = [{ ...covering('hb-20417-1', everything), notBefore }];
    const rows = await accountsAs(
      { accounts: limited },
      'transactions(first: 1000) { edges { node { id bookedAt } } }',
    );
    const edges = transactionsIn(rows);
    expect(edges.length).toBeGreaterThan(5);
    expect(edges.every(({ node }) => node.bookedAt >= notBefore)).toBe(true);
  });

  test('gives an account by its id where the grant covers it, and null for any other', async () => {
    const query =
      '{ own: account(id: "hb-20417-1") { id } foreign: account(id: "hb-20533-1") { id } unknown: account(id: "x") { id } }';
    const { data, errors } = parsed(await harbor.ask({ grant: servicing, query }));
    expect(data).toEqual({ own: { id: 'hb-20417-1' }, foreign: null, unknown: null });
    expect(errors).toBeUndefined();
  });

  test('follows a connection by its key, to its own bank only', async () => {
    const representation = (bankId: string) => ({ __typename: 'BankConnection', bankId, reference: 'hb-20417' });
    const answer = await harbor.ask({
      grant: servicing,
      query:
        'query ($of: [_Any!]!) { _entities(representations: $of) { ... on BankConnection { accounts { id bank { id } } } } }',
      variables: { of: [representation('summit'), representation('harbor')] },
    });
    const own = { accounts: accounts.map((id) => ({ id, bank: { id: 'harbor' } })) };
    expect(entities(answer)).toEqual([null, own]);
  });

  test('shows picking customers how their accounts look, and nothing else', async () => {
    const picking: Asking['grant'] = { purpose: 'CONSENT_MANAGEMENT', sub: 'hb-20417', accounts: 'all' };
    const answer = await harbor.ask(ofCustomer('accounts { id maskedNumber balances { kind } }', picking));
    expect(
      entities<{ accounts: AccountAnswer[] }>(answer)[0]?.accounts.map(({ maskedNumber }) => typeof maskedNumber),
    ).toEqual(['string', 'string', 'string']);
    expect(codes(answer)).toEqual(['PURPOSE_DENIED', 'PURPOSE_DENIED', 'PURPOSE_DENIED']);
  });

  test('locks a card of an account that the grant covers', async () => {
    const query = 'mutation ($id: ID!) { setCardLock(accountId: $id, locked: true) { state } }';
    const lock = async (id: string, grant = servicing) =>
      parsed(await harbor.ask({ grant, query, variables: { id } })).data;
    const blind = {
      ...servicing,
      accounts: [covering('hb-20417-1', everything), covering('hb-20417-3', ['RELATIONSHIP'])],
    };
    expect(await lock('hb-20417-3', blind)).toEqual({ setCardLock: null });
    expect(await lock('hb-20417-1')).toEqual({ setCardLock: null });
    expect(await lock('hb-20417-3')).toEqual({ setCardLock: { state: 'LOCKED' } });
  });

  test('opens one dispute for a posted entry, and none for an id that is unknown', async () => {
    const rows = await accountsAs({}, 'transactions(first: 50) { edges { node { id status bookedAt } } }');
    const posted = transactionsIn(rows).find(({ node }) => node.status === 'POSTED')?.node.id ?? '';
    const query =
      'mutation ($id: ID!) { disputeTransaction(transactionId: $id, reason: DUPLICATE) { id transaction { id } } }';
    const dispute = async (id: string) => {
      const { data } = parsed(await harbor.ask({ grant: servicing, query, variables: { id } }));
      return (data as { disputeTransaction: { id: string } | null }).disputeTransaction;
    };
    const first = await dispute(posted);
    expect(first).toMatchObject({ transaction: { id: posted } });
    expect(await dispute(posted)).toEqual(first);
    expect(await dispute('tx-unknown')).toBeNull();
  });
});
