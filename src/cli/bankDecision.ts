/** An order about an agreement, and the decisions so far → the decisions that it makes. Pure. */
import {
  narrowed,
  versionInForce,
  versionsToCome,
  type AgreementTerms,
  type AgreementVersion,
  type RegisteredAgreement,
} from '../consent/index.js';
import { InternalFault } from '../fault/index.js';
import { maskOf, type BankStatus } from '../policy/index.js';
import type { NewVersion } from '../store/index.js';
import type { AgreementOrder } from './bankOrder.js';

/** What a decision is made about. */
export interface DecisionCase {
  readonly configured: RegisteredAgreement;
  /** The bank's decisions so far. */
  readonly versions: readonly AgreementVersion[];
  readonly now: number;
}

/**
 * The new decisions: the one that was ordered, and every one still to come made again with it, so that none of them undoes it
 * later. Throws an `InternalFault` that says why for an order that would open what is closed, or that changes nothing.
 */
export function decisionsOf(order: AgreementOrder, { configured, versions, now }: DecisionCase): readonly NewVersion[] {
  const at = order.effectiveFrom ?? now;
  if (at < now) throw refused('`--from` lies in the past');
  const base = versionInForce(versions, at)?.terms ?? {};
  const earlier = beforeSuspension(versions, at);
  const change = (terms: AgreementTerms, time: number): AgreementTerms =>
    changed(order, terms, { configured, before: versionInForce(earlier, time)?.terms.status });
  const first = change(base, at);
  const later = versionsToCome(versions, at).map(({ terms, effectiveFrom }): NewVersion => {
    const next = orAsItWas(() => change(terms, effectiveFrom ?? at), terms);
    return { terms: next, ...(effectiveFrom !== undefined && { effectiveFrom }) };
  });
  return [{ terms: first, ...(order.effectiveFrom !== undefined && { effectiveFrom: at }) }, ...later];
}

/** An order that a later decision has gone past already leaves that one alone. */
function orAsItWas(change: () => AgreementTerms, terms: AgreementTerms): AgreementTerms {
  try {
    return change();
  } catch (error) {
    if (error instanceof InternalFault) return terms;
    throw error;
  }
}

/** All that was decided, dated or not, before the suspension that holds at `at` was entered; everything where none holds. */
function beforeSuspension(versions: readonly AgreementVersion[], at: number): readonly AgreementVersion[] {
  const inForce = versionInForce(versions, at);
  if (inForce?.terms.status !== 'SUSPENDED') return versions;
  return beforeSuspension(
    versions.filter(({ version }) => version < inForce.version),
    at,
  );
}

interface Case {
  readonly configured: RegisteredAgreement;
  /** The status decided before the suspension for the time from which the new terms hold. */
  readonly before: BankStatus | undefined;
}

function changed(order: AgreementOrder, terms: AgreementTerms, { configured, before }: Case): AgreementTerms {
  const status = narrowed(configured, terms).status;
  switch (order.kind) {
    case 'suspend':
      return withStatus(terms, 'SUSPENDED', { status, from: ['LIVE', 'PILOT'] });
    case 'terminate':
      return withStatus(terms, 'TERMINATED', { status, from: ['LIVE', 'PILOT', 'SUSPENDED'] });
    case 'resume':
      return resumed(terms, { configured, before });
    case 'narrow':
      return { ...terms, covers: without(order, terms.covers ?? configured.covers) };
    case 'set':
      return setTo(order, terms, configured);
  }
}

interface Step {
  readonly status: BankStatus;
  readonly from: readonly BankStatus[];
}

function withStatus(terms: AgreementTerms, to: BankStatus, { status, from }: Step): AgreementTerms {
  if (!from.includes(status)) throw refused(`it is ${status} already`);
  return { ...terms, status: to };
}

/** Back to what was decided before the suspension, not to more. */
function resumed(terms: AgreementTerms, { configured, before }: Case): AgreementTerms {
  if (terms.status !== 'SUSPENDED') {
    const { status } = narrowed(configured, terms);
    throw refused(status === 'SUSPENDED' ? 'its configuration suspends it' : `it is ${status}, not suspended`);
  }
  if (before === 'SUSPENDED') throw refused('a suspension was decided for that time before this one');
  const { status: _, ...rest } = terms;
  return before === undefined ? rest : { ...rest, status: before };
}

function without(
  { without: categories, purpose }: Extract<AgreementOrder, { kind: 'narrow' }>,
  covers: RegisteredAgreement['covers'],
): RegisteredAgreement['covers'] {
  const taken = maskOf(categories);
  const left = [...covers].map(([name, mask]) => {
    return [name, purpose === undefined || name === purpose ? mask & ~taken : mask] as const;
  });
  return new Map(left);
}

function setTo(
  order: Extract<AgreementOrder, { kind: 'set' }>,
  terms: AgreementTerms,
  configured: RegisteredAgreement,
): AgreementTerms {
  const { status, lookbackDays, maximumConsentDays, callsPerMinute, maintenance, asConfigured = [] } = order;
  const wanted = { status, lookbackDays, maximumConsentDays, callsPerMinute, maintenance };
  const said = Object.entries(wanted).filter(([, value]) => value !== undefined);
  if (said.length + asConfigured.length === 0) throw refused('it says nothing to set');
  const kept = Object.entries(terms).filter(([member]) => !(asConfigured as readonly string[]).includes(member));
  const windows = maintenance === undefined ? {} : { maintenance: [...(terms.maintenance ?? []), maintenance] };
  const next: AgreementTerms = { ...Object.fromEntries(kept), ...Object.fromEntries(said), ...windows };
  refuseWider(next, said, configured);
  return next;
}

/** What a decision cannot open is refused in words, besides having no effect. */
function refuseWider(
  next: AgreementTerms,
  said: readonly (readonly [string, unknown])[],
  configured: RegisteredAgreement,
): void {
  const effective = narrowed(configured, next);
  for (const [member] of said) {
    const key = member as keyof AgreementTerms & keyof RegisteredAgreement;
    if (key === 'maintenance' || effective[key] === next[key]) continue;
    const stated = JSON.stringify(configured[key]);
    throw refused(`its configuration says \`${stated}\` for \`${key}\`, and a decision cannot widen it`);
  }
}

function refused(why: string): InternalFault {
  return new InternalFault(`nothing was changed: ${why}`);
}
