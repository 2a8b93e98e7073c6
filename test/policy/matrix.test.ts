import { describe, expect, test } from '@jest/globals';
import { printProblem } from '../../src/fault/index.js';
import { loadPolicy, purposes, type Cell, type Policy, type Purpose } from '../../src/policy/index.js';
import { onProjectCopy, type Edit } from './projectCopy.js';

const matrix = 'policy/matrix.yaml';

function loaded(root = '.'): Policy {
  const policy = loadPolicy(root);
  if (policy.kind === 'problems') throw new Error(policy.problems.map(printProblem).join('\n'));
  return policy;
}

async function problemsAfter(...edits: Edit[]): Promise<string[]> {
  const policy = await onProjectCopy(edits, loadPolicy);
  return policy.kind === 'problems' ? policy.problems.map(printProblem) : [];
}

const own = loaded();

/** Section 3 of the domain, column by column; `-` denies. TERMS and BILLS share a column, and so do the records. */
const columns = [
  ['RELATIONSHIP'],
  ['ACCOUNT_IDENTITY'],
  ['HOLDER_PII'],
  ['AVAILABLE_BALANCE'],
  ['BALANCE'],
  ['TERMS', 'BILLS'],
  ['TRANSACTION_CORE'],
  ['TRANSACTION_DETAIL'],
  ['PAYMENT_CREDENTIAL'],
  ['PAYMENT_ACTIVITY'],
  ['FRAUD_SIGNAL'],
  ['BANK_OFFER'],
  ['CONVERSATION'],
  ['CONSENT_RECORD', 'RECEIPT'],
];
const table: Partial<Record<Purpose, string>> = {
  ACCOUNT_SERVICING: 'A A A A A A A A - A - - - own',
  FRAUD_ALERTS: 'A A - - - - I I - - A - - own',
  SUPPORT_CHAT: 'A A - - - - I I - I I - A own',
  P2P_PAYMENT: 'A A - A - - - - W A - - - own',
  MERCHANT_CHECKOUT: 'A A - - - - - - W I - - - own',
  CONSENT_MANAGEMENT: 'picking picking - - - - - - - - - - - own',
  COMPLIANCE_AUDIT: '- - - - - - - - - - - - - reduced',
};
const words: Record<string, Cell> = { A: 'allow', I: 'item', W: 'write', '-': 'deny' };

describe('the matrix of this repository', () => {
  test.each(purposes.map((purpose) => [purpose]))('the row of %s is the row of the domain', (purpose) => {
    const cells = (table[purpose] ?? '- - - - - - - - - - - - - -').split(' ');
    const expected = columns.flatMap((column, index) =>
      column.map((category) => [category, words[cells[index] ?? ''] ?? cells[index]]),
    );
    expect(Object.fromEntries(own.table.matrix.rows.get(purpose) ?? [])).toEqual(Object.fromEntries(expected));
  });

  test('the demo clients are registered for the purposes of the domain', () => {
    const { clients } = own;
    expect([...clients.keys()]).toEqual(['messenger', 'ads-engine', 'partner-app', 'insights', 'auditor']);
    expect([...(clients.get('ads-engine') ?? [])]).toEqual(['AD_TARGETING', 'AD_MEASUREMENT']);
  });

  test('the public subgraphs have no clearance', () => {
    const { clearances } = own;
    expect(['offers', 'ads', 'apps'].map((name) => clearances.get(name))).toEqual([0, 0, 0]);
  });
});

