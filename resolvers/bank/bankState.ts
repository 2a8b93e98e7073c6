/** What customers changed since the bank started. In memory: the ledger itself never changes. */
import { randomUUID } from 'node:crypto';
import { ClientFault } from '../../src/fault/index.js';
import { createOnce, type Once } from '../idempotency.js';
import type { Conversation, CustomerBook, Line, Message } from './ledger/index.js';

/** Why an entry is disputed. */
export type DisputeReason = 'NOT_RECOGNISED' | 'DUPLICATE' | 'WRONG_AMOUNT' | 'NOT_RECEIVED';

/** A dispute that a customer opened. */
export interface Dispute {
  readonly id: string;
  readonly accountReference: string;
  readonly reason: DisputeReason;
  readonly openedAtMs: number;
  readonly transactionId: string;
}

/** The longest text, and the most chats and messages a chat, that a customer may leave here. */
const limits = { characters: 4000, conversations: 500, messages: 5000 } as const;

/** One customer's changes. */
export class CustomerState {
  readonly #acknowledged = new Set<string>();
  readonly #lockedAccounts = new Set<string>();
  readonly #disputes = new Map<string, Dispute>();
  readonly #opened: Conversation[] = [];
  readonly #sent = new Map<string, Message[]>();

  acknowledge(alertId: string): void {
    this.#acknowledged.add(alertId);
  }

  hasAcknowledged(alertId: string): boolean {
    return this.#acknowledged.has(alertId);
  }

  setLock(accountReference: string, locked: boolean): void {
    if (locked) this.#lockedAccounts.add(accountReference);
    else this.#lockedAccounts.delete(accountReference);
  }

  isLocked(accountReference: string): boolean {
    return this.#lockedAccounts.has(accountReference);
  }

  /** The dispute of an entry: the one there is, or a new one. */
  dispute({ id: transactionId, accountReference }: Line, reason: DisputeReason, openedAtMs: number): Dispute {
    const known = this.#disputes.get(transactionId);
    if (known !== undefined) return known;
    const dispute = { id: `dp-${randomUUID()}`, accountReference, reason, openedAtMs, transactionId };
    this.#disputes.set(transactionId, dispute);
    return dispute;
  }

  /** The customer's chats, newest first, with everything said in them. */
  conversations(book: CustomerBook): readonly Conversation[] {
    const all = [...this.#opened.toReversed(), ...book.conversations];
    return all.map((conversation) => ({
      ...conversation,
      messages: [...conversation.messages, ...(this.#sent.get(conversation.id) ?? [])],
    }));
  }

  open(subject: string, text: string, atMs: number): Conversation {
    assertText(subject);
    assertText(text);
    if (this.#opened.length >= limits.conversations) throw new ClientFault('BAD_USER_INPUT', 'too many conversations');
    const messages = [customerMessage(text, atMs)];
    const conversation: Conversation = { id: `cv-${randomUUID()}`, subject, state: 'OPEN', openedAtMs: atMs, messages };
    this.#opened.push(conversation);
    return conversation;
  }

  send(conversationId: string, text: string, atMs: number): Message {
    assertText(text);
    const sent = this.#sent.get(conversationId) ?? [];
    if (sent.length >= limits.messages) throw new ClientFault('BAD_USER_INPUT', 'too many messages');
    const message = customerMessage(text, atMs);
    this.#sent.set(conversationId, [...sent, message]);
    return message;
  }
}

/** The changes of all customers of a bank. */
export class BankState {
  /** Orders that customers gave a key. */
  readonly once: Once;
  readonly #customers = new Map<string, CustomerState>();

  constructor(now: () => Date) {
    this.once = createOnce(now);
  }

  of(customerReference: string): CustomerState {
    const known = this.#customers.get(customerReference);
    if (known !== undefined) return known;
    const fresh = new CustomerState();
    this.#customers.set(customerReference, fresh);
    return fresh;
  }
}

function customerMessage(text: string, sentAtMs: number): Message {
  return { id: `ms-${randomUUID()}`, sentAtMs, author: 'CUSTOMER', text };
}

function assertText(text: string): void {
  if (text.trim() === '') throw new ClientFault('BAD_USER_INPUT', 'a text must not be empty');
  if (text.length > limits.characters) throw new ClientFault('BAD_USER_INPUT', 'a text is too long');
}
