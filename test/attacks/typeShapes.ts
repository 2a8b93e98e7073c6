/** Attacks 1 to 5: through interfaces, unions, facts about rows, labels in the wrong place, and proxies. */
import { describe, expect, test } from '@jest/globals';
import { flowOf, brief } from '../supergraph/flow/smallFlow.js';
import { classifySdl } from '../supergraph/smallGraph.js';
import { firstParty, outsiders, type Scene } from './scene.js';

const balance = 'money { amount }';

/** The attacks of this section. */
export function typeAttacks(scene: () => Scene): void {
  describe('1. fields through interfaces', () => {
    test.each([
      `{ me { accounts { balances { ${balance} } } } }`,
      `{ me { accounts { ... on DepositAccount { balances { ${balance} } } } } }`,
      `{ me { ... on Customer { accounts { ... on Account { ... on CardAccount { card { lastFour } } } } } } }`,
      '{ me { ... on Node { accounts { id nickname } } } }',
    ])('1. nobody outside reads a financial field by `%s`', async (query) => {
      for (const outsider of Object.values(outsiders)) {
        await scene().repelled(() => scene().ask(outsider, query));
      }
    });

    test('1. a field that the purpose denies stays denied on the interface, on the object and in a chain of both', async () => {
      const { answer, asked } = await scene().heard(() =>
        scene().ask(
          firstParty('FRAUD_ALERTS'),
          `{ me { accounts { id balances { ${balance} } ... on Account { holder { name } ... on DepositAccount {
             own: balances { ${balance} } ... on Account { chained: availableBalance { ${balance} } } } } } } }`,
        ),
      );
      const rows = answer.data.me?.accounts ?? [];
      expect(rows.length).toBeGreaterThan(0);
      for (const { id, ...denied } of rows) {
        expect(String(id).length).toBeGreaterThan(10);
        expect(new Set(Object.values(denied))).toEqual(new Set([null]));
      }
      expect(new Set(answer.errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['PURPOSE_DENIED']));
      expect(asked).not.toMatch(/alance|holder/);
    });

    test('1. a field that `@interfaceObject` adds from what is restricted behind the interface does not compose as open', () => {
      const flow = flowOf({
        sdl: {
          bank: `type Query { accounts: [Account!] @data(category: RELATIONSHIP) }
            interface Account @key(fields: "id") { id: ID! @data(category: RELATIONSHIP) total: Int @data(category: BALANCE) }
            type Loan implements Account @key(fields: "id") { id: ID! @data(category: RELATIONSHIP) total: Int @data(category: BALANCE) }`,
          ads: `type Account @interfaceObject @key(fields: "id") { id: ID! @data(category: RELATIONSHIP) total: Int @external
            score: Int @requires(fields: "total") @data(category: AD_PROFILE) }`,
        },
        cleared: { bank: ['RELATIONSHIP', 'BALANCE'] },
      });
      expect(flow.findings.map(({ sink }) => sink)).toContain('subgraph ads');
      expect(flow.findings.map(({ sink }) => sink)).toContain('Account.score');
    });
  });

  describe('2. unions and sibling fragments', () => {
    test('2. sibling fragments under one response key are judged each by its own field', async () => {
      const { answer, asked } = await scene().heard(() =>
        scene().ask(
          firstParty('FRAUD_ALERTS'),
          `{ me { accounts { __typename ... on DepositAccount { x: holder { phone } } ... on CardAccount { x: card { phone: lastFour } } } } }`,
        ),
      );
      const rows = answer.data.me?.accounts ?? [];
      const ofType = (name: string) => rows.filter((row) => String(row['__typename']) === name);
      expect(ofType('DepositAccount').map(({ x }) => x)).toEqual(ofType('DepositAccount').map(() => null));
      expect(ofType('CardAccount').map(({ x }) => x?.phone)).toEqual([expect.stringMatching(/^\d{4}$/)]);
      expect(asked).not.toContain('holder');
    });

    test('2. a new implementer without labels does not compose', () => {
      const graph = (label: string) => ({
        bank: `type Query { accounts: [Account!] @data(category: RELATIONSHIP) }
          interface Account { nickname: String @data(category: ACCOUNT_IDENTITY) }
          type Loan implements Account { nickname: String @data(category: ACCOUNT_IDENTITY) }
          type Brokerage implements Account { nickname: String ${label} }`,
      });
      expect(classifySdl(graph('@data(category: ACCOUNT_IDENTITY)')).kind).toBe('ok');
      expect(classifySdl(graph(''))).toMatchObject({
        kind: 'problems',
        problems: [{ coordinate: 'Brokerage.nickname' }],
      });
    });

    test('2. a union of rows is no way around the label of the edge that leads to it', () => {
      const flow = flowOf({
        sdl: {
          bank: `type Query { found: [Hit!] @data(category: OFFER_PUBLIC) } union Hit = Loan | Offer
            type Loan { total: Int @data(category: BALANCE) } type Offer { text: String @data(category: OFFER_PUBLIC) }`,
        },
        cleared: { bank: ['RELATIONSHIP', 'BALANCE'] },
      });
      expect(flow.findings.map(brief)).toEqual([expect.stringContaining('FLOW_INTO_COORDINATE Query.found')]);
    });
  });

  describe('3. facts about rows', () => {
    test.each([
      '{ me { accounts { __typename } } }',
      '{ me { connections { __typename } } }',
      '{ me { fraudAlerts { __typename } payments { __typename } conversations { __typename } } }',
      '{ me { receipts { pageInfo { hasNextPage } } } }',
    ])('3. `%s` tells a partner app the same for a customer with accounts as for one with none', async (query) => {
      const answers = await Promise.all(
        ['customer-1', 'customer-3'].map((customer) =>
          scene().repelled(() => scene().ask({ ...outsiders.partnerApp, customer }, query)),
        ),
      );
      expect(answers[0]?.text).toBe(answers[1]?.text);
      expect(answers[0]?.text).not.toMatch(/"(DepositAccount|BankConnection|FraudAlert)"/);
    });

    test('3. a first-party purpose that is denied alerts learns neither their number nor that there are none', async () => {
      const answers = await Promise.all(
        ['customer-1', 'customer-3'].map((customer) =>
          scene().ask(
            firstParty('P2P_PAYMENT', customer),
            '{ me { fraudAlerts { __typename } conversations { __typename } } }',
          ),
        ),
      );
      expect(answers[0]?.data).toEqual({ me: { fraudAlerts: null, conversations: null } });
      expect(answers[1]?.text).toBe(answers[0]?.text);
    });
  });

  describe('4. labels beside the field', () => {
    test('4. a label on a scalar, an enum or an output type labels no field', () => {
      const graph = (type: string, field: string) => ({
        bank: `type Query { one: T @data(category: RELATIONSHIP) } ${type} type T { id: ID! @data(category: RELATIONSHIP) f: ${field} }`,
      });
      for (const [type, field] of [
        ['scalar Amount', 'Amount'],
        ['enum Band { LOW HIGH }', 'Band'],
      ] as const) {
        expect(classifySdl(graph(type, field))).toMatchObject({ kind: 'problems', problems: [{ coordinate: 'T.f' }] });
      }
    });

    test('4. ids and cursors hold no value: they are sealed, and differ from customer to customer', async () => {
      const query =
        '{ me { accounts { id transactions(first: 2) { edges { cursor node { id bookedAt amount { amount } } } } } } }';
      const { data } = await scene().ask(firstParty('ACCOUNT_SERVICING'), query);
      const edges = (data.me?.accounts ?? []).flatMap(({ transactions }) => transactions?.edges ?? []);
      expect(edges.length).toBeGreaterThan(4);
      for (const { cursor, node } of edges) {
        const opened = [cursor, node?.id].map(
          (id) => Buffer.from(String(id), 'base64url').toString('latin1') + String(id),
        );
        const [date] = String(node?.bookedAt).split('T');
        for (const text of opened)
          for (const value of [String(node?.amount?.amount), date]) expect(text).not.toContain(value);
      }
      const foreign = String(data.me?.accounts?.[0]?.id);
      await scene().repelled(() =>
        scene().ask(firstParty('ACCOUNT_SERVICING', 'customer-2'), 'query ($id: ID!) { account(id: $id) { kind } }', {
          id: foreign,
        }),
      );
    });
  });

  test('5. a flag, score or segment that is made from financial data does not compose as harmless', () => {
    const flow = (category: string) =>
      flowOf({
        sdl: {
          bank: `type Query { me: Customer @data(category: PLATFORM_PROFILE) }
            type Customer @key(fields: "ref") { ref: ID! @data(category: PLATFORM_PROFILE) total: Int @data(category: BALANCE) }`,
          scores: `type Customer @key(fields: "ref") { ref: ID! @data(category: PLATFORM_PROFILE) total: Int @external
            isAffluent: Boolean @requires(fields: "total") @data(category: ${category}) }`,
        },
        cleared: { bank: ['BALANCE'], scores: ['BALANCE'] },
      }).findings.map(brief);
    expect(flow('PLATFORM_PROFILE')).toEqual([
      expect.stringContaining('FLOW_INTO_COORDINATE Customer.isAffluent BALANCE'),
    ]);
    expect(flow('DERIVED, from: [BALANCE]')).toEqual([]);
  });
}
