import { describe, expect, test } from '@jest/globals';
import type { BankStanding } from '../../src/policy/index.js';
import type { Row } from './bankGraph.js';
import { account, holding } from './rows.js';
import { type Answered, createWorld, customer, sealer, standingAt, type WorldOptions } from './world.js';

const harbor = { harbor: holding({ accounts: [account('a1')] }) };
const both = { ...harbor, summit: holding({ accounts: [account('s1', 'summit')] }) };
const atBoth: BankStanding[] = [standingAt('harbor', { a1: ['BALANCE'] }), standingAt('summit', { s1: ['BALANCE'] })];

function idOf(kind: string, reference: string, bank = 'harbor'): string {
  return sealer.seal({ kind, customer }, { bank, reference });
}

function codes({ errors = [] }: Answered): string[] {
  return errors.map(({ path, extensions: { code, bank } }) => `${JSON.stringify(path)} ${code} ${bank ?? ''}`.trim());
}

function reading(options: Partial<WorldOptions>): ReturnType<typeof createWorld> {
  return createWorld({ banks: atBoth, rows: both, ...options });
}

const ids = '{ me { accounts { bank { id } } } }';

describe('a list over several banks', () => {
  test('keeps the others’ rows when one bank fails, and names that bank once at the list', async () => {
    const world = reading({
      line: ({ bank }) => (bank === 'harbor' ? { kind: 'failed', code: 'BANK_THROTTLED' } : undefined),
    });
    const answer = await world.ask('{ me { accounts { bank { id } } connections { accounts { bank { id } } } } }');
    expect(answer.data).toEqual({
      me: {
        accounts: [{ bank: { id: 'summit' } }],
        connections: [{ accounts: null }, { accounts: [{ bank: { id: 'summit' } }] }],
      },
    });
    expect(codes(answer)).toEqual([
      '["me","accounts"] BANK_THROTTLED harbor',
      '["me","connections",0,"accounts"] BANK_THROTTLED harbor',
    ]);
  });

  test('is empty without an error and without a call where nobody is connected', async () => {
    const world = reading({ banks: [] });
    expect(await world.ask(ids)).toEqual({ data: { me: { accounts: [] } } });
    expect(world.asked).toEqual([]);
  });

  test('neither calls nor names a bank that is not disclosed, whatever its standing', async () => {
    const world = reading({ banks: [standingAt('hidden', { h1: ['BALANCE'] })] });
    expect(await world.ask(ids)).toEqual({ data: { me: { accounts: [] } } });
    expect(world.asked).toEqual([]);
  });

  test('asks each bank by its own reference of the customer and nothing of another', async () => {
    const world = reading({});
    await world.ask(ids);
    const asked = world.asked.map(({ bank, variables }) => [bank, JSON.stringify(variables)]);
    expect(asked.sort()).toEqual([
      ['harbor', '{"representations":[{"__typename":"Customer","ref":"harbor-c1"}]}'],
      ['summit', '{"representations":[{"__typename":"Customer","ref":"summit-c1"}]}'],
    ]);
  });

  test('asks accounts with different consents apart, each for what it permits', async () => {
    const world = reading({
      banks: [standingAt('harbor', { a1: ['BALANCE'], a2: ['ACCOUNT_IDENTITY'] })],
      rows: {},
      tamper: (_, { query }) => ({
        data: { _entities: [{ accounts: [tampered(query.includes('balances') ? 'a1' : 'a2')] }] },
      }),
    });
    const answer = await world.ask('{ me { accounts { nickname balances { kind } } } }');
    expect(answer.data).toEqual({
      me: {
        accounts: [
          { nickname: null, balances: [{ kind: 'CURRENT' }] },
          { nickname: 'nickname of a2', balances: null },
        ],
      },
    });
    expect(codes(answer)).toEqual([
      '["me","accounts",0,"nickname"] CONSENT_REQUIRED harbor',
      '["me","accounts",1,"balances"] CONSENT_REQUIRED harbor',
    ]);
    expect(world.asked.map(({ query }) => /nickname|balances/g.exec(query)?.[0])).toEqual(['balances', 'nickname']);
  });

  test('says BANK_EXCLUDED before CONSENT_REQUIRED, and asks for neither', async () => {
    const world = reading({
      banks: [standingAt('harbor', { a1: [] })],
      agreed: { harbor: ['RELATIONSHIP', 'TERMS'] },
    });
    const answer = await world.ask('{ me { accounts { balances { kind } terms { summary } } } }');
    expect(codes(answer)).toEqual([
      '["me","accounts",0,"balances"] BANK_EXCLUDED harbor',
      '["me","accounts",0,"terms"] CONSENT_REQUIRED harbor',
    ]);
    expect(world.asked[0]?.query).not.toMatch(/balances|terms/);
  });

  test('waits for a consent to be reconfirmed without a call', async () => {
    const world = reading({ banks: [standingAt('harbor', { a1: ['BALANCE'] }, 'reauth')] });
    const answer = await world.ask(ids);
    expect(answer.data).toEqual({ me: { accounts: [] } });
    expect(codes(answer)).toEqual(['["me","accounts"] REAUTH_REQUIRED harbor']);
    expect(world.asked).toEqual([]);
  });

  test('denies what the scope does not name, although consent and agreement do', async () => {
    const world = reading({ scope: ['ACCOUNT_IDENTITY'] });
    const answer = await world.ask('{ me { accounts { bank { id } balances { kind } } } }');
    expect(codes(answer)).toEqual([
      '["me","accounts",0,"balances"] PURPOSE_DENIED',
      '["me","accounts",1,"balances"] PURPOSE_DENIED',
    ]);
    expect(world.asked.some(({ query }) => query.includes('balances'))).toBe(false);
  });
});

