import { describe, expect, test } from '@jest/globals';
import { evidenceOf } from '../../src/partner/evidence.js';
import { maskOf } from '../../src/policy/index.js';
import { covering, grantFor } from './caller.js';

const now = new Date('2026-11-22T12:00:00Z');
const alerts = grantFor(
  {
    aud: 'harbor',
    purpose: 'FRAUD_ALERTS',
    scope: ['RELATIONSHIP', 'FRAUD_SIGNAL'],
    accounts: [
      covering('a-1', ['RELATIONSHIP', 'FRAUD_SIGNAL'], ['FraudAlert.transaction']),
      covering('a-2', ['RELATIONSHIP']),
    ],
  },
  now,
);

describe('the evidence behind a grant', () => {
  const evidence = evidenceOf(alerts, new Map([['FRAUD_ALERTS', maskOf(['FRAUD_SIGNAL'])]]));

  test('denies a category for an account that the grant does not list, or lists without it', () => {
    expect(evidence.consent('FRAUD_SIGNAL', { accountReference: 'a-3' })).toBe(false);
    expect(evidence.consent('FRAUD_SIGNAL', { accountReference: 'a-2' })).toBe(false);
    expect(evidence.consent('FRAUD_SIGNAL', { accountReference: 'a-1' })).toBe(true);
  });

  test('denies an item off its anchor edge, and on another one', () => {
    const item = { accountReference: 'a-1' };
    expect(evidence.consent('TRANSACTION_CORE', item)).toBe(false);
    expect(evidence.consent('TRANSACTION_CORE', { ...item, anchor: 'Message.transaction' })).toBe(false);
    expect(evidence.consent('TRANSACTION_CORE', { ...item, anchor: 'FraudAlert.transaction' })).toBe(true);
    expect(evidence.consent('TRANSACTION_CORE', { accountReference: 'a-2', anchor: 'FraudAlert.transaction' })).toBe(
      false,
    );
  });

  test('judges a row without an account by what any account is covered for', () => {
    expect(evidence.consent('FRAUD_SIGNAL', {})).toBe(true);
    expect(evidence.consent('BALANCE', {})).toBe(false);
  });

  test('denies what the scope or the agreement leaves out', () => {
    expect(evidence.scope('BALANCE')).toBe(false);
    expect(evidence.agreement('FRAUD_SIGNAL')).toBe(true);
    expect(evidence.agreement('RELATIONSHIP')).toBe(false);
    expect(evidenceOf(alerts, new Map()).agreement('FRAUD_SIGNAL')).toBe(false);
  });

  test('shows a customer who picks accounts their existence and looks, nothing else', () => {
    const picking = evidenceOf({ ...alerts, purpose: 'CONSENT_MANAGEMENT', accounts: 'all' }, 'none');
    expect(picking.consent('ACCOUNT_IDENTITY', { accountReference: 'a-9' })).toBe(true);
    expect(picking.consent('BALANCE', { accountReference: 'a-9' })).toBe(false);
  });
});
