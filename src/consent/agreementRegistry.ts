/** Configured agreements and the decisions about them → the agreements in effect now, from memory, and only while that is fresh. */
import { ClientFault } from '../fault/index.js';
import type { RegisteredAgreement, RegisteredAgreementPort } from './agreement.js';
import { isInForce, narrowed, versionInForce, type AgreementVersion } from './agreementVersion.js';

/** Agreements that change while the gateway runs. */
export interface AgreementRegistry extends RegisteredAgreementPort {
  /**
   * How many decisions are in effect: moves whenever an agreement does, and never falls. Throws STALE when what is known
   * of the decisions is older than 5 s; agreements themselves answer from what is known, so whoever acts asks this first, or {@link currentAgreements}.
   */
  revision(): number;
  /** Takes all decisions that there are, as they were read at `readAt` of the monotonic clock (milliseconds). */
  apply(versions: readonly AgreementVersion[], readAt: number): void;
}

/** The clocks that a registry goes by. */
export interface RegistryClocks {
  readonly now: () => Date;
  /** Milliseconds that only ever grow, whatever the wall clock does. */
  readonly monotonicMs: () => number;
}

/** How old may be what a decision rests on. */
export const registryFreshMs = 5_000;

/** A registry that knows no decisions yet, so that {@link AgreementRegistry.revision} throws until the first `apply`. */
export function createAgreementRegistry(
  configured: readonly RegisteredAgreement[],
  clocks: RegistryClocks,
): AgreementRegistry {
  let versions: readonly AgreementVersion[] = [];
  let freshUntil = Number.NEGATIVE_INFINITY;
  let state = stateOf(configured, versions, clocks.now().getTime());
  const current = (): RegistryState => {
    const now = clocks.now().getTime();
    if (now >= state.until) state = stateOf(configured, versions, now);
    return state;
  };
  return {
    agreement: (bank) => current().byBank.get(bank),
    agreements: () => current().listed,
    revision: () => {
      if (clocks.monotonicMs() > freshUntil) throw new ClientFault('STALE');
      return current().revision;
    },
    apply: (read, readAt) => {
      freshUntil = readAt + registryFreshMs;
      if (read.length === versions.length) return;
      versions = read;
      state = stateOf(configured, versions, clocks.now().getTime());
    },
  };
}

/**
 * The same agreements for whoever asks without a standing, which would have told: throws STALE while what is known of the decisions
 * is older than 5 s, and before any were read.
 */
export function currentAgreements(registry: AgreementRegistry): RegisteredAgreementPort {
  const current = (): AgreementRegistry => {
    registry.revision();
    return registry;
  };
  return {
    agreement: (bank) => current().agreement(bank),
    agreements: () => current().agreements(),
  };
}

interface RegistryState {
  readonly listed: readonly RegisteredAgreement[];
  readonly byBank: ReadonlyMap<string, RegisteredAgreement>;
  readonly revision: number;
  /** When the next decision takes effect. */
  readonly until: number;
}

function stateOf(
  configured: readonly RegisteredAgreement[],
  versions: readonly AgreementVersion[],
  now: number,
): RegistryState {
  const listed = configured.map((agreement) => {
    const own = versions.filter(({ bank }) => bank === agreement.bank);
    return narrowed(agreement, versionInForce(own, now)?.terms);
  });
  const inForce = versions.filter((version) => isInForce(version, now));
  const starts = versions.flatMap(({ effectiveFrom = now }) => (effectiveFrom > now ? effectiveFrom : []));
  return {
    listed: Object.freeze(listed),
    byBank: new Map(listed.map((agreement) => [agreement.bank, agreement])),
    revision: inForce.length,
    until: Math.min(...starts, Number.POSITIVE_INFINITY),
  };
}