describe('a matrix does not load', () => {
  test('with an open cell in the row that the never-consentable purposes share', async () => {
    const shared = await problemsAfter({
      file: matrix,
      from: '&never\n    RELATIONSHIP: deny',
      to: '&never\n    RELATIONSHIP: allow',
    });
    expect(shared).toHaveLength(9);
    expect(shared[0]).toMatch(
      /^policy\/matrix\.yaml:\d+:5 NEVER_CONSENTABLE rows\.AD_TARGETING\.RELATIONSHIP: is `allow`/,
    );
  });

  test.each([
    ['an unknown word', 'HOLDER_PII: allow', 'HOLDER_PII: maybe', 'POLICY_FILE rows.ACCOUNT_SERVICING.HOLDER_PII'],
    [
      'an unknown category',
      'HOLDER_PII: allow',
      'HOLDER_PII: allow\n    SHOE_SIZE: allow',
      'POLICY_FILE rows.ACCOUNT_SERVICING',
    ],
    ['a missing cell', '    HOLDER_PII: allow\n', '', 'POLICY_FILE rows.ACCOUNT_SERVICING.HOLDER_PII'],
    ['a cell stated twice', 'HOLDER_PII: allow', 'HOLDER_PII: allow\n    HOLDER_PII: deny', 'SYNTAX'],
    ['a missing row', '  ELIGIBILITY: *never\n', '', 'POLICY_FILE rows.ELIGIBILITY'],
    [
      'an unknown purpose',
      '  ELIGIBILITY: *never\n',
      '  ELIGIBILITY: *never\n  CURIOSITY: *never\n',
      'POLICY_FILE rows',
    ],
    ['records that are `allow`', 'RECEIPT: own', 'RECEIPT: allow', 'POLICY_FILE rows.ACCOUNT_SERVICING.RECEIPT'],
    ['an anchor that is no edge', '- FraudAlert.transaction', '- FraudAlert.severity', 'MATRIX anchors.FRAUD_ALERTS.0'],
    [
      'an anchor that its purpose is denied',
      '- Message.alert',
      '- Customer.payments\n    - Query.account\n    - CardAccount.holder',
      'MATRIX anchors.SUPPORT_CHAT.4',
    ],
    [
      'an anchor of a purpose without a customer',
      '  MERCHANT_CHECKOUT:\n    - Ch',
      '  ANALYTICS:\n    - Ch',
      'MATRIX anchors.ANALYTICS.0',
    ],
    ['a picked coordinate that is not there', '- Query.account(id:)', '- Query.account(ref:)', 'MATRIX picking.2'],
    ['a picked coordinate that no cell picks', '- Customer.accounts', '- Customer.id', 'MATRIX picking.0'],
    ['a mutation without writers', '  Mutation.setCardLock: [ACCOUNT_SERVICING]\n', '', 'MATRIX writes'],
    ['writers of nothing', 'Mutation.setCardLock', 'Mutation.setCard', 'MATRIX writes.Mutation.setCard'],
    ['a writer without a customer', '[MERCHANT_CHECKOUT]', '[ANALYTICS]', 'MATRIX writes.Mutation.startCheckout.0'],
    [
      'an entry that is not there',
      '- Query.adProfile(id:)',
      '- Query.profile',
      'MATRIX entries.AD_PROFILE.AD_TARGETING.1',
    ],
    [
      'an entry that carries something else',
      '- Query.adProfile(id:)',
      '- Account.balances',
      'MATRIX entries.AD_PROFILE.AD_TARGETING.1',
    ],
    ['an open category that nobody reads', ', APP_PUBLIC]', ']', 'MATRIX open: expected `APP_PUBLIC`'],
    [
      'a category open to all and by entries',
      ', APP_PUBLIC]',
      ', APP_PUBLIC, AD_PROFILE]',
      'MATRIX open: expected `AD_PROFILE`',
    ],
    ['a financial category open to all', ', APP_PUBLIC]', ', APP_PUBLIC, BALANCE]', 'POLICY_FILE open.4'],
  ])('with %s', async (_, ...[from, to, message]) => {
    const found = await problemsAfter({ file: matrix, from, to });
    expect(found.join('\n')).toContain(message);
    expect(found[0]).toMatch(/^policy\/matrix\.yaml:\d+:\d+ /);
  });
});

describe('the other files do not load', () => {
  test.each([
    ['a client of an unknown purpose', 'clients', '[ANALYTICS]', '[CURIOSITY]', 'POLICY_FILE clients.insights.0'],
    [
      'a clearance for an unknown category',
      'clearances',
      '[RELATIONSHIP]',
      '[SECRET]',
      'POLICY_FILE clearances.directory.0',
    ],
    [
      'a subgraph without clearance',
      'clearances',
      '  apps: []\n',
      '',
      'CLEARANCE clearances: lists no subgraph `apps`',
    ],
    [
      'a clearance for no subgraph',
      'clearances',
      '  apps: []',
      '  apps: []\n  spies: []',
      'CLEARANCE clearances.spies',
    ],
  ])('with %s', async (_, ...[name, from, to, message]) => {
    expect((await problemsAfter({ file: `policy/${name}.yaml`, from, to })).join('\n')).toContain(message);
  });

  test('where they are missing, and say which', async () => {
    const found = await problemsAfter({ file: 'schema/bank.graphql', from: 'type Query {', to: 'type Query {' });
    expect(found).toEqual([]);
    const policy = loadPolicy('/nonexistent');
    expect(policy.kind === 'problems' && policy.problems.every(({ code }) => code === 'FILE_UNREADABLE')).toBe(true);
  });
});

