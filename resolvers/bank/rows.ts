/** The ledger's own things → rows as the contract names them. Rows of an account say to which. */
import { anchored } from '../../src/partner/index.js';
import type { DemoAccount } from '../demo/world.js';
import type { Card, Dispute as DisputeShown, FraudAlert, Payment, Transaction } from '../generated/bank.js';
import type { Dispute } from './bankState.js';
import type { Counter } from './counter.js';
import {
  cardOf,
  factsOf,
  isoInstant,
  moneyOf,
  type Alert,
  type ChatPayment,
  type Line,
  type Money,
} from './ledger/index.js';

/** The object type of an account kind. */
const accountTypes = {
  CHECKING: 'DepositAccount',
  SAVINGS: 'DepositAccount',
  CREDIT_CARD: 'CardAccount',
  LOAN: 'LoanAccount',
} as const;

/** An account: what it is called, and the account itself for the resolvers of the rest. */
export interface AccountRow extends ReturnType<typeof factsOf> {
  readonly __typename: (typeof accountTypes)[DemoAccount['kind']];
  readonly id: string;
  readonly bankId: string;
  readonly reference: string;
  readonly bank: { readonly id: string };
  readonly kind: DemoAccount['kind'];
  readonly currency: string;
  readonly account: DemoAccount;
}

/** The row of an account. */
export function accountRow({ book: { scene } }: Counter, account: DemoAccount): AccountRow {
  const { reference, kind } = account;
  const { bank, currency } = scene;
  const names = { __typename: accountTypes[kind], id: reference, bankId: bank, reference, bank: { id: bank } };
  return { ...names, kind, currency, account, ...factsOf(scene, account) };
}

/** The row of a transaction. */
export function transactionRow({ book: { scene } }: Counter, line: Line): Transaction {
  const { id, accountReference, status, signedMinor, runningMinor, replacesId, movement, sinceMs } = line;
  const money = (amountMinor: number): Money => moneyOf({ amountMinor, currency: scene.currency });
  const { description, merchant, counterparty, original } = movement;
  return {
    id,
    accountReference,
    status,
    direction: signedMinor < 0 ? 'DEBIT' : 'CREDIT',
    amount: money(Math.abs(signedMinor)),
    bookedAt: isoInstant(sinceMs),
    replacesId: replacesId ?? null,
    description,
    merchant: merchant ?? null,
    counterparty: counterparty ?? null,
    runningBalance: runningMinor === undefined ? null : money(runningMinor),
    originalAmount: original === undefined ? null : moneyOf(original),
  };
}

/** A transaction that hangs on an anchor edge; null where there is none to see. */
export function transactionItem(counter: Counter, edge: string, line: Line | undefined): Transaction | null {
  return line === undefined ? null : anchored(edge, transactionRow(counter, line));
}

/** An alert, and the alert itself for the resolvers of its edges. */
export interface AlertRow extends Omit<FraudAlert, 'account' | 'transaction'> {
  readonly alert: Alert;
}

/** The row of an alert, with what the customer did about it. */
export function alertRow({ state }: Counter, alert: Alert): AlertRow {
  const acknowledged = alert.state === 'OPEN' && state.hasAcknowledged(alert.id);
  return {
    id: alert.id,
    accountReference: alert.entry.accountReference,
    raisedAt: isoInstant(alert.raisedAtMs),
    severity: alert.severity,
    state: acknowledged ? 'ACKNOWLEDGED' : alert.state,
    alert,
  };
}

/** The row of a card. */
export function cardRow({ book: { scene }, state }: Counter, account: DemoAccount): Card {
  const accountReference = account.reference;
  const cardState = state.isLocked(accountReference) ? 'LOCKED' : 'ACTIVE';
  return { id: `${accountReference}-card`, accountReference, state: cardState, ...cardOf(scene, account) };
}

/** A dispute, and the id of what is disputed for the resolver of that edge. */
export interface DisputeRow extends Omit<DisputeShown, 'transaction'> {
  readonly transactionId: string;
}

/** The row of a dispute. */
export function disputeRow(dispute: Dispute): DisputeRow {
  return { ...dispute, state: 'OPEN', openedAt: isoInstant(dispute.openedAtMs) };
}

/** The row of a payment that a message shows. */
export function paymentItem(payment: ChatPayment): Payment {
  const row = { ...payment, amount: moneyOf(payment.amount), createdAt: isoInstant(payment.createdAtMs) };
  return anchored('Message.payment', row);
}
