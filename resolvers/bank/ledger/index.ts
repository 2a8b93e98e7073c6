export type { Alert, EntryKey } from './alerts.js';
export { availableBalanceOf, balancesOf, type Balance } from './balances.js';
export { lineById, type CustomerBook } from './book.js';
export { isoInstant } from './calendar.js';
export type { ChatPayment, Conversation, Message } from './conversations.js';
export { billsOf, cardOf, factsOf, holderOf, termsOf } from './facts.js';
export { createLedger, type Ledger, type LedgerSeed } from './ledger.js';
export { moneyOf, type Money } from './money.js';
export { balanceAt, shows, type Line, type Statement } from './statement.js';
