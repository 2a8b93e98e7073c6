/** What follows from what happened before: interest, fees, the card's bill, the loan. */
import { dayMs, dayOfMonth } from './calendar.js';
import { bookedAtMs, type Movement } from './movement.js';
import { accountOf, daysOf, diceOf, idOf, type Scene } from './scene.js';

/** The day of the month on which the bank closes its books for a customer. */
export const closingDate = 28;

/** Monthly movements that depend on `before`, which holds everything else. */
export function upkeepMovements(scene: Scene, before: readonly Movement[]): Movement[] {
  const made: Movement[] = loanOpening(scene);
  const balances = new RunningBalances([...before, ...made]);
  for (const day of daysOf(scene)) {
    if (dayOfMonth(day) !== closingDate) continue;
    const atMs = day * dayMs + 23 * 3_600_000;
    balances.advance(atMs);
    const closing = [...fees(scene, atMs), ...interest(scene, balances, atMs), ...payments(scene, balances, atMs)];
    closing.forEach((movement) => balances.book(movement));
    made.push(...closing);
  }
  return made;
}

/** Balances by ledger account, brought forward instant by instant. */
class RunningBalances {
  readonly #waiting: readonly Movement[];
  readonly #balances = new Map<string, number>();
  #next = 0;

  constructor(movements: readonly Movement[]) {
    const booked = movements.filter((movement) => bookedAtMs(movement) !== undefined);
    this.#waiting = booked.toSorted((one, other) => (bookedAtMs(one) ?? 0) - (bookedAtMs(other) ?? 0));
  }

  of(account: string): number {
    return this.#balances.get(account) ?? 0;
  }

  advance(untilMs: number): void {
    for (let due = this.#waiting[this.#next]; due !== undefined; due = this.#waiting[this.#next]) {
      if ((bookedAtMs(due) ?? 0) > untilMs) return;
      this.book(due);
      this.#next += 1;
    }
  }

  book({ from, to, amountMinor }: Movement): void {
    this.#balances.set(from, this.of(from) - amountMinor);
    this.#balances.set(to, this.of(to) + amountMinor);
  }
}

function loanOpening(scene: Scene): Movement[] {
  const loan = accountOf(scene, 'LOAN');
  if (loan === undefined) return [];
  const dice = diceOf(scene, 'loan');
  const amountMinor = dice.whole(1_400_000, 3_800_000);
  return [
    {
      key: idOf(scene, 'mv', 'loan opening'),
      from: loan,
      to: 'internal:capital',
      amountMinor,
      atMs: scene.firstDay * dayMs,
      settlement: { kind: 'atOnce' },
      description: `LOAN ${dice.whole(100_000, 999_999)} BROUGHT FORWARD`,
    },
  ];
}

function fees(scene: Scene, atMs: number): Movement[] {
  const checking = accountOf(scene, 'CHECKING');
  if (checking === undefined) return [];
  const dice = diceOf(scene, 'fee');
  const amountMinor = dice.whole(150, 990);
  return [
    closing(scene, { topic: 'fee', from: checking, to: 'internal:fees', amountMinor, atMs, words: 'ACCOUNT FEE' }),
  ];
}

function interest(scene: Scene, balances: RunningBalances, atMs: number): Movement[] {
  const movements: Movement[] = [];
  for (const { reference, kind } of scene.customer.accounts) {
    if (kind === 'CHECKING') continue;
    const balance = balances.of(reference);
    const amountMinor = Math.round((Math.abs(balance) * yearlyRate(scene, kind)) / 12);
    if (amountMinor === 0) continue;
    const [from, to] = balance > 0 ? ['internal:interest', reference] : [reference, 'internal:interest'];
    movements.push(closing(scene, { topic: `interest ${reference}`, from, to, amountMinor, atMs, words: 'INTEREST' }));
  }
  return movements;
}

/** The yearly interest of an account kind for this customer, as a fraction. */
export function yearlyRate(scene: Scene, kind: string): number {
  const basisPoints = diceOf(scene, 'rate', kind);
  if (kind === 'SAVINGS') return basisPoints.whole(80, 420) / 10_000;
  if (kind === 'LOAN') return basisPoints.whole(390, 990) / 10_000;
  return kind === 'CREDIT_CARD' ? basisPoints.whole(1490, 2590) / 10_000 : basisPoints.whole(1, 40) / 10_000;
}

/** The card is paid off, the loan in instalments, both from checking. */
function payments(scene: Scene, balances: RunningBalances, atMs: number): Movement[] {
  const checking = accountOf(scene, 'CHECKING');
  const card = accountOf(scene, 'CREDIT_CARD');
  const loan = accountOf(scene, 'LOAN');
  const made: Movement[] = [];
  if (checking === undefined) return made;
  const pay = (topic: string, to: string, amountMinor: number): void => {
    if (amountMinor > 0) made.push(closing(scene, { topic, from: checking, to, amountMinor, atMs, words: 'PAYMENT' }));
  };
  if (card !== undefined) pay('card payment', card, -balances.of(card));
  if (loan !== undefined) pay('loan payment', loan, Math.min(-balances.of(loan), instalmentMinor(scene)));
  return made;
}

/** What the customer pays towards the loan each month. */
export function instalmentMinor(scene: Scene): number {
  return diceOf(scene, 'instalment').whole(24_000, 48_000);
}

interface Closing {
  readonly topic: string;
  readonly from: string;
  readonly to: string;
  readonly amountMinor: number;
  readonly atMs: number;
  readonly words: string;
}

function closing(scene: Scene, { topic, words, atMs, ...rest }: Closing): Movement {
  const number = diceOf(scene, topic, atMs).whole(100_000, 999_999);
  const key = idOf(scene, 'mv', topic, atMs);
  return { key, ...rest, atMs, settlement: { kind: 'atOnce' }, description: `${words} ${number}` };
}
