export type { ReceiptFilter, ReceiptJournal } from './journal.js';
export { createMemoryJournal, type JournalBounds } from './memoryJournal.js';
export type { Receipt, ReceiptDecision, ReceiptEntry } from './receipt.js';
