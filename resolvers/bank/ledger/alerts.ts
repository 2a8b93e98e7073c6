/** Fraud alerts that the bank raised on card payments. */
import type { Movement } from './movement.js';
import { anchorMs, diceOf, idOf, type Scene } from './scene.js';
import { dayMs } from './calendar.js';
import { lineIds } from './statement.js';

/** The entry that an item is about: its line's ids in both phases. */
export interface EntryKey {
  readonly accountReference: string;
  readonly ids: { readonly pending: string; readonly posted: string };
}

/** An alert as the bank raised it. */
export interface Alert {
  readonly id: string;
  readonly raisedAtMs: number;
  readonly severity: 'LOW' | 'MEDIUM' | 'HIGH';
  /** As the bank left it; the customer may have acknowledged it since. */
  readonly state: 'OPEN' | 'ACKNOWLEDGED' | 'CLOSED';
  readonly entry: EntryKey;
}

/** The alerts of a customer, newest first: at least two, the newest still open. How many there are is the salt's. */
export function alertsOf(scene: Scene, movements: readonly Movement[]): readonly Alert[] {
  const suspects = suspectsOf(scene, movements);
  const count = Math.min(suspects.length, diceOf(scene, 'alerts').whole(2, 24));
  const stride = suspects.length / Math.max(1, count);
  const picked = Array.from({ length: count }, (_, turn) => suspects[Math.floor(turn * stride)]);
  const alerts = picked.filter((movement) => movement !== undefined).map((movement) => alertOn(scene, movement));
  const [newest, ...older] = alerts.toSorted((one, other) => other.raisedAtMs - one.raisedAtMs);
  return newest === undefined ? [] : [{ ...newest, state: 'OPEN' }, ...older];
}

/** Card payments that stay on the books, newest first. */
function suspectsOf(scene: Scene, movements: readonly Movement[]): readonly Movement[] {
  const untilMs = anchorMs(scene) - dayMs;
  const suspects = movements.filter(({ settlement, atMs }) => settlement.kind === 'posts' && atMs < untilMs);
  return suspects.toSorted((one, other) => other.atMs - one.atMs);
}

function alertOn(scene: Scene, { key, from, atMs }: Movement): Alert {
  const dice = diceOf(scene, 'alert', key);
  const recent = atMs > anchorMs(scene) - 40 * dayMs;
  return {
    id: idOf(scene, 'al', key),
    raisedAtMs: atMs + dice.whole(30, 900) * 1000,
    severity: dice.pick(['LOW', 'MEDIUM', 'HIGH']),
    state: recent ? dice.pick(['OPEN', 'ACKNOWLEDGED']) : dice.pick(['ACKNOWLEDGED', 'CLOSED']),
    entry: { accountReference: from, ids: lineIds(key, from) },
  };
}
