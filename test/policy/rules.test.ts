import { describe, expect, test } from '@jest/globals';
import { buildSchema, graphql, GraphQLError, type GraphQLSchema } from 'graphql';
import { addResolversToSchema } from '@graphql-tools/schema';
import { ClientFault } from '../../src/fault/index.js';
import {
  anchorKey,
  purposes,
  shieldSchema,
  type DataCategory,
  type Evidence,
  type Row,
} from '../../src/policy/index.js';
import * as rules from '../../src/policy/rules.js';

const sdl = buildSchema(`
  type Query { account(id: ID!): Account }
  type Mutation { sendPayment(credential: String): Payment }
  interface Account { id: ID reference: ID nickname: String balances: [Balance!] }
  type DepositAccount implements Account { id: ID reference: ID nickname: String balances: [Balance!] }
  type Balance { source: String }
  type Payment { id: ID }
`);

const stated = { id: 'a', nickname: 'Daily', balances: [{ source: 'LIVE' }] };

function schemaOf(
  resolvers: Record<string, unknown> = {},
  row: object = { ...stated, reference: 'acc-1' },
): GraphQLSchema {
  const Query = { account: () => ({ __typename: 'DepositAccount', ...row }) };
  const Mutation = { sendPayment: () => ({ id: 'p' }) };
  return shieldSchema(addResolversToSchema({ schema: sdl, resolvers: { Query, Mutation, ...resolvers } }));
}

const everything: Evidence = {
  purpose: 'ACCOUNT_SERVICING',
  scope: () => true,
  consent: () => true,
  agreement: () => true,
};

const source = '{ account(id: "x") { nickname balances { source } } }';

async function ask(evidence: Partial<Evidence>, schema = schemaOf(), query = source) {
  const contextValue = { evidence: { ...everything, ...evidence } };
  return JSON.parse(JSON.stringify(await graphql({ schema, source: query, contextValue })));
}

const denial = { message: 'the purpose or scope of the token does not reach this field', code: 'PURPOSE_DENIED' };

