/** Rows as the sandbox's contract has them, whole, so that any selection finds its fields. */
import type { Row } from './bankGraph.js';

const money = { amount: '12.30', currency: 'USD' };
const at = '2026-01-02T03:04:05Z';

/** An account with one balance. */
export function account(reference: string, bank = 'harbor'): Row {
  return {
    __typename: 'DepositAccount',
    id: reference,
    bankId: bank,
    reference,
    bank: { id: bank },
    kind: 'CHECKING',
    nickname: `nickname of ${reference}`,
    maskedNumber: '**1',
    currency: 'USD',
    product: 'plain',
    status: 'OPEN',
    availableBalance: null,
    balances: [{ kind: 'CURRENT', money, asOf: at, source: 'LIVE' }],
    bills: [],
    transactions: { edges: [{ cursor: 'c1', node: transaction(`tx-${reference}`, reference) }], pageInfo },
  };
}

const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: 'c1', endCursor: 'c1' };

/** A posted entry of an account. */
export function transaction(id: string, accountReference: string): Row {
  return {
    id,
    accountReference,
    status: 'POSTED',
    direction: 'DEBIT',
    amount: money,
    bookedAt: at,
    description: `description of ${id}`,
    merchant: { name: 'shop' },
  };
}

/** An alert of an account, with the entry that raised it. */
export function alert(id: string, accountReference: string): Row {
  return {
    id,
    accountReference,
    raisedAt: at,
    severity: 'HIGH',
    state: 'OPEN',
    account: account(accountReference),
    transaction: transaction(`tx-${id}`, accountReference),
  };
}

/** A chat with one message, to which items of an account are attached. */
export function conversation(id: string, accountReference: string): Row {
  const node = {
    id: `m-${id}`,
    sentAt: at,
    author: 'BANK',
    text: 'good morning',
    transaction: transaction(`tx-${id}`, accountReference),
    payment: { id: 'p', state: 'COMPLETED', amount: money, counterparty: 'Ann', note: 'lunch', createdAt: at },
    alert: alert(`al-${id}`, accountReference),
  };
  return {
    id,
    bank: { id: 'harbor' },
    subject: 'card',
    state: 'OPEN',
    openedAt: at,
    messages: { edges: [{ cursor: 'c', node }], pageInfo },
  };
}

/** A partner that knows the customer by these lists. */
export function holding(lists: Row): { entities: Readonly<Record<string, () => Row>> } {
  return { entities: { Customer: () => lists, BankConnection: () => lists } };
}
