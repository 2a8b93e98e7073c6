import { describe, expect, test } from '@jest/globals';
import { parse, validate } from 'graphql';
import { viewNames } from '../../src/policy/index.js';
import {
  certificateText,
  minimalOperation,
  proofHtml,
  proofJson,
  proofSarif,
  proofText,
  whoCanRead,
  whoCanReadText,
  type Finding,
  type Proof,
} from '../../src/proof/index.js';
import { coordinatesOf } from '../../src/proof/classified.js';
import { proofMatrix } from '../../src/proof/matrix.js';
import { repositorySubject } from './repositorySubject.js';

const subject = repositorySubject();

const finding: Finding = {
  part: 'flow',
  code: 'FLOW_INTO_SUBGRAPH',
  message: 'is reached by </script><b>balances</b>; cut the path',
  coordinate: 'subgraph ads',
  location: { file: 'schema/platform/ads.graphql', line: 7, column: 3 },
  path: [
    {
      from: 'Account.balances',
      to: 'subgraph ads',
      reason: 'requires',
      words: 'subgraph `ads` requires `Account.balances`',
    },
  ],
  counterexample: {
    operation: 'query { me { adProfile { locale } } }',
    principal: { client: 'ads-engine', purpose: 'AD_TARGETING', scope: 'ads:targeting' },
    leak: '`ads` would learn BALANCE',
  },
};

function proofWith(findings: readonly Finding[]): Proof {
  const parts = [{ part: 'flow' as const, checked: '3 edges', findings }];
  return { subject, parts, findings, matrix: proofMatrix(subject), humanReviewOnly: [] };
}

const failing = proofWith([finding]);

describe('a minimal operation', () => {
  test.each(viewNames)('is valid against the view %s, for each of its coordinates', (name) => {
    const { schema } = subject.views[name];
    const found = coordinatesOf(schema).map(
      (coordinate) => [coordinate, minimalOperation(schema, { coordinate })] as const,
    );
    const wrong = found.flatMap(([coordinate, operation]) => {
      if (operation === undefined) return [`${coordinate}: unreachable`];
      return validate(schema, parse(operation)).map(({ message }) => `${coordinate}: ${message}`);
    });
    expect(wrong).toEqual([]);
  });

  test('takes the shortest way, and the arguments that it must', () => {
    const { schema } = subject.views['first-party'];
    const short = (coordinate: string, below?: string) =>
      minimalOperation(schema, { coordinate, ...(below ? { below } : {}) });
    expect(short('Account.balances')).toBe('query { account(id: "1") { balances { __typename } } }');
    expect(short('CardAccount.card')).toBe('query { account(id: "1") { ... on CardAccount { card { __typename } } } }');
    expect(short('Customer.receipts(first:)')).toBe('query { me { receipts(first: 1) { __typename } } }');
    expect(short('Transaction.description', 'FraudAlert.transaction')).toBe(
      'query { me { fraudAlerts { transaction { description } } } }',
    );
    expect(short('Mutation.setCardLock')).toMatch(/^mutation \{ setCardLock\(/);
    expect(short('Account.nothing')).toBeUndefined();
  });

  test('does not exist where a view hides the coordinate', () => {
    expect(minimalOperation(subject.views.ads.schema, { coordinate: 'Account.balances' })).toBeUndefined();
  });
});

describe('a report', () => {
  test('as text holds the path and the lines that replay a finding', () => {
    const text = proofText(failing);
    expect(text).toContain('schema/platform/ads.graphql:7:3 FLOW_INTO_SUBGRAPH subgraph ads');
    expect(text).toContain('subgraph `ads` requires `Account.balances`');
    expect(text).toContain("npx ringfence token --client ads-engine --purpose AD_TARGETING --scope 'ads:targeting'");
    expect(text).toContain('npx ringfence explain counterexample.graphql --as "$TOKEN"');
    expect(proofText(proofWith([]))).toContain(`policy ${subject.hash} holds`);
  });

  test('as JSON says in words what the categories are', () => {
    const record = JSON.parse(proofJson(failing)) as Record<string, unknown>;
    expect(record).toMatchObject({ holds: false, hash: subject.hash, findings: [{ code: 'FLOW_INTO_SUBGRAPH' }] });
    expect(record['matrix']).toContainEqual(
      expect.objectContaining({ coordinate: 'Account.balances', categories: ['BALANCE'] }),
    );
  });

  test('as SARIF has a rule, a place and a code flow for each finding', () => {
    const { version, runs } = JSON.parse(proofSarif(failing)) as { version: string; runs: Record<string, unknown>[] };
    expect(version).toBe('2.1.0');
    expect(runs).toMatchObject([
      {
        tool: { driver: { name: 'ringfence', rules: [{ id: 'FLOW_INTO_SUBGRAPH' }] } },
        results: [
          {
            ruleId: 'FLOW_INTO_SUBGRAPH',
            ruleIndex: 0,
            level: 'error',
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'schema/platform/ads.graphql' },
                  region: { startLine: 7, startColumn: 3 },
                },
              },
            ],
            codeFlows: [
              {
                threadFlows: [
                  { locations: [{ location: { message: { text: 'subgraph `ads` requires `Account.balances`' } } }] },
                ],
              },
            ],
          },
        ],
      },
    ]);
    expect(JSON.parse(proofSarif(proofWith([])))).toMatchObject({ runs: [{ results: [] }] });
  });

  test('as HTML is one page that loads nothing and writes no text as markup', () => {
    const page = proofHtml(failing, ['more: Account.balances']);
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/https?:|<link|src=|@import|url\(/);
    expect(page).not.toContain('<b>balances');
    expect(page.match(/<\/script>/g)).toHaveLength(2);
    expect(page).not.toContain('innerHTML');
  });

  test('as a certificate says the same twice, in sorted words', () => {
    const text = certificateText(subject, subject.supergraphSdl);
    expect(certificateText(subject, subject.supergraphSdl)).toBe(text);
    const certificate = JSON.parse(text) as Record<string, Record<string, unknown>>;
    expect(Object.keys(certificate)).toEqual(Object.keys(certificate).toSorted());
    expect(certificate['labels']?.['Account.balances']).toEqual({
      categories: ['BALANCE'],
      from: [],
      inaccessible: false,
      owners: ['bank'],
      reduced: false,
    });
    expect(certificate['readable']?.['AD_TARGETING']).toMatchObject({ item: [] });
  });
});