describe('the shield', () => {
  test('denies everything without evidence', async () => {
    const { data, errors } = await graphql({ schema: schemaOf(), source, contextValue: {} });
    expect(data).toEqual({ account: null });
    expect(errors?.[0]?.extensions).toEqual({ code: 'PURPOSE_DENIED' });
  });

  test('denies one field and lets its siblings pass', async () => {
    const { data, errors } = await ask({ purpose: 'FRAUD_ALERTS' });
    expect(data).toEqual({ account: { nickname: 'Daily', balances: null } });
    expect(errors.map(({ message, extensions }: never) => ({ message, ...(extensions as object) }))).toEqual([denial]);
  });

  test.each(['scope', 'consent', 'agreement'] as const)('denies a balance without %s for it', async (part) => {
    const { data } = await ask({ [part]: (category: DataCategory) => category !== 'BALANCE' });
    expect(data.account).toEqual({ nickname: 'Daily', balances: null });
  });

  test('permits a balance where purpose, scope, consent and agreement do', async () => {
    expect(await ask({})).toEqual({ data: { account: { nickname: 'Daily', balances: [{ source: 'LIVE' }] } } });
  });

  test('denies where the evidence throws', async () => {
    const scope = () => {
      throw new Error('no such scope: 12.30');
    };
    const { data, errors } = await ask({ scope });
    expect(data).toEqual({ account: null });
    expect(JSON.stringify(errors)).not.toContain('12.30');
  });

  test('asks consent for the account that the row belongs to', async () => {
    const rows: Row[] = [];
    const consent = (category: DataCategory, row: Row) => {
      if (category === 'BALANCE') rows.push(row);
      return row.accountReference !== 'acc-1' || category !== 'BALANCE';
    };
    expect((await ask({ consent })).data.account.balances).toBeNull();
    expect(rows).toEqual([{ accountReference: 'acc-1' }]);
  });

  test('denies the fields of an account row that does not say which account it is', async () => {
    expect((await ask({}, schemaOf({}, stated))).data.account).toEqual({ nickname: null, balances: null });
  });

  test('lets no text of a failed resolver out', async () => {
    const failing = schemaOf({
      Query: {
        account: () => {
          throw new Error('insufficient funds: 12.30');
        },
      },
    });
    const { errors } = await ask({}, failing);
    expect(errors[0].extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
    expect(JSON.stringify(errors)).not.toContain('12.30');
  });

  test('keeps the code and words of a fault that a resolver chose for the client', async () => {
    const failing = schemaOf({
      Query: {
        account: () => {
          throw new ClientFault('BAD_USER_INPUT', 'the key was used for another payment');
        },
      },
    });
    const { errors } = await ask({}, failing);
    expect(errors[0]).toMatchObject({
      message: 'the key was used for another payment',
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});

describe('an error of a resolver behind a permission', () => {
  const told = async (error: unknown): Promise<unknown> => {
    const account = () => {
      throw error;
    };
    const { errors } = await ask({}, schemaOf({ Query: { account } }));
    return errors[0].extensions;
  };

  test.each([
    ['a code that is known', { code: 'BAD_USER_INPUT' }, 'BAD_USER_INPUT'],
    ['a code that nobody knows', { code: 'BALANCE_12_30' }, 'INTERNAL_SERVER_ERROR'],
    ['a code that every object has', { code: 'constructor' }, 'INTERNAL_SERVER_ERROR'],
    ['a code that is no text', { code: ['BAD_USER_INPUT'] }, 'INTERNAL_SERVER_ERROR'],
    ['no code', {}, 'INTERNAL_SERVER_ERROR'],
  ])('keeps of %s the code alone', async (_, extensions, code) => {
    expect(await told(new GraphQLError('insufficient funds: 12.30', { extensions }))).toEqual({ code });
  });

  test('keeps nothing of an error that is not of GraphQL, whatever it calls its code', async () => {
    const error = Object.assign(new Error('x'), { extensions: { code: 'BAD_USER_INPUT' } });
    expect(await told(error)).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
  });
});

describe('a payment credential', () => {
  const pay = (credential: string) => `mutation { sendPayment(credential: ${credential}) { id } }`;
  const payer: Partial<Evidence> = {
    purpose: 'P2P_PAYMENT',
    scope: (category) => category !== 'PAYMENT_CREDENTIAL',
  };

  test('is not taken without a scope for it', async () => {
    expect((await ask(payer, schemaOf(), pay('"token"'))).data).toEqual({ sendPayment: null });
  });

  test('is not needed to pay', async () => {
    expect((await ask(payer, schemaOf(), pay('null'))).data).toEqual({ sendPayment: { id: 'p' } });
  });
});

describe('an item', () => {
  const graph = buildSchema(`
    type Query { me: Customer }
    type Customer { fraudAlerts: [FraudAlert!] }
    type FraudAlert { accountReference: ID transaction: Transaction }
    type Transaction { id: ID accountReference: ID }
  `);
  const row = { accountReference: 'acc-1' };

  function alerts(anchor: string | undefined): GraphQLSchema {
    const Query = { me: () => ({ fraudAlerts: [row] }) };
    const FraudAlert = { transaction: () => ({ id: 't', ...row, [anchorKey]: anchor }) };
    return shieldSchema(addResolversToSchema({ schema: graph, resolvers: { Query, FraudAlert } }));
  }

  const read = (anchor?: string, evidence: Partial<Evidence> = {}) =>
    ask({ purpose: 'FRAUD_ALERTS', ...evidence }, alerts(anchor), '{ me { fraudAlerts { transaction { id } } } }').then(
      ({ data }) => data.me.fraudAlerts[0].transaction,
    );

  test('stays closed off its anchor edge', async () => {
    expect(await read()).toEqual({ id: null });
    expect(await read('Message.transaction')).toEqual({ id: null });
  });

  test('opens on its anchor edge', async () => {
    expect(await read('FraudAlert.transaction')).toEqual({ id: 't' });
  });

  test('needs consent for that edge alone, and the edge asks for it before the item is there', async () => {
    const consent = (category: DataCategory, { anchor }: Row) =>
      category !== 'TRANSACTION_CORE' || anchor === 'FraudAlert.transaction';
    expect(await read('FraudAlert.transaction', { consent })).toEqual({ id: 't' });
    expect(await read('FraudAlert.transaction', { consent: (category) => category !== 'TRANSACTION_CORE' })).toBeNull();
  });

  test('is no anchor for another purpose, even one that reads alerts as items', async () => {
    expect(await read('FraudAlert.transaction', { purpose: 'SUPPORT_CHAT' }).catch(() => 'closed')).toBe('closed');
  });
});

describe('every rule', () => {
  const openToAll = ['publicProfile', 'publicBanks', 'publicOffers', 'publicApps', 'asTheEdge', 'machinery'];
  const all = Object.values(rules) as unknown as { readonly name: string; readonly cache: string }[];

  test('has a name of its own, because shield knows rules by name', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  });

  test('caches nothing', () => {
    expect(new Set(all.map(({ cache }) => cache))).toEqual(new Set(['no_cache']));
  });

  test('denies where there is no evidence to look at, unless it is open to all', async () => {
    const open = new Set(openToAll);
    for (const name of Object.keys(rules).filter((key) => !open.has(key))) {
      expect([name, await readsUnder(name, {})]).toEqual([name, false]);
    }
  });

  test('denies the never-consentable purposes whatever the evidence, unless it is open', async () => {
    const open = new Set([...openToAll, 'adsSystem', 'readsAdProfile']);
    const never = purposes.slice(purposes.indexOf('COMPLIANCE_AUDIT') + 1);
    for (const name of Object.keys(rules).filter((key) => !open.has(key))) {
      for (const purpose of never) {
        const context = { evidence: { ...everything, purpose } };
        expect([name, purpose, await readsUnder(name, context)]).toEqual([name, purpose, false]);
      }
    }
  });

  async function readsUnder(name: string, context: object): Promise<unknown> {
    const rule = (rules as unknown as Record<string, rules.Rule>)[name];
    const info = { parentType: sdl.getType('DepositAccount') } as never;
    const options = { debug: false } as never;
    return rule?.resolve({ reference: 'acc-1' }, {}, context as never, info, options);
  }
});
