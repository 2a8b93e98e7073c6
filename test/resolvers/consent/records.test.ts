import { beforeEach, describe, expect, test } from '@jest/globals';
import { createMemoryJournal } from '../../../src/receipt/index.js';
import { makeEntry } from '../../receipt/makeEntry.js';
import { at, listAt, textAt, type Answered } from '../platform/call.js';
import { as, createBench, managing, seeds, type ConsentBench } from './consentSubgraph.js';

let bench: ConsentBench;

beforeEach(async () => {
  bench = await createBench();
});

const codes = ({ errors = [] }: Answered) => errors.map(({ extensions }) => extensions.code);

test('a grant opens nobody but its own customer', async () => {
  const query = '{ _entities(representations: [{ __typename: "Customer", ref: "customer-2" }]) { __typename } }';
  expect((await bench.run(as('customer-1'), query)).data).toEqual({ _entities: [null] });
});

describe('connections', () => {
  const fields = 'connections { id bankId reference bank { id } status linkedAt }';

  test('are none for a customer without an active consent, and none while accounts are picked', async () => {
    for (const facts of [as('customer-3'), as('customer-4'), as('customer-1', 'CONSENT_MANAGEMENT')]) {
      const answer = await bench.customer(facts, 'connections { bankId }');
      expect(at(answer, 'connections') ?? []).toEqual([]);
    }
  });

  test('are the banks of this purpose, without the wallet and never union', async () => {
    const answer = await bench.customer(as('customer-1'), fields);
    expect(at(answer, 'connections.*.bankId')).toEqual(['harbor', 'summit', 'prairie']);
    expect(at(answer, 'connections.0')).toMatchObject({
      reference: 'hb-20417',
      status: 'CONNECTED',
      linkedAt: '2026-11-05T12:00:00.000Z',
    });
    const alerts = await bench.customer(as('customer-1', 'FRAUD_ALERTS'), fields);
    expect(at(alerts, 'connections.*.bankId')).toEqual(['harbor']);
  });

  test('have ids that say nothing and differ between customers', async () => {
    const [maya, tomas] = [
      await bench.customer(as('customer-1'), fields),
      await bench.customer(as('customer-2'), fields),
    ];
    const ids = [...listAt(maya, 'connections.*.id'), ...listAt(tomas, 'connections.*.id')];
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(id).toMatch(/^[\w-]{22}$/);
  });

  test('say that a bank waits to be reconfirmed', async () => {
    bench.pass(91);
    const answer = await bench.customer(as('customer-1'), 'connections { bankId status }');
    expect(at(answer, 'connections.2')).toEqual({ bankId: 'prairie', status: 'REAUTH_REQUIRED' });
  });

  test('open by their key for their own customer alone', async () => {
    const query = `query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on BankConnection { status } } }`;
    const keys = [
      { __typename: 'BankConnection', bankId: 'harbor', reference: 'hb-20417' },
      { __typename: 'BankConnection', bankId: 'harbor', reference: 'hb-20533' },
      { __typename: 'BankConnection', bankId: 'union', reference: 'un-70001' },
    ];
    expect(at(await bench.run(as('customer-1'), query, { keys }), '_entities')).toEqual([
      { status: 'CONNECTED' },
      null,
      null,
    ]);
  });
});

describe('consents', () => {
  test('are this client’s and purpose’s, and all of the customer’s when consents are managed', async () => {
    const own = await bench.customer(as('customer-1', 'FRAUD_ALERTS'), 'consents { purpose }');
    expect(at(own, 'consents')).toEqual([{ purpose: 'FRAUD_ALERTS' }]);
    const all = await bench.customer(managing('customer-1'), 'consents { id }');
    const seeded = seeds.filter(({ customer }) => customer === 'customer-1');
    expect(at(all, 'consents.*.id')).toEqual(seeded.map(({ id }) => id));
    const elsewhere = await bench.customer({ ...as('customer-1'), client: 'other' }, 'consents { id }');
    expect(at(elsewhere, 'consents')).toEqual([]);
  });

  test('need a scope that names them', async () => {
    const { data } = await bench.customer({ ...as('customer-1'), scope: ['BALANCE'] }, 'consents { id }');
    expect(data).toEqual({ consents: null });
  });

  test('show their bank and accounts while the relationship is consented to', async () => {
    const answer = await bench.customer(as('customer-2'), 'consents { state categories bank { id } accountIds }');
    expect(at(answer, 'consents')).toEqual([
      {
        state: 'ACTIVE',
        categories: ['ACCOUNT_IDENTITY', 'BALANCE'],
        bank: { id: 'harbor' },
        accountIds: ['customer-2|harbor|hb-20533-1'],
      },
    ]);
  });

  test('hide the bank of a revoked consent from other purposes, and show it where consents are managed', async () => {
    const hidden = await bench.customer(as('customer-4'), 'consents { state bank { id } accountIds }');
    expect(at(hidden, 'consents')).toEqual([{ state: 'REVOKED', bank: null, accountIds: null }]);
    expect(codes(hidden)).toEqual(['CONSENT_REQUIRED', 'CONSENT_REQUIRED']);
    const shown = await bench.customer(managing('customer-4'), 'consents { bank { id } }');
    expect(at(shown, 'consents')).toEqual([{ bank: { id: 'harbor' } }]);
  });

  test('hide the bank of a consent that waits to be reconfirmed', async () => {
    bench.pass(91);
    const answer = await bench.customer(as('customer-1'), 'consents { bank { id } reconfirmBy }');
    expect(codes(answer)).toEqual(['REAUTH_REQUIRED']);
    expect(listAt(answer, 'consents.*.bank').filter((bank) => bank === null)).toHaveLength(1);
  });
});

