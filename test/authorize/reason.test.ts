/** What a reviewer is told of one position: the line of the policy behind its verdict, word for word. */
import { describe, expect, test } from '@jest/globals';
import { printProblem } from '../../src/fault/index.js';
import { reasonOf } from '../../src/authorize/reason.js';
import {
  type Cell,
  compileTable,
  type DataCategory,
  financialMask,
  maskOf,
  type Matrix,
  type PolicyTable,
  type Purpose,
  purposes,
} from '../../src/policy/index.js';
import { classifySdl } from '../supergraph/smallGraph.js';
import { askerOf, policy } from './asker.js';

const said = (purpose: Purpose, coordinate: string, item = false): string =>
  reasonOf(policy.table, askerOf({ purpose }), { coordinate, item });

const chatAnchors = 'Message.transaction, Message.payment, Message.alert';

describe('the reason of a denial', () => {
  test.each<[Purpose, string, string]>([
    ['ANALYTICS', 'No.such', 'in no classification'],
    ['ACCOUNT_SERVICING', 'Conversation.bank', 'matrix ACCOUNT_SERVICING × CONVERSATION: deny'],
    ['ACCOUNT_SERVICING', 'AdProfile.interests', 'AD_PROFILE is not listed here for ACCOUNT_SERVICING'],
    [
      'ACCOUNT_SERVICING',
      'Query.adProfile(id:)',
      'its field is denied: AD_PROFILE is not listed here for ACCOUNT_SERVICING',
    ],
    ['ANALYTICS', 'AdProfile.locale', 'AD_PROFILE is not listed here for ANALYTICS'],
    ['AD_TARGETING', 'Customer.adProfile', 'AD_PROFILE is not listed here for AD_TARGETING'],
    [
      'ACCOUNT_SERVICING',
      'AuditedConsent.bank',
      'matrix ACCOUNT_SERVICING × CONSENT_RECORD: own, and this record is reduced',
    ],
    ['AD_TARGETING', 'AuditedConsent.bank', 'matrix AD_TARGETING × CONSENT_RECORD: deny'],
    [
      'ACCOUNT_SERVICING',
      'Message.alert',
      'matrix ACCOUNT_SERVICING × FRAUD_SIGNAL: deny; matrix ACCOUNT_SERVICING × CONVERSATION: deny',
    ],
    [
      'ACCOUNT_SERVICING',
      'Mutation.acknowledgeFraudAlert',
      'matrix writes: for FRAUD_ALERTS, not for ACCOUNT_SERVICING',
    ],
    [
      'ACCOUNT_SERVICING',
      'Mutation.acknowledgeFraudAlert(alertId:)',
      'its field is denied: matrix writes: for FRAUD_ALERTS, not for ACCOUNT_SERVICING',
    ],
    [
      'FRAUD_ALERTS',
      'Account.transactions',
      'matrix FRAUD_ALERTS × TRANSACTION_CORE: item, read below FraudAlert.transaction only',
    ],
    [
      'SUPPORT_CHAT',
      'FraudAlert.transaction',
      `matrix SUPPORT_CHAT × TRANSACTION_CORE: item, read below ${chatAnchors} only; ` +
        `matrix SUPPORT_CHAT × FRAUD_SIGNAL: item, read below ${chatAnchors} only`,
    ],
    [
      'CONSENT_MANAGEMENT',
      'Account.currency',
      'matrix CONSENT_MANAGEMENT × ACCOUNT_IDENTITY: picking, for the coordinates listed for picking only',
    ],
    [
      'CONSENT_MANAGEMENT',
      'Checkout.payment',
      'matrix CONSENT_MANAGEMENT × RELATIONSHIP: picking, for the coordinates listed for picking only; ' +
        'matrix CONSENT_MANAGEMENT × PAYMENT_ACTIVITY: deny',
    ],
    [
      'COMPLIANCE_AUDIT',
      'Consent.categories',
      'matrix COMPLIANCE_AUDIT × CONSENT_RECORD: reduced, for reduced records only',
    ],
  ])('to %s of %s names the cell or the list that closes it', (purpose, coordinate, reason) => {
    expect(said(purpose, coordinate)).toBe(reason);
  });

  test.each<[Purpose, string, string]>([
    [
      'FRAUD_ALERTS',
      'Account.transactions',
      'leads past an item: matrix FRAUD_ALERTS × TRANSACTION_CORE: item opens the item’s own fields and values alone',
    ],
    [
      'FRAUD_ALERTS',
      'Account.transactions(after:)',
      'its field is denied: leads past an item: matrix FRAUD_ALERTS × TRANSACTION_CORE: item opens the item’s own fields and values alone',
    ],
    [
      'SUPPORT_CHAT',
      'FraudAlert.transaction',
      'leads past an item: matrix SUPPORT_CHAT × TRANSACTION_CORE, FRAUD_SIGNAL: item opens the item’s own fields and values alone',
    ],
    ['FRAUD_ALERTS', 'Account.balances', 'matrix FRAUD_ALERTS × BALANCE: deny'],
  ])('to %s of %s on an anchor edge is another', (purpose, coordinate, reason) => {
    expect(said(purpose, coordinate, true)).toBe(reason);
  });
});

