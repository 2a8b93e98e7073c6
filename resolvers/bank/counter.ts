/** Where one call is served: the customer's book and changes, cut to what the grant covers. */
import DataLoader from 'dataloader';
import type { SubgraphContext } from '../../src/partner/index.js';
import type { DataCategory } from '../../src/policy/index.js';
import type { DemoAccount } from '../demo/world.js';
import type { Once } from '../idempotency.js';
import type { BankState, CustomerState } from './bankState.js';
import {
  lineById,
  shows,
  type Alert,
  type CustomerBook,
  type EntryKey,
  type Ledger,
  type Line,
} from './ledger/index.js';

/** What one call may look at. Made for each call. */
export interface Counter {
  readonly book: CustomerBook;
  readonly state: CustomerState;
  readonly once: Once;
  readonly atMs: number;
  readonly lines: DataLoader<string, Line | undefined>;
  readonly alerts: DataLoader<string, Alert | undefined>;
  readonly accounts: DataLoader<string, DemoAccount | undefined>;
}

/** What the bank's resolvers find in their context. */
export interface BankContext extends SubgraphContext {
  /** Absent for a grant of nobody that this bank knows. */
  readonly counter?: Counter;
}

/** Opens a counter for the customer of a grant; undefined where the bank does not know them. */
export function openCounter(
  ledger: Ledger,
  states: BankState,
  customerReference: string | undefined,
): Counter | undefined {
  const book = customerReference === undefined ? undefined : ledger.book(customerReference);
  if (book === undefined || customerReference === undefined) return undefined;
  const atMs = ledger.now().getTime();
  const accounts = new Map(book.scene.customer.accounts.map((account) => [account.reference, account]));
  const alerts = new Map(book.alerts.map((alert) => [alert.id, alert]));
  return {
    book,
    state: states.of(customerReference),
    once: states.once,
    atMs,
    lines: batched((id) => lineById(book, id)),
    alerts: batched((id) => alerts.get(id)),
    accounts: batched((reference) => accounts.get(reference)),
  };
}

/** One pass over the ledger for all keys that a wave of resolvers asks for. */
function batched<V>(find: (key: string) => V | undefined): DataLoader<string, V | undefined> {
  return new DataLoader(async (keys: readonly string[]) => keys.map(find));
}

/** True where the grant covers the category for an account, directly. */
export function coversAccount(
  { evidence }: SubgraphContext,
  category: DataCategory,
  accountReference: string,
): boolean {
  return evidence.consent(category, { accountReference });
}

/** True where the grant reaches an item of an account, directly or on the anchor edge. */
export function reachesItem(context: SubgraphContext, item: Item): boolean {
  return context.evidence.consent(item.category, { accountReference: item.accountReference, anchor: item.edge });
}

/** An item that hangs on an anchor edge. */
export interface Item {
  readonly edge: string;
  readonly category: DataCategory;
  readonly accountReference: string;
}

/** The first instant of the account's data that the grant reaches. */
export function notBeforeMs({ grant }: SubgraphContext, accountReference: string): number {
  if (grant.accounts === 'all') return -Infinity;
  const limit = grant.accounts.find(({ reference }) => reference === accountReference)?.notBefore;
  return limit === undefined ? -Infinity : Date.parse(limit);
}

/** True for a line that shows now and lies within the grant's time. */
export function isVisible(context: BankContext, line: Line): boolean {
  const { counter } = context;
  return (
    counter !== undefined && shows(line, counter.atMs) && line.sinceMs >= notBeforeMs(context, line.accountReference)
  );
}

/** The line that an item is about, in the phase it is in now; undefined where it is out of the grant's reach. */
export async function lineOf(context: BankContext, { ids }: EntryKey): Promise<Line | undefined> {
  const lines = await context.counter?.lines.loadMany([ids.posted, ids.pending]);
  const found = lines?.filter((line): line is Line => line !== undefined && !(line instanceof Error));
  return found?.find((line) => isVisible(context, line));
}

/** The alerts that the grant reaches, newest first. */
export function visibleAlerts(context: BankContext): readonly Alert[] {
  const { counter } = context;
  return counter === undefined ? [] : counter.book.alerts.filter((alert) => isAlertVisible(context, alert, undefined));
}

/** True for an alert that is raised and belongs to an account that the grant covers, on the edge if one is given. */
export function isAlertVisible(context: BankContext, alert: Alert, edge: string | undefined): boolean {
  const { accountReference } = alert.entry;
  if (context.counter === undefined || alert.raisedAtMs > context.counter.atMs) return false;
  if (alert.raisedAtMs < notBeforeMs(context, accountReference)) return false;
  if (edge === undefined) return coversAccount(context, 'FRAUD_SIGNAL', accountReference);
  return reachesItem(context, { edge, category: 'FRAUD_SIGNAL', accountReference });
}