/** An account as a bank answers it that knows the hidden keys. */
function tampered(reference: string, more: Row = {}): Row {
  const hidden = { ringfence_type: 'DepositAccount', ringfence_account: reference, ringfence_order_0: reference };
  return { ...account(reference), ...hidden, ...more };
}

describe('an account by its id', () => {
  const query = 'query($id: ID!) { account(id: $id) { id nickname } }';

  test.each([
    ['unknown', 'zzz'],
    [
      'another customer’s',
      sealer.seal({ kind: 'ACCOUNT', customer: 'customer-2' }, { bank: 'harbor', reference: 'a1' }),
    ],
    ['of another kind', idOf('TRANSACTION', 'a1')],
    ['not consented to', idOf('ACCOUNT', 'a9')],
    ['at a bank that is not disclosed', idOf('ACCOUNT', 'h1', 'hidden')],
    ['at a bank without standing', idOf('ACCOUNT', 'p1', 'prairie')],
    ['changed in its last character', `${idOf('ACCOUNT', 'a1').slice(0, -1)}_`],
  ])('is null without an error or a call when the id is %s', async (_, id) => {
    const world = reading({});
    expect(await world.ask(query, { id })).toEqual({ data: { account: null } });
    expect(world.asked).toEqual([]);
  });

  test('is asked of its own bank by the bank’s own reference alone', async () => {
    const world = reading({
      banks: [standingAt('harbor', { a1: ['ACCOUNT_IDENTITY'] })],
      rows: { harbor: { roots: { account: ({ id }: { id: string }) => account(id) } } },
    });
    const id = idOf('ACCOUNT', 'a1');
    expect(await world.ask(query, { id })).toEqual({ data: { account: { id, nickname: 'nickname of a1' } } });
    expect(world.asked.map(({ bank, variables }) => [bank, Object.values(variables)])).toEqual([['harbor', ['a1']]]);
  });

  test('is refused when the bank answers with another account, granted or not', async () => {
    const world = reading({
      banks: [standingAt('harbor', { a1: ['ACCOUNT_IDENTITY'], a2: ['ACCOUNT_IDENTITY'] })],
      rows: { harbor: { roots: { account: ({ id }: { id: string }) => account(id === 'a1' ? 'a2' : 'a1') } } },
    });
    const answer = await world.ask('query($a: ID!, $b: ID!) { a: account(id: $a) { id } b: account(id: $b) { id } }', {
      a: idOf('ACCOUNT', 'a1'),
      b: idOf('ACCOUNT', 'a2'),
    });
    expect(answer.data).toEqual({ a: null, b: null });
    expect(codes(answer)).toEqual(['["a"] BANK_UNAVAILABLE harbor', '["b"] BANK_UNAVAILABLE harbor']);
    expect(world.asked).toHaveLength(1);
  });
});