describe('who can read', () => {
  test('an item’s field: the purposes, their cells, scopes, consents and edges', () => {
    const text = whoCanReadText(whoCanRead(subject, 'Transaction.description'), 'Transaction.description');
    expect(text.split('\n').filter((line) => !line.includes('stated at'))).toEqual([
      'Transaction.description: TRANSACTION_DETAIL',
      '  rule of the second book: readsTransactionDetail',
      '  ACCOUNT_SERVICING: matrix TRANSACTION_DETAIL allow; scope data:transaction-detail; consent and agreement for TRANSACTION_DETAIL',
      '  FRAUD_ALERTS: matrix TRANSACTION_DETAIL item; scope data:transaction-detail; consent and agreement for TRANSACTION_DETAIL; only below FraudAlert.transaction',
      '  SUPPORT_CHAT: matrix TRANSACTION_DETAIL item; scope data:transaction-detail; consent and agreement for TRANSACTION_DETAIL; only below Message.transaction',
      '',
    ]);
  });

  test('an interface’s field: the rule of every implementing type, which decides at the resolvers', () => {
    const lines = whoCanReadText(whoCanRead(subject, 'Account.balances'), 'Account.balances').split('\n');
    expect(lines.filter((line) => line.includes('rule of the second book'))).toEqual([
      '  rule of the second book for CardAccount: readsBalance',
      '  rule of the second book for DepositAccount: readsBalance',
      '  rule of the second book for LoanAccount: readsBalance',
    ]);
    expect(whoCanRead(subject, 'Account.transactions(first:)')).toMatchObject({
      readings: [{ ruleByType: { LoanAccount: 'takes TRANSACTION_CORE' } }],
    });
  });

  test('a mutation: the scope word that no category names', () => {
    const found = whoCanRead(subject, 'Mutation.grantConsent');
    const [reading] = found.kind === 'readings' ? found.readings : [];
    expect(reading?.readers).toMatchObject([
      { purpose: 'CONSENT_MANAGEMENT', scope: ['data:consent-record', 'consent:manage'] },
    ]);
  });

  test('a type, an argument, a value, and a name that does not exist', () => {
    expect(whoCanRead(subject, 'FraudAlert')).toMatchObject({ kind: 'readings' });
    expect(whoCanRead(subject, 'Query.account(id:)')).toMatchObject({
      kind: 'readings',
      readings: [{ rule: 'takes RELATIONSHIP' }],
    });
    expect(whoCanRead(subject, 'Money.amount')).toMatchObject({ kind: 'value' });
    const unknown = whoCanRead(subject, 'Customer.acounts');
    expect(unknown).toEqual({ kind: 'unknown', existing: expect.arrayContaining(['Customer.accounts']) });
  });
});
