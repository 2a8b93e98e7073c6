/** Receipts of a period and a bank's own log → a signed statement of what the bank was asked, and where the two differ. */
import { type KeyObject, sign, verify } from 'node:crypto';
import type { Receipt } from './receipt.js';
import { signingKeyId } from './checkpoint.js';
import type { WitnessSet } from './witness.js';

/** A bank and a time; the end is left out. Milliseconds since the epoch. */
export interface AttestedPeriod {
  readonly bank: string;
  readonly from: number;
  readonly to: number;
}

/** A request as the bank's own log has it. */
export interface LoggedCall {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The `x-fapi-interaction-id` of the request; absent where it had none: then the gateway did not send it. */
  readonly interaction?: string;
}

/** `unrecorded`: the bank's log has a call that no receipt knows. `unlogged`: a receipt has a call that the bank's log lacks. */
export interface LogDifference {
  readonly kind: 'unrecorded' | 'unlogged';
  readonly at: string;
  readonly interaction: string | null;
  readonly receipt?: string;
}

/** What the receipts of a bank and a period say. */
export interface AttestedCounts {
  /** Requests for which the bank was asked, whatever came of it. */
  readonly requested: number;
  /** Those whose values left. */
  readonly released: number;
  /** Calls, as the receipts list them, each once. */
  readonly calls: number;
}

/** What was checked, and found whole, before anything was stated. Instants are ISO 8601. */
export interface AttestedGround {
  readonly chains: number;
  readonly entries: number;
  readonly checkpoints: number;
  /** The entries that were read of each chain: none where `first` is greater than `last`. The hash is the last one's, in hex. */
  readonly spans: readonly {
    readonly chain: number;
    readonly first: number;
    readonly last: number;
    readonly hash: string;
  }[];
  /** `held`: the chains reach as far as the machine had seen that made the statement. `none`, `other`: it had seen nothing of them. */
  readonly mark: { readonly kind: 'held' | 'other' | 'none'; readonly chains: number; readonly at?: string };
  /** Absent: no bank's witness was given. */
  readonly witness?: WitnessSet;
  /** Receipts up to here were cut off. Absent: none were. */
  readonly cutAt?: string;
}

/** What is stated, before it is signed. Instants are ISO 8601. */
export interface AttestationFacts {
  readonly bank: string;
  readonly from: string;
  readonly to: string;
  /** Where requests of the period may be under way still: the instant from which on receipts may be missing. */
  readonly settledUntil?: string;
  readonly madeAt: string;
  /** True when nothing was requested or released, nothing of the period is cut off, and no log says otherwise. */
  readonly nothingHappened: boolean;
  readonly counts: AttestedCounts;
  /** Receipts of all banks in the period: that something was recorded at all. */
  readonly receiptsInPeriod: number;
  /** Why the receipts do not say all: those of the period that retention has cut off. */
  readonly problems: readonly string[];
  /** Absent where no log was given. */
  readonly log?: { readonly calls: number; readonly differences: readonly LogDifference[] };
  readonly checked: AttestedGround;
}

/** The statement. `signature` is Ed25519 in base64 over the JSON of the other members, in their order. */
export interface Attestation extends AttestationFacts {
  readonly key: string;
  readonly signature: string;
}

/** A call may arrive so much later, or by the bank's clock earlier, than the request began that led to it. */
const slackMs = 5 * 60_000;

/** What became of the calls that one request made to the bank. */
interface Asked {
  readonly calls: number;
  isReleased: boolean;
  isDiscarded: boolean;
}

/** Takes receipts one by one, in any order. Memory grows with the bank's calls in the period alone. */
export class AttestationCount {
  inPeriod = 0;
  /** Every name of a bank that a receipt has, whenever. */
  readonly banks = new Set<string>();
  private readonly calls = new Map<string, Pick<Receipt, 'id' | 'at'>>();
  /** By the calls: a release that was discarded on its way to the client has a second receipt, which lists the same ones. */
  private readonly asked = new Map<string, Asked>();

  constructor(private readonly period: AttestedPeriod) {}

  /** Counts a receipt. */
  add({ id, at, bank, decision, interactions = [] }: Omit<Receipt, 'customer' | 'consents'>): void {
    const { from, to } = this.period;
    if (bank !== undefined) this.banks.add(bank);
    const isWithin = from <= at && at < to;
    if (isWithin) this.inPeriod += 1;
    if (bank !== this.period.bank || at < from - slackMs || at >= to + slackMs) return;
    for (const interaction of interactions) this.calls.set(interaction, { id, at });
    // A refusal asks nobody.
    if (!isWithin || decision === 'REFUSED') return;
    const request = interactions.length === 0 ? id : [...interactions].sort().join(' ');
    const known = this.asked.get(request) ?? { calls: interactions.length, isReleased: false, isDiscarded: false };
    known.isReleased ||= decision === 'RELEASED';
    known.isDiscarded ||= decision === 'REVOKED_IN_FLIGHT';
    this.asked.set(request, known);
  }

  /** What was counted. */
  get counts(): AttestedCounts {
    const asked = [...this.asked.values()];
    return {
      requested: asked.length,
      released: asked.filter(({ isReleased, isDiscarded }) => isReleased && !isDiscarded).length,
      calls: asked.reduce((sum, { calls }) => sum + calls, 0),
    };
  }

  /** Where the bank's log and the receipts differ. A call at the edge of the period may stand on either side of it. */
  differences(log: readonly LoggedCall[]): readonly LogDifference[] {
    const { from, to } = this.period;
    const logged = new Set(log.flatMap(({ interaction }) => interaction ?? []));
    const unrecorded = log
      .filter(({ at, interaction }) => from <= at && at < to && !this.calls.has(interaction ?? ''))
      .map(
        ({ at, interaction }) => ({ kind: 'unrecorded', at: instant(at), interaction: interaction ?? null }) as const,
      );
    const unlogged = [...this.calls]
      .filter(([interaction, { at }]) => from <= at && at < to && !logged.has(interaction))
      .map(([interaction, { id, at }]) => ({ kind: 'unlogged', at: instant(at), interaction, receipt: id }) as const);
    return [...unrecorded, ...unlogged];
  }
}

/** Signs what is stated. */
export function attest(facts: AttestationFacts, key: KeyObject): Attestation {
  const signed = { ...facts, key: signingKeyId(key) };
  return { ...signed, signature: sign(null, Buffer.from(JSON.stringify(signed)), key).toString('base64') };
}

/** True when the key made the signature, and nothing was changed since. */
export function isAttested(attestation: Attestation, key: KeyObject): boolean {
  const { signature, ...signed } = attestation;
  return verify(null, Buffer.from(JSON.stringify(signed)), key, Buffer.from(signature, 'base64'));
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