describe('the reason of a permission', () => {
  test.each<[Purpose, string, boolean, string]>([
    ['ANALYTICS', 'Balance.kind', false, 'part of a value: the edge that leads to it decides'],
    ['ANALYTICS', 'App.id', false, 'APP_PUBLIC is open'],
    ['ANALYTICS', 'App.id', true, 'APP_PUBLIC is open; on an anchor edge'],
    ['AD_TARGETING', 'AdProfile.interests', false, 'AD_PROFILE is listed for AD_TARGETING'],
    [
      'ACCOUNT_SERVICING',
      'Account.availableBalance',
      false,
      'matrix ACCOUNT_SERVICING × AVAILABLE_BALANCE: allow; scope data:available-balance',
    ],
    [
      'ACCOUNT_SERVICING',
      'BankConnection.status',
      false,
      'matrix ACCOUNT_SERVICING × RELATIONSHIP: allow; matrix ACCOUNT_SERVICING × CONSENT_RECORD: own; scope data:relationship data:consent-record',
    ],
    [
      'FRAUD_ALERTS',
      'Transaction.amount',
      true,
      'matrix FRAUD_ALERTS × TRANSACTION_CORE: item; on an anchor edge; scope data:transaction-core',
    ],
    [
      'P2P_PAYMENT',
      'Mutation.sendPayment(credential:)',
      false,
      'matrix P2P_PAYMENT × PAYMENT_CREDENTIAL: write; scope data:payment-credential',
    ],
    [
      'CONSENT_MANAGEMENT',
      'Account.bank',
      false,
      'matrix CONSENT_MANAGEMENT × RELATIONSHIP: picking; scope data:relationship',
    ],
  ])('to %s of %s (on an anchor edge: %s) names every cell and the scope', (...[purpose, coordinate, item, reason]) => {
    expect(said(purpose, coordinate, item)).toBe(reason);
  });

  test('to an auditor rests on `audit:read`', () => {
    const asker = askerOf({ purpose: 'COMPLIANCE_AUDIT', scopeWords: ['audit:read'] });
    const reason = reasonOf(policy.table, asker, { coordinate: 'AuditedConsent.bank', item: false });
    expect(reason).toBe('matrix COMPLIANCE_AUDIT × CONSENT_RECORD: reduced');
  });
});

describe('the scope that is missing', () => {
  test.each<[Purpose, string, string]>([
    ['ACCOUNT_SERVICING', 'Account.balances', 'the scope lacks data:balance'],
    ['ACCOUNT_SERVICING', 'BankConnection.status', 'the scope lacks data:consent-record'],
    ['CONSENT_MANAGEMENT', 'Mutation.revokeConsent', 'the scope lacks data:consent-record'],
    ['COMPLIANCE_AUDIT', 'AuditedConsent.bank', 'the scope lacks audit:read'],
  ])('is named to %s at %s', (purpose, coordinate, reason) => {
    expect(reasonOf(policy.table, askerOf({ purpose, scope: [] }), { coordinate, item: false })).toBe(reason);
  });

  test('is named word for word', () => {
    const asker = { ...askerOf({}), scope: 0 };
    const reason = reasonOf(policy.table, asker, { coordinate: 'BankConnection.status', item: false });
    expect(reason).toBe('the scope lacks data:relationship data:consent-record');
  });

  test('is the word for changing consents where only that is missing', () => {
    expect(said('CONSENT_MANAGEMENT', 'Mutation.revokeConsent')).toBe('the scope lacks consent:manage');
  });
});

/** A graph whose matrix gives every purpose these cells, with a demand of a subgraph on one field. */
function tableOf(sdl: string, cells: Partial<Record<DataCategory, Cell>>, lists: Partial<Matrix> = {}): PolicyTable {
  const classified = classifySdl({ bank: sdl });
  if (classified.kind === 'problems') throw new Error(classified.problems.map(printProblem).join('\n'));
  const row = new Map(Object.entries(cells) as [DataCategory, Cell][]);
  const matrix: Matrix = {
    rows: new Map(purposes.map((purpose) => [purpose, row])),
    anchors: new Map(),
    picking: new Set<string>(),
    writes: new Map(),
    entries: new Map(),
    open: maskOf(['APP_PUBLIC']),
    ...lists,
  };
  const demands = { meets: (_: Purpose, coordinate: string) => coordinate !== 'Query.demanded', canMeet: () => true };
  return compileTable(classified.classification, matrix, demands);
}

