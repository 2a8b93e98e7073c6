import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printProblem } from '../../src/fault/index.js';
import {
  categoriesOf,
  cellWords,
  compileTable,
  controlCategories,
  deniableNonNulls,
  financialCategories,
  financialMask,
  loadPolicy,
  maskOf,
  neverConsentablePurposes,
  purposes,
  type PolicyTable,
  type Purpose,
} from '../../src/policy/index.js';
import { smallTable } from './smallTable.js';

function ownTable(): PolicyTable {
  const policy = loadPolicy('.');
  if (policy.kind === 'problems') throw new Error(policy.problems.map(printProblem).join('\n'));
  return policy.table;
}

const table = ownTable();
const labels = [...table.classification.labels.values()];

/** The purposes that may read a coordinate, below an anchor edge of theirs or not. */
function readers(coordinate: string, item = false): Purpose[] {
  return purposes.filter((purpose) => table.verdict(purpose, coordinate, item) === 'allow');
}

const servicing: Purpose = 'ACCOUNT_SERVICING';
const consentable: Purpose[] = [
  'ACCOUNT_SERVICING',
  'FRAUD_ALERTS',
  'SUPPORT_CHAT',
  'P2P_PAYMENT',
  'MERCHANT_CHECKOUT',
];

describe('the purposes that read a coordinate', () => {
  test.each<[string, Purpose[]]>([
    ['Nothing.here', []],
    ['Account.balances', [servicing]],
    ['CardAccount.availableBalance', [servicing, 'P2P_PAYMENT']],
    ['Account.holder', [servicing]],
    ['Account.currency', consentable],
    ['Account.nickname', [...consentable, 'CONSENT_MANAGEMENT']],
    ['Account.transactions', [servicing]],
    ['Transaction.description', [servicing]],
    ['BankConnection.status', consentable],
    ['Customer.connections', consentable],
    ['Customer.fraudAlerts', ['FRAUD_ALERTS']],
    ['FraudAlert.account', ['FRAUD_ALERTS']],
    ['FraudAlert.transaction', ['FRAUD_ALERTS']],
    ['Message.transaction', ['SUPPORT_CHAT']],
    ['Message.alert', ['SUPPORT_CHAT']],
    ['Checkout.payment', [servicing, 'P2P_PAYMENT', 'MERCHANT_CHECKOUT']],
    ['Payment.amount', [servicing, 'P2P_PAYMENT']],
    ['Consent.state', [...consentable, 'CONSENT_MANAGEMENT']],
    ['Consent.bank', [...consentable, 'CONSENT_MANAGEMENT']],
    ['Query.auditedReceipts', ['COMPLIANCE_AUDIT']],
    ['AuditedReceipt.count', ['COMPLIANCE_AUDIT']],
    ['Query.adProfile', ['AD_TARGETING', 'AD_MEASUREMENT']],
    ['Customer.adProfile', ['CONSENT_MANAGEMENT']],
    ['AdProfile.interests', ['CONSENT_MANAGEMENT', 'AD_TARGETING', 'AD_MEASUREMENT']],
    ['Query.me', [...purposes]],
    ['Bank.name', [...purposes]],
    ['Balance.money', [...purposes]],
    ['Mutation.sendPayment', ['P2P_PAYMENT']],
    ['Mutation.sendPayment(recipient:)', ['P2P_PAYMENT']],
    ['Mutation.sendPayment(credential:)', ['P2P_PAYMENT']],
    ['Mutation.startCheckout(credential:)', ['MERCHANT_CHECKOUT']],
    ['Mutation.setCardLock', [servicing]],
    ['Mutation.disputeTransaction', [servicing]],
    ['Mutation.acknowledgeFraudAlert', ['FRAUD_ALERTS']],
    ['Mutation.sendMessage', ['SUPPORT_CHAT']],
    ['Mutation.grantConsent(accountIds:)', ['CONSENT_MANAGEMENT']],
    ['Mutation.revokeConsent', ['CONSENT_MANAGEMENT']],
  ])('of %s are those of the domain', (coordinate, expected) => {
    expect(readers(coordinate)).toEqual(expected);
  });

  test.each<[string, Purpose[]]>([
    ['Transaction.description', [servicing, 'FRAUD_ALERTS', 'SUPPORT_CHAT']],
    ['Payment.amount', [servicing, 'SUPPORT_CHAT', 'P2P_PAYMENT', 'MERCHANT_CHECKOUT']],
    ['FraudAlert.severity', ['FRAUD_ALERTS', 'SUPPORT_CHAT']],
    ['FraudAlert.account', ['FRAUD_ALERTS', 'SUPPORT_CHAT']],
    ['FraudAlert.transaction', ['FRAUD_ALERTS']],
    ['Dispute.transaction', [servicing]],
    ['Account.transactions', [servicing]],
    ['Account.balances', [servicing]],
  ])('of %s below an anchor edge are those of the domain', (coordinate, expected) => {
    expect(readers(coordinate, true)).toEqual(expected);
  });

  test('an anchor edge opens an item for its own purposes only', () => {
    expect(purposes.filter((purpose) => table.anchors(purpose, 'FraudAlert.transaction'))).toEqual(['FRAUD_ALERTS']);
    expect(purposes.filter((purpose) => table.anchors(purpose, 'Checkout.payment'))).toEqual(['MERCHANT_CHECKOUT']);
  });
});

