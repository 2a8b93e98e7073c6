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
import { keysOf, type KeysConfigured } from './keysConfigured.js';

/** What orders about keys are carried out with. */
export interface KeyDesk {
  readonly store: KeyStore;
  /** The keys that are configured, of every bank. */
  readonly configured: KeysConfigured;
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
  /** Of the key that was revoked; absent where whoever revoked it knew its name alone. */
  readonly print?: string;
}

/** A name about which something was decided, and that no key here has. */
export interface NameShown {
  readonly kid: string;
  readonly decisions: readonly KeyDecisionShown[];
}

/** The keys of one bank. */
export interface KeysShown {
  readonly kind: 'keys';
  readonly bank: string;
  /** False where the keys that are configured are not among them. */
  readonly whole: boolean;
  /** Why they are not; absent where they are. */
  readonly unknownBecause?: string;
  readonly keys: readonly KeyShown[];
  /** Of keys that were taken away, or mistyped. */
  readonly otherNames: readonly NameShown[];
}

/** Enters what an order decides. Rejects as {@link keyDecisionsOf} throws; nothing is entered then. */
export async function decideKey({ store, ...desk }: KeyDesk, order: KeyOrder, act: OperatorAct): Promise<void> {
  await store.enter(act, (decisions) => keyDecisionsOf(order, { ...desk, decisions, now: act.at }));
}

/** The keys of a bank at an instant. */
export async function keysShown(desk: KeyDesk, bank: string, now: number): Promise<KeysShown> {
  const { configured } = desk;
  const { decisions } = await desk.store.all();
  const standings = keyStandings(keysOf(configured), decisions, bank);
  const own = decisions.filter((decision) => decision.bank === bank);
  const holds = desk.holds ?? (() => true);
  const used = new Set((['grant', 'mac'] as const).map((kind) => validKeys(standings, kind, now).find(holds)?.print));
  const keys = standings.map((key): KeyShown => ({
    ...shownOf(key, now),
    inUse: configured.kind === 'known' && used.has(key.print),
    ...(desk.holds && { held: desk.holds(key) }),
    decisions: own.filter((decision) => isAbout(key, decision)).map(decisionShown),
  }));
  const others = own.filter((decision) => !standings.some((key) => isAbout(key, decision)));
  return {
    ...{ kind: 'keys', bank, whole: configured.kind === 'known' },
    ...(configured.kind === 'unknown' && { unknownBecause: configured.why }),
    ...{ keys, otherNames: namesShown(others) },
  };
}

/** A name may be two keys’, which are revoked each by its print. */
function isAbout({ kid, print }: KeyStanding, decision: KeyDecision): boolean {
  if (decision.kid !== kid) return false;
  return decision.act !== 'REVOKE' || decision.print === undefined || decision.print === print;
}

function namesShown(decisions: readonly KeyDecision[]): readonly NameShown[] {
  const names = [...new Set(decisions.map(({ kid }) => kid))];
  return names.map((kid) => ({
    kid,
    decisions: decisions.filter((decision) => decision.kid === kid).map(decisionShown),
  }));
}

function decisionShown({ enteredAt, by, reason, ...decision }: KeyDecision): KeyDecisionShown {
  const { act } = decision;
  const print = act === 'REVOKE' ? decision.print : undefined;
  return { act, enteredAt: iso(enteredAt), by, reason, ...(print !== undefined && { print }) };
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