describe('a cursor', () => {
  const query = 'query($c: String) { me { accounts { bank { id } transactions(after: $c) { edges { cursor } } } } }';
  const banks = [
    standingAt('harbor', { a1: ['TRANSACTION_CORE'] }),
    standingAt('summit', { s1: ['TRANSACTION_CORE', 'BALANCE'] }),
  ];

  test('is opened at its own bank; at another one the page is null and not asked for', async () => {
    const world = reading({ banks });
    const { data, errors } = await world.ask(query, { c: idOf('CURSOR', 'c0') });
    const cursor = idOf('CURSOR', 'c1');
    expect(data).toEqual({
      me: {
        accounts: [
          { bank: { id: 'harbor' }, transactions: { edges: [{ cursor }] } },
          { bank: { id: 'summit' }, transactions: null },
        ],
      },
    });
    expect(errors).toBeUndefined();
    const [atHarbor, atSummit] = world.asked;
    expect(Object.values(atHarbor?.variables ?? {})).toContain('c0');
    expect(Object.keys(atSummit?.variables ?? {})).toEqual(['representations']);
    expect(atSummit?.query).not.toMatch(/transactions/);
  });

  test('does not travel where its field is not permitted', async () => {
    const world = reading({ banks: [standingAt('harbor', { a1: [] })] });
    await world.ask(query, { c: idOf('CURSOR', 'c0') });
    expect(Object.keys(world.asked[0]?.variables ?? {})).toEqual(['representations']);
  });

  test('is the same variable wherever the same argument is selected again', async () => {
    const world = reading({ banks });
    const { errors } = await world.ask(
      `query($c: String) { me { accounts {
         transactions(after: $c) { edges { cursor } }
         ... on DepositAccount { transactions(after: $c) { edges { node { id } } } }
         ... on CardAccount { transactions(after: $c) { pageInfo { endCursor } } } } } }`,
      { c: idOf('CURSOR', 'c0') },
    );
    expect(errors).toBeUndefined();
    expect(world.asked[0]?.query.match(/after: \$\w+/g)?.filter((one, _, all) => one !== all[0])).toEqual([]);
  });
});

describe('selections of one object', () => {
  test('are one object all the way down, in whichever fragment they stand', async () => {
    const world = reading({ banks: [standingAt('harbor', { a1: ['BALANCE'] })] });
    const { data } = await world.ask(
      '{ me { accounts { ... on DepositAccount { balances { money { amount } } } balances { money { currency } } } } }',
    );
    expect(data).toEqual({ me: { accounts: [{ balances: [{ money: { amount: '12.30', currency: 'USD' } }] }] } });
  });

  test('whose fragment is denied whole are null where the fragment applies and absent where not', async () => {
    const world = createWorld({
      purpose: 'P2P_PAYMENT',
      banks: [standingAt('harbor', { a1: ['ACCOUNT_IDENTITY'], a2: ['ACCOUNT_IDENTITY'] })],
      rows: { harbor: holding({ accounts: [account('a1'), { ...account('a2'), __typename: 'LoanAccount' }] }) },
    });
    const { data } = await world.ask('{ me { accounts { kind ... on DepositAccount { bills { payee } } } } }');
    expect(data).toEqual({ me: { accounts: [{ kind: 'CHECKING', bills: null }, { kind: 'CHECKING' }] } });
  });

  test('that the variables switch off are neither asked for nor answered', async () => {
    const world = reading({ banks: [standingAt('harbor', { a1: ['BALANCE', 'ACCOUNT_IDENTITY'] })] });
    const query =
      'query($no: Boolean = false) { me { accounts { kind balances @include(if: $no) { kind } ... @skip(if: true) { nickname } } } }';
    expect(await world.ask(query)).toEqual({ data: { me: { accounts: [{ kind: 'CHECKING' }] } } });
    expect(world.asked[0]?.query).not.toMatch(/balances|nickname|\$no/);
  });

  test('keep aliases that look like machinery apart from it', async () => {
    const world = reading({ banks: [standingAt('harbor', { a1: ['ACCOUNT_IDENTITY'] })] });
    const { data } = await world.ask(
      '{ me { accounts { ringfence_account: nickname reference: kind constructor: currency __proto__: status } } }',
    );
    expect(JSON.stringify(data)).toBe(
      '{"me":{"accounts":[{"ringfence_account":"nickname of a1","reference":"CHECKING","constructor":"USD","__proto__":"OPEN"}]}}',
    );
  });
});