test('masks say what is read, read as an item, and only written', () => {
  const { direct, item, write } = table.cells('P2P_PAYMENT');
  expect(categoriesOf(direct & financialMask)).toEqual([
    'RELATIONSHIP',
    'ACCOUNT_IDENTITY',
    'AVAILABLE_BALANCE',
    'PAYMENT_ACTIVITY',
  ]);
  expect([item, categoriesOf(write)]).toEqual([0, ['PAYMENT_CREDENTIAL']]);
  expect(categoriesOf(table.cells('AD_TARGETING').direct)).toContain('AD_PROFILE');
});

describe('DERIVED', () => {
  const sdl = 'type Query { score: Int @data(category: DERIVED, from: [BALANCE, TERMS]) }';

  test.each([
    ['allow', 'allow'],
    ['item', 'deny'],
    ['deny', 'deny'],
  ] as const)('over an input that is `%s` is %s', (cell, verdict) => {
    const small = smallTable(sdl, {
      row: new Map([
        ['BALANCE', 'allow'],
        ['TERMS', cell],
      ]),
    });
    expect(small.verdict(servicing, 'Query.score', false)).toBe(verdict);
  });

  test('needs its inputs of scope, consent and agreement', () => {
    expect(categoriesOf(smallTable(sdl, { row: new Map() }).needs('Query.score'))).toEqual(['BALANCE', 'TERMS']);
  });
});

test('an item opens no edge to another object that its purpose does not read anyway', () => {
  const sdl = `type Query { alert: Alert @data(category: BALANCE) }
    type Alert { entry: Entry @data(category: BALANCE) }
    type Entry { next: Entry @data(category: TERMS) all: List @data(category: TERMS) text: String @data(category: TERMS) }
    type List @value { rows: [Entry] }`;
  const anchors = new Map<Purpose, Set<string>>([['FRAUD_ALERTS', new Set(['Alert.entry'])]]);
  const small = smallTable(sdl, {
    anchors,
    row: new Map([
      ['BALANCE', 'allow'],
      ['TERMS', 'item'],
    ]),
  });
  const verdicts = ['text', 'next', 'all'].map((field) => small.verdict('FRAUD_ALERTS', `Entry.${field}`, true));
  expect(verdicts).toEqual(['allow', 'deny', 'deny']);
});