describe('a graph that is not ours', () => {
  const table = tableOf(
    `type Query {
      score: Int @data(category: DERIVED, from: [BALANCE, TERMS])
      token: Int @data(category: PAYMENT_CREDENTIAL)
      plain: Int @data(category: BALANCE)
      demanded: Int @data(category: BALANCE)
      bills: Int @data(category: BILLS)
      open: Int @data(category: [APP_PUBLIC, BILLS])
      listed: Int @data(category: [AD_PROFILE, BILLS])
      own: Int @data(category: [CONSENT_RECORD, BILLS])
      picked: Int @data(category: [RELATIONSHIP, BILLS])
      pseudonym: Int @data(category: [RECEIPT, BILLS], reduced: true)
      pays(token: Int @data(category: [PAYMENT_CREDENTIAL, BILLS])): Int @data(category: BALANCE)
    }
    type Mutation { change: Int @data(category: BALANCE) close: Int @data(category: [BALANCE, BILLS]) }
    type Subscription { changed: Int @data(category: BALANCE) }`,
    {
      BALANCE: 'allow',
      TERMS: 'deny',
      PAYMENT_CREDENTIAL: 'write',
      CONSENT_RECORD: 'own',
      RELATIONSHIP: 'picking',
      RECEIPT: 'reduced',
    },
    {
      picking: new Set(['Query.picked']),
      entries: new Map([['AD_PROFILE', new Map([['ACCOUNT_SERVICING', new Set(['Query.listed'])]])]]),
      writes: new Map([['Mutation.close', new Set<Purpose>(['ACCOUNT_SERVICING', 'FRAUD_ALERTS'])]]),
    },
  );
  const told = (purpose: Purpose, field: string): string => {
    const coordinate = field.includes('.') ? field : `Query.${field}`;
    return reasonOf(table, { purpose, scope: financialMask, scopeWords: new Set() }, { coordinate, item: false });
  };

  test.each<[Purpose, string, string]>([
    ['ACCOUNT_SERVICING', 'score', 'matrix ACCOUNT_SERVICING × TERMS: deny'],
    [
      'ACCOUNT_SERVICING',
      'token',
      'matrix ACCOUNT_SERVICING × PAYMENT_CREDENTIAL: write, given as input and never read',
    ],
    ['ACCOUNT_SERVICING', 'bills', 'matrix ACCOUNT_SERVICING × BILLS: deny'],
    ['ANALYTICS', 'plain', 'ANALYTICS is never consentable, whatever the matrix says'],
    ['ACCOUNT_SERVICING', 'Mutation.change', 'matrix writes: for no purpose, not for ACCOUNT_SERVICING'],
    ['SUPPORT_CHAT', 'Mutation.close', 'matrix writes: for ACCOUNT_SERVICING, FRAUD_ALERTS, not for SUPPORT_CHAT'],
    ['ACCOUNT_SERVICING', 'Subscription.changed', 'matrix writes: for no purpose, not for ACCOUNT_SERVICING'],
    [
      'ACCOUNT_SERVICING',
      'demanded',
      'a subgraph demands more of it by `@requiresScopes` or `@policy` than this token has',
    ],
  ])('says to %s of %s: %s', (...[purpose, field, reason]) => {
    expect(told(purpose, field)).toBe(reason);
  });

  test.each(['open', 'listed', 'own', 'picked', 'pseudonym', 'pays(token:)', 'Mutation.close'])(
    'names of the categories of `%s` the one that closes it and no other',
    (field) => {
      expect(told('ACCOUNT_SERVICING', field)).toBe('matrix ACCOUNT_SERVICING × BILLS: deny');
    },
  );

  test('denies where the matrix has no row at all', () => {
    const bare = tableOf('type Query { plain: Int @data(category: BALANCE) }', {}, { rows: new Map() });
    expect(reasonOf(bare, askerOf({}), { coordinate: 'Query.plain', item: false })).toBe(
      'matrix ACCOUNT_SERVICING × BALANCE: deny',
    );
  });

  test('names the inputs of what is derived, and their scope', () => {
    const derived = tableOf('type Query { score: Int @data(category: DERIVED, from: [BALANCE, TERMS]) }', {
      BALANCE: 'allow',
      TERMS: 'allow',
    });
    const asker = { purpose: 'ACCOUNT_SERVICING', scope: financialMask, scopeWords: new Set<string>() } as const;
    expect(reasonOf(derived, asker, { coordinate: 'Query.score', item: false })).toBe(
      'matrix ACCOUNT_SERVICING × BALANCE: allow; matrix ACCOUNT_SERVICING × TERMS: allow; scope data:balance data:terms',
    );
  });
});
