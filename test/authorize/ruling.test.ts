import { describe, expect, test } from '@jest/globals';
import { parse, specifiedRules, validate } from 'graphql';
import { rulingsOf, Verdicts } from '../../src/authorize/index.js';
import { reasonOf } from '../../src/authorize/reason.js';
import { operationTypeExists } from '../../src/gateway/operationTypeExists.js';
import { defaultOperationLimits, parseOperation } from '../../src/operation/index.js';
import { type DataCategory, type Purpose, purposes } from '../../src/policy/index.js';
import { askerOf, policy } from './asker.js';
import { examples } from '../repository/example.js';

const ruled = (source: string, purpose: Purpose, scope?: readonly DataCategory[]) => {
  const asker = askerOf({ purpose, ...(scope && { scope }) });
  const { schema } = policy.views[asker.view];
  const operation = parseOperation({ document: parse(source), schema }, defaultOperationLimits);
  return { operation, asker, rulings: rulingsOf(operation, policy.table, asker) };
};

/** `path: reason` of the positions that are denied. */
const denied = (source: string, purpose: Purpose, scope?: readonly DataCategory[]): string[] =>
  ruled(source, purpose, scope)
    .rulings.filter(({ verdict }) => verdict === 'deny')
    .map(({ path, reasons }) => `${path}: ${reasons.join(' | ')}`);

describe('the rulings on an operation', () => {
  test('agree with the verdicts, for every example and every purpose in whose view it is valid', () => {
    const pairs = examples().flatMap(({ source }) => purposes.map((purpose) => ({ source, purpose })));
    const valid = pairs.filter(({ source, purpose }) => {
      const { schema } = policy.views[askerOf({ purpose }).view];
      return validate(schema, parse(source), [...specifiedRules, operationTypeExists]).length === 0;
    });
    expect(valid.length).toBeGreaterThan(60);
    for (const { source, purpose } of valid) {
      for (const scope of [undefined, ['RELATIONSHIP']] as const) {
        const { operation, asker, rulings } = ruled(source, purpose, scope);
        const judged = new Verdicts(policy.table, asker).judge(operation);
        const names = [...judged.denied.keys()].map(({ alias, name }) => (alias ?? name).value);
        const said = rulings.filter(({ verdict }) => verdict === 'deny').map(({ path }) => path.split('.').at(-1));
        expect(said).toEqual(names);
        expect(rulings.flatMap(({ reasons }) => reasons)).not.toContain('');
      }
    }
  });

  test('find a line of the policy behind every denial of the table', () => {
    const asked = [...policy.classification.labels.keys()].flatMap((coordinate) =>
      purposes.flatMap((purpose) => [true, false].map((item) => ({ coordinate, purpose, item }))),
    );
    const denials = asked.filter((one) => policy.table.verdict(one.purpose, one.coordinate, one.item) === 'deny');
    const reasons = denials.map((one) => reasonOf(policy.table, askerOf(one), one));
    expect(denials.length).toBeGreaterThan(1000);
    const named =
      /deny|not for|never read|read below|not listed|reduced|listed for picking|past an item: matrix \w+ × \w/;
    expect([...new Set(reasons)].filter((reason) => !named.test(reason))).toEqual([]);
  });

  test('name the cell of the matrix that denies', () => {
    expect(denied('{ me { accounts { balances { kind } } } }', 'FRAUD_ALERTS')).toEqual([
      'me.accounts.balances: matrix FRAUD_ALERTS × BALANCE: deny',
    ]);
  });

  test('name the scope word that is missing', () => {
    expect(denied('{ me { accounts { terms { __typename } } } }', 'ACCOUNT_SERVICING', ['BALANCE'])).toEqual([
      'me.accounts.terms: the scope lacks data:terms',
    ]);
  });

  test('name the purposes that a write is listed for', () => {
    const write = 'mutation { setCardLock(accountId: "x", locked: true) { __typename } }';
    expect(denied(write, 'FRAUD_ALERTS')).toEqual([
      expect.stringMatching(/^setCardLock: matrix writes: for ACCOUNT_SERVICING, not for FRAUD_ALERTS/),
    ]);
  });

  test('tell items from what hangs on no anchor edge, and judge nothing below a denial', () => {
    const source = '{ me { fraudAlerts { transaction { id } } accounts { transactions { edges { node { id } } } } } }';
    const { rulings } = ruled(source, 'FRAUD_ALERTS');
    const at = new Map(rulings.map((ruling) => [ruling.path, ruling]));
    expect(at.get('me.fraudAlerts.transaction.id')).toMatchObject({ verdict: 'allow', item: true });
    expect(at.get('me.accounts.transactions')).toMatchObject({ verdict: 'deny', item: false });
    expect(at.get('me.accounts.transactions')?.reasons.join()).toMatch(/item, read below FraudAlert.transaction/);
    expect(at.get('me.accounts.transactions.edges.node.id')?.verdict).toBe('below');
  });

  test('say at each position why, from the root down', () => {
    const source = '{ me { ... { accounts { balances { kind } } } } account(id: "a") { bills { payee } } }';
    const { rulings } = ruled(source, 'CONSENT_MANAGEMENT', []);
    const picking = 'matrix CONSENT_MANAGEMENT × RELATIONSHIP: picking; scope data:relationship';
    expect(rulings.map(({ path, item, verdict, reasons }) => [path, item, verdict, ...reasons].join(' | '))).toEqual([
      'me | false | allow | PLATFORM_PROFILE is open',
      `me.accounts | false | allow | ${picking}`,
      'me.accounts.balances | false | deny | matrix CONSENT_MANAGEMENT × BALANCE: deny',
      'me.accounts.balances.kind | false | below | a position above it is denied',
      `account | false | allow | ${picking}`,
      'account.bills | false | deny | matrix CONSENT_MANAGEMENT × BILLS: deny',
      'account.bills.payee | false | below | a position above it is denied',
    ]);
  });

  test('name the argument that may not be given, and why', () => {
    const send =
      'mutation { sendPayment(recipient: "a", amount: "1", currency: "USD", idempotencyKey: "k", credential: "c") { id } }';
    expect(denied(send, 'P2P_PAYMENT', ['PAYMENT_ACTIVITY'])).toEqual([
      'sendPayment: Mutation.sendPayment(credential:): the scope lacks data:payment-credential',
    ]);
  });
});
