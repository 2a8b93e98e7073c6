/** Carries out what `ringfence bank` orders about keys. */
import {
  keyStandings,
  keyStateAt,
  validKeys,
  type BankKey,
  type KeyDecision,
  type KeyKind,
  type KeyStanding,
  type KeyState,
} from '../consent/index.js';
import type { KeyStore, OperatorAct } from '../store/index.js';
import type { KeyOrder } from './bankOrder.js';
import { keyDecisionsOf } from './keyDecision.js';

/** What orders about keys are carried out with. */
export interface KeyDesk {
  readonly store: KeyStore;
  /** The keys that are configured, of every bank; undefined where whoever carries out does not know them. */
  readonly configured: readonly BankKey[] | undefined;
  /** Whether the gateway that carries out holds what a key is used with; absent where none runs here. */
  readonly holds?: (key: BankKey) => boolean;
}

/** One key as it stands. */
export interface KeyShown {
  readonly kid: string;
  readonly kind: KeyKind;
  readonly algorithm: string;
  readonly print: string;
  readonly state: KeyState;
  /** True for the key of its kind that is used now; false of all where the configured keys are not known. */
  readonly inUse: boolean;
  /** Whether the running gateway holds it; absent where none was asked. */
  readonly held?: boolean;
  readonly from?: string;
  readonly until?: string;
  readonly revokedAt?: string;
  /** Every decision about it, oldest first; none where its configuration alone holds. */
  readonly decisions: readonly KeyDecisionShown[];
}

/** One decision about a key, and who answers for it. */
export interface KeyDecisionShown {
  readonly act: KeyDecision['act'];
  readonly enteredAt: string;
  readonly by: string;
  readonly reason: string;
}

/** The keys of one bank. */
export interface KeysShown {
  readonly kind: 'keys';
  readonly bank: string;
  /** False where the keys that are configured are not among them. */
  readonly whole: boolean;
  readonly keys: readonly KeyShown[];
}

/** Enters what an order decides. Rejects as {@link keyDecisionsOf} throws; nothing is entered then. */
export async function decideKey(desk: KeyDesk, order: KeyOrder, act: OperatorAct): Promise<void> {
  const { configured } = desk;
  await desk.store.enter(act, (decisions) => keyDecisionsOf(order, { configured, decisions, now: act.at }));
}

/** The keys of a bank at an instant. */
export async function keysShown(desk: KeyDesk, bank: string, now: number): Promise<KeysShown> {
  const { decisions } = await desk.store.all();
  const standings = keyStandings(desk.configured ?? [], decisions, bank);
  const holds = desk.holds ?? (() => true);
  const used = new Set((['grant', 'mac'] as const).map((kind) => validKeys(standings, kind, now).find(holds)?.print));
  const keys = standings.map((key): KeyShown => {
    const own = decisions.filter((one) => one.bank === bank && isAbout(key, one));
    return {
      ...shownOf(key, now),
      inUse: desk.configured !== undefined && used.has(key.print),
      ...(desk.holds && { held: desk.holds(key) }),
      decisions: own.map(({ act, enteredAt, by, reason }) => ({ act, enteredAt: iso(enteredAt), by, reason })),
    };
  });
  return { kind: 'keys', bank, whole: desk.configured !== undefined, keys };
}

/** A name may be two keys’, which are revoked each by its print. */
function isAbout({ kid, print }: KeyStanding, decision: KeyDecision): boolean {
  if (decision.kid !== kid) return false;
  return decision.act !== 'REVOKE' || decision.print === undefined || decision.print === print;
}

const algorithms = { grant: 'EdDSA (Ed25519)', mac: 'HMAC-SHA-256' } as const;

function shownOf(key: KeyStanding, now: number) {
  const { kid, kind, print, from, until, revokedAt } = key;
  return {
    ...{ kid, kind, algorithm: algorithms[kind], print, state: keyStateAt(key, now) },
    ...(from !== undefined && { from: iso(from) }),
    ...(until !== undefined && { until: iso(until) }),
    ...(revokedAt !== undefined && { revokedAt: iso(revokedAt) }),
  };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
