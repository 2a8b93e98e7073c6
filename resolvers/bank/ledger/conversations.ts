/** Chats between a customer and the bank, with what the bank attached to its messages. */
import type { Alert, EntryKey } from './alerts.js';
import { dayMs } from './calendar.js';
import type { Dice } from './dice.js';
import { firmName } from './merchants.js';
import type { MinorAmount } from './money.js';
import { accountOf, anchorMs, diceOf, idOf, type Scene } from './scene.js';

/** A payment that the bank carried, as it shows it in a chat. */
export interface ChatPayment {
  readonly id: string;
  readonly accountReference: string;
  readonly state: 'COMPLETED' | 'REJECTED';
  readonly amount: MinorAmount;
  readonly counterparty: string;
  readonly note: string;
  readonly createdAtMs: number;
}

/** One message. */
export interface Message {
  readonly id: string;
  readonly sentAtMs: number;
  readonly author: 'CUSTOMER' | 'BANK';
  readonly text: string;
  readonly entry?: EntryKey;
  readonly payment?: ChatPayment;
  readonly alert?: Alert;
}

/** One chat. */
export interface Conversation {
  readonly id: string;
  readonly subject: string;
  readonly state: 'OPEN' | 'CLOSED';
  readonly openedAtMs: number;
  /** Oldest first. */
  readonly messages: readonly Message[];
}

/** The chats of a customer, newest first. The newest is open and shows an entry, a payment and an alert. */
export function conversationsOf(scene: Scene, alerts: readonly Alert[]): readonly Conversation[] {
  const count = diceOf(scene, 'conversations').whole(1, 4);
  return Array.from({ length: count }, (_, turn) => conversation(scene, alerts, turn));
}

function conversation(scene: Scene, alerts: readonly Alert[], turn: number): Conversation {
  const dice = diceOf(scene, 'conversation', turn);
  const openedAtMs = anchorMs(scene) - (turn * 60 + dice.whole(3, 20)) * dayMs + dice.whole(28_800, 64_800) * 1000;
  const caseNumber = dice.whole(100_000, 999_999);
  const drafts = [...opening(caseNumber), ...(turn === 0 ? attachments(scene, alerts) : []), ...smallTalk(dice)];
  return {
    id: idOf(scene, 'cv', turn),
    subject: `Question about my card, case ${caseNumber}`,
    state: turn === 0 ? 'OPEN' : 'CLOSED',
    openedAtMs,
    messages: drafts.map((draft, index) => ({
      ...draft,
      id: idOf(scene, 'ms', turn, index),
      sentAtMs: openedAtMs + index * 420_000 + dice.whole(0, 300) * 1000,
    })),
  };
}

type Draft = Omit<Message, 'id' | 'sentAtMs'>;

function opening(caseNumber: number): Draft[] {
  return [
    { author: 'CUSTOMER', text: `Can you have a look at case ${caseNumber}?` },
    { author: 'BANK', text: `Of course. We have opened case ${caseNumber} and will attach what we find.` },
  ];
}

function attachments(scene: Scene, [alert]: readonly Alert[]): Draft[] {
  const dice = diceOf(scene, 'attachments');
  const reference = dice.whole(1000, 9999);
  const payment: Draft = {
    author: 'BANK',
    text: `This payment belongs to it, our reference ${reference}.`,
    payment: chatPayment(scene, dice),
  };
  if (alert === undefined) return [payment];
  return [
    { author: 'BANK', text: `This is the entry we mean, our reference ${reference}.`, entry: alert.entry },
    { author: 'BANK', text: `And this is the alert it raised, our reference ${reference}.`, alert },
    payment,
  ];
}

function chatPayment(scene: Scene, dice: Dice): ChatPayment {
  return {
    id: idOf(scene, 'py', 'chat'),
    accountReference: accountOf(scene, 'CHECKING') ?? scene.customer.reference,
    state: dice.pick(['COMPLETED', 'REJECTED']),
    amount: { currency: scene.currency, amountMinor: dice.whole(1_000, 60_000) },
    counterparty: firmName(dice, 'Services'),
    note: `Invoice ${dice.whole(1000, 9999)}`,
    createdAtMs: anchorMs(scene) - dice.whole(21, 40) * dayMs + dice.whole(28_800, 64_800) * 1000,
  };
}

function smallTalk(dice: Dice): Draft[] {
  const turns = Array.from({ length: dice.whole(1, 9) }, (_, index) => index);
  return turns.map((index) => ({
    author: index % 2 === 0 ? 'CUSTOMER' : 'BANK',
    text: index % 2 === 0 ? `Thank you, note ${dice.whole(1000, 9999)}.` : `Noted under ${dice.whole(1000, 9999)}.`,
  }));
}