test('what composition brings forth without a label does not load', async () => {
  const found = await problemsAfter(
    { file: 'schema/platform/apps.graphql', from: 'extend schema', to: 'schema' },
    {
      file: 'schema/platform/apps.graphql',
      from: '@composeDirective(name: "@value")',
      to: '@composeDirective(name: "@value") { query: Apps }',
    },
    { file: 'schema/platform/apps.graphql', from: 'type Query {', to: 'type Apps {' },
  );
  expect(found).toContain('UNCLASSIFIED Query.app: is in the composed graph and in no classification');
});

test('what an interface object adds to accounts carries that they are there', async () => {
  const added =
    '\ntype Account @key(fields: "bankId reference") @interfaceObject { bankId: ID! @inaccessible @data(category: RELATIONSHIP) reference: ID! @inaccessible @data(category: RELATIONSHIP) score: Int @data(category: APP_PUBLIC) }\n';
  const found = await problemsAfter(
    { file: 'schema/platform/apps.graphql', from: '"@shareable"', to: '"@shareable", "@interfaceObject"' },
    { file: 'schema/platform/apps.graphql', from: '\ntype App ', to: `${added}\ntype App ` },
  );
  const sinks = found.map((line) => /FLOW_INTO_\w+ [^:]+/.exec(line)?.[0]);
  expect(sinks).toEqual([
    'FLOW_INTO_COORDINATE Account.score',
    'FLOW_INTO_COORDINATE CardAccount.score',
    'FLOW_INTO_COORDINATE DepositAccount.score',
    'FLOW_INTO_COORDINATE LoanAccount.score',
    'FLOW_INTO_SUBGRAPH subgraph apps',
  ]);
});

test('a list that names a field of an interface and not of an implementer does not load', async () => {
  const found = await problemsAfter({ file: matrix, from: '  - CardAccount.nickname\n', to: '' });
  expect(found).toEqual([
    'MATRIX CardAccount.nickname: `picking` of `policy/matrix.yaml` lists `Account.nickname` without `CardAccount.nickname`; list both or neither',
  ]);
});

describe('the hash', () => {
  test('stays when a comment, a description or the order of a list changes', async () => {
    const edits = [
      { file: matrix, from: '# What each purpose', to: '# Something else\n# What each purpose' },
      { file: 'schema/bank.graphql', from: '"A loan."', to: '"Lent money."' },
      { file: 'policy/clients.yaml', from: '[AD_TARGETING, AD_MEASUREMENT]', to: '[AD_MEASUREMENT, AD_TARGETING]' },
    ];
    expect((await onProjectCopy(edits, loaded)).hash).toBe(own.hash);
  });

  test.each([
    [
      'a label moves',
      'schema/bank.graphql',
      'nextPaymentDue: Date @data(category: BILLS)',
      'nextPaymentDue: Date @data(category: TERMS)',
    ],
    ['a cell moves', matrix, 'HOLDER_PII: allow', 'HOLDER_PII: deny'],
    ['an anchor goes', matrix, '    - Message.payment\n', ''],
    ['a clearance widens', 'policy/clearances.yaml', 'apps: []', 'apps: [RELATIONSHIP]'],
    ['a client gains a purpose', 'policy/clients.yaml', '[ANALYTICS]', '[ANALYTICS, DATA_SALE]'],
  ])('changes when %s', async (_, ...[file, from, to]) => {
    const changed = await onProjectCopy([{ file, from, to }], loadPolicy);
    if (changed.kind === 'ok') expect(changed.hash).not.toBe(own.hash);
    else throw new Error(changed.problems.map(printProblem).join('\n'));
  });
});