describe('receipts', () => {
  const fields = (args: string) =>
    `receipts${args} { edges { cursor node { id client purpose bank { id } categories decision at } } pageInfo { hasNextPage } }`;

  test('are this client’s and purpose’s, and all of the customer’s when consents are managed', async () => {
    await bench.journal.append([
      makeEntry(),
      makeEntry({ purpose: 'FRAUD_ALERTS' }),
      makeEntry({ client: 'other' }),
      makeEntry({ customer: 'customer-2' }),
    ]);
    const own = await bench.customer(as('customer-1'), fields(''));
    expect(at(own, 'receipts.edges.*.node')).toMatchObject([
      {
        client: 'messenger',
        purpose: 'ACCOUNT_SERVICING',
        bank: { id: 'harbor' },
        categories: ['BALANCE'],
        decision: 'RELEASED',
      },
    ]);
    expect(at(await bench.customer(managing('customer-1'), fields('')), 'receipts.edges')).toHaveLength(3);
  });

  test('never name a bank that is not disclosed, nor one that consent no longer covers', async () => {
    await bench.journal.append([makeEntry({ bank: 'union' }), makeEntry({ customer: 'customer-4' })]);
    const undisclosed = await bench.customer(as('customer-1'), fields(''));
    expect(at(undisclosed, 'receipts.edges.0.node')).toMatchObject({ bank: null, categories: null });
    expect(undisclosed.errors).toBeUndefined();
    const revoked = await bench.customer(as('customer-4'), fields(''));
    expect(at(revoked, 'receipts.edges.0.node')).toMatchObject({ bank: null, categories: null });
  });

  test('page newest first, by cursors of this reader alone', async () => {
    await bench.journal.append(Array.from({ length: 5 }, (_, index) => makeEntry({ at: index * 1000 })));
    const first = await bench.customer(as('customer-1'), fields('(first: 2)'));
    expect(at(first, 'receipts.edges.*.node.at')).toEqual(['1970-01-01T00:00:04.000Z', '1970-01-01T00:00:03.000Z']);
    const after = `(first: 2, after: "${textAt(first, 'receipts.edges.1.cursor')}")`;
    const next = await bench.customer(as('customer-1'), fields(after));
    expect(at(next, 'receipts.edges.0.node.at')).toBe('1970-01-01T00:00:02.000Z');
    for (const facts of [as('customer-2'), as('customer-1', 'FRAUD_ALERTS')]) {
      expect(codes(await bench.customer(facts, fields(after)))).toEqual(['BAD_USER_INPUT']);
    }
  });

  test('keep the place of one that cannot be read, null with an error', async () => {
    const journal = createMemoryJournal();
    await journal.append([makeEntry()]);
    const ofCustomer: typeof journal.ofCustomer = async (...asked) => {
      const page = await journal.ofCustomer(...asked);
      const damaged = { kind: 'damaged', id: 'of the damaged one', chain: 1, seq: 2 } as const;
      return page && { ...page, receipts: [damaged, ...page.receipts] };
    };
    bench = await createBench({ ...journal, ofCustomer });
    const answer = await bench.customer(managing('customer-1'), fields(''));
    expect(at(answer, 'receipts.edges.*.node')).toMatchObject([null, { client: 'messenger' }]);
    expect(textAt(answer, 'receipts.edges.0.cursor')).toMatch(/.+/);
    expect(codes(answer)).toEqual(['INTERNAL_SERVER_ERROR']);
    expect(JSON.stringify(answer)).not.toContain('cannot be read');
  });
});
