/** Movements → the lines of one account, with every phase that a line goes through. */
import { idFrom } from './dice.js';
import { bookedAtMs, type Movement } from './movement.js';

/** One line of an account in one phase: it shows from `sinceMs` until `untilMs`. */
export interface Line {
  /** The transaction's id in this phase. */
  readonly id: string;
  readonly accountReference: string;
  readonly status: 'PENDING' | 'POSTED';
  /** When the line was authorised (pending) or booked (posted). */
  readonly sinceMs: number;
  /** Absent where it stays. */
  readonly untilMs?: number;
  /** Positive credits the customer. */
  readonly signedMinor: number;
  /** The balance after this line; absent while pending. */
  readonly runningMinor?: number;
  /** The id of the pending line that this one follows. */
  readonly replacesId?: string;
  readonly movement: Movement;
}

/** All lines that an account ever has, oldest first, and where each one is. */
export interface Statement {
  readonly accountReference: string;
  readonly lines: readonly Line[];
  readonly positions: ReadonlyMap<string, number>;
}

/** The statement of one account; movements of other accounts are passed over. Cost: n log n. */
export function statementOf(accountReference: string, movements: readonly Movement[]): Statement {
  const own = movements.filter(({ from, to }) => from === accountReference || to === accountReference);
  const phases = own.flatMap((movement) => phasesOf(accountReference, movement));
  phases.sort((one, other) => one.sinceMs - other.sinceMs || (one.id < other.id ? -1 : 1));
  const lines = withRunningBalance(phases);
  return { accountReference, lines, positions: new Map(lines.map(({ id }, position) => [id, position])) };
}

/** True while the line shows. */
export function shows({ sinceMs, untilMs }: Line, atMs: number): boolean {
  return sinceMs <= atMs && (untilMs === undefined || untilMs > atMs);
}

/** The booked balance at an instant, in minor units. */
export function balanceAt({ lines }: Statement, atMs: number): number {
  const last = lines.findLast(({ status, sinceMs }) => status === 'POSTED' && sinceMs <= atMs);
  return last?.runningMinor ?? 0;
}

/** The sum of what is pending at an instant; negative where money is going to leave. */
export function pendingAt({ lines }: Statement, atMs: number): number {
  let sum = 0;
  for (const line of lines) if (line.status === 'PENDING' && shows(line, atMs)) sum += line.signedMinor;
  return sum;
}

/** The ids of a movement's line at an account, in its two phases. */
export function lineIds(key: string, accountReference: string): { readonly pending: string; readonly posted: string } {
  const id = (phase: string): string => idFrom('tx', key, accountReference, phase);
  return { pending: id('pending'), posted: id('posted') };
}

function phasesOf(accountReference: string, movement: Movement): Line[] {
  const { key, to, amountMinor, atMs, settlement } = movement;
  const signedMinor = to === accountReference ? amountMinor : -amountMinor;
  const shared = { accountReference, signedMinor, movement };
  const ids = lineIds(key, accountReference);
  const posted = { ...shared, id: ids.posted, status: 'POSTED', sinceMs: bookedAtMs(movement) ?? 0 } as const;
  if (settlement.kind === 'atOnce') return [posted];
  const pending = { ...shared, id: ids.pending, status: 'PENDING', sinceMs: atMs, untilMs: settlement.atMs } as const;
  return settlement.kind === 'vanishes' ? [pending] : [pending, { ...posted, replacesId: pending.id }];
}

function withRunningBalance(phases: readonly Line[]): readonly Line[] {
  let balance = 0;
  return phases.map((line) => {
    if (line.status === 'PENDING') return line;
    balance += line.signedMinor;
    return { ...line, runningMinor: balance };
  });
}
