import { maskOf } from '../../src/policy/index.js';
import { coordinatesHashOf, type ReceiptEntry } from '../../src/receipt/index.js';

/** A release of a balance of customer-1 at harbor to messenger; `facts` say otherwise. */
export function makeEntry(facts: Partial<ReceiptEntry> = {}): ReceiptEntry {
  return {
    at: Date.parse('2026-11-15T12:00:00.000Z'),
    requestId: 'request-1',
    client: 'messenger',
    purpose: 'ACCOUNT_SERVICING',
    customer: 'customer-1',
    bank: 'harbor',
    categories: maskOf(['BALANCE']),
    coordinates: ['Account.balances'],
    coordinatesHash: coordinatesHashOf(['Account.balances']),
    objectCount: 1,
    decision: 'RELEASED',
    consents: [],
    policyHash: 'policy',
    ...facts,
  };
}