describe('laws', () => {
  const guarded = maskOf([...financialCategories, ...controlCategories]);
  const rowOf = fc.record(
    Object.fromEntries(
      [...financialCategories, ...controlCategories].map((word) => [word, fc.constantFrom(...cellWords)]),
    ),
  );

  test('whatever a matrix says, no never-consentable purpose reads a guarded coordinate, and no mask says it does', () => {
    fc.assert(
      fc.property(rowOf, fc.boolean(), (cells, item) => {
        const row = new Map(Object.entries(cells)) as never;
        const wild = compileTable(table.classification, {
          ...table.matrix,
          rows: new Map(purposes.map((purpose) => [purpose, row])),
        });
        for (const purpose of neverConsentablePurposes) {
          const read = labels.filter(
            ({ coordinate, categories }) =>
              (categories & guarded) !== 0 && wild.verdict(purpose, coordinate, item) === 'allow',
          );
          const { direct, item: items, write } = wild.cells(purpose);
          expect([read, (direct | items | write) & guarded]).toEqual([[], 0]);
        }
      }),
      { numRuns: 15 },
    );
  });

  test('a position below an anchor edge is never denied what it is allowed elsewhere', () => {
    const lost = purposes.flatMap((purpose) =>
      labels.filter(
        ({ coordinate }) =>
          table.verdict(purpose, coordinate, false) === 'allow' && table.verdict(purpose, coordinate, true) === 'deny',
      ),
    );
    expect(lost).toEqual([]);
  });

  test('with every cell denied, only open categories are read', () => {
    const closed = compileTable(table.classification, { ...table.matrix, rows: new Map() });
    const read = labels.filter(({ coordinate }) =>
      purposes.some((purpose) => closed.verdict(purpose, coordinate, true) === 'allow'),
    );
    expect(read.filter(({ categories }) => (categories & guarded) !== 0)).toEqual([]);
  });
});

describe('what may be denied is nullable', () => {
  const row = new Map([
    ['RELATIONSHIP', 'allow'],
    ['BALANCE', 'allow'],
    ['TERMS', 'deny'],
  ] as const);

  function findings(sdl: string): string[] {
    const small = smallTable(sdl, { row });
    return deniableNonNulls(small.classification, small).map(({ code, coordinate }) => `${code} ${coordinate}`);
  }

  const query = 'type Query { me: Me @data(category: APP_PUBLIC) }';

  test.each([
    [
      'a field that the matrix denies',
      `${query} type Me { a: Int! @data(category: TERMS) }`,
      ['DENIABLE_NON_NULL Me.a'],
    ],
    [
      'a field that a consent may not cover',
      `${query} type Me { a: Int! @data(category: BALANCE) }`,
      ['DENIABLE_NON_NULL Me.a'],
    ],
    [
      'a field of the edge`s own category',
      `type Query { me: Me @data(category: BALANCE) } type Me { a: Int! @data(category: BALANCE) b: ID! @data(category: RELATIONSHIP) }`,
      [],
    ],
    [
      'a field below a value type',
      `type Query { me: P @data(category: APP_PUBLIC) } type P @value { me: Me! } type Me { a: Int! @data(category: BALANCE) }`,
      ['DENIABLE_NON_NULL Me.a'],
    ],
    ['a list of what the customer holds', `${query} type Me { a: [Int!]! @data(category: RELATIONSHIP) }`, []],
    ['a root field', 'type Query { a: Int! @data(category: BALANCE) }', ['DENIABLE_NON_NULL Query.a']],
    [
      'a key that is never emitted',
      `${query} type Me { a: Int! @inaccessible @data(category: BALANCE) b: Int @data(category: BALANCE) }`,
      [],
    ],
    [
      'an argument that the matrix denies',
      'type Query { a(t: Int! @data(category: TERMS)): Int @data(category: BALANCE) }',
      ['DENIABLE_REQUIRED_ARGUMENT Query.a(t:)'],
    ],
    [
      'an argument that a consent may not cover',
      'type Query { a(t: Int! @data(category: BALANCE)): Int @data(category: APP_PUBLIC) }',
      ['DENIABLE_REQUIRED_ARGUMENT Query.a(t:)'],
    ],
    [
      'an argument with a default',
      'type Query { a(t: Int! = 1 @data(category: TERMS)): Int @data(category: BALANCE) }',
      [],
    ],
  ])('%s', (_, sdl, expected) => {
    expect(findings(sdl)).toEqual(expected);
  });
});
