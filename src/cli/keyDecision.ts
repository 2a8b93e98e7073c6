/** An order about a key of a bank, and the decisions so far → the decisions that it makes. Pure. */
import {
  keyStandings,
  keyStateAt,
  validKeys,
  type BankKey,
  type KeyDecision,
  type KeyStanding,
} from '../consent/index.js';
import { InternalFault } from '../fault/index.js';
import type { NewKeyDecision } from '../store/index.js';
import type { KeyOrder } from './bankOrder.js';

/** What a decision about a key is made about. */
export interface KeyCase {
  /** The keys that are configured, of every bank; undefined where whoever decides does not know them. */
  readonly configured: readonly BankKey[] | undefined;
  /** The decisions so far, of every bank. */
  readonly decisions: readonly KeyDecision[];
  readonly now: number;
}

/** The new decisions. Throws an `InternalFault` that says why for an order that would bring a key back, or changes nothing. */
export function keyDecisionsOf(order: KeyOrder, known: KeyCase): readonly NewKeyDecision[] {
  switch (order.kind) {
    case 'add-key':
      return [added(order, known)];
    case 'retire-key':
      return [retired(order, known)];
    case 'revoke-key':
      return revoked(order, known);
  }
}

type Added = Extract<KeyOrder, { kind: 'add-key' }>;

function added({ bank, kid, key, from, until }: Added, { configured = [], decisions, now }: KeyCase): NewKeyDecision {
  const own = decisions.filter((decision) => decision.bank === bank);
  if (own.some((decision) => decision.kid === kid && decision.act === 'REVOKE')) {
    throw refused(`\`${kid}\` was revoked, and a name does not come back: choose another one`);
  }
  const known = [...configured, ...decisions.filter((decision) => decision.act === 'ADD')];
  if (known.some((one) => one.bank === bank && one.kid === kid)) throw refused(`\`${kid}\` is a key already`);
  if (decisions.some((one) => one.act === 'REVOKE' && one.print === key.print)) {
    throw refused('that key was revoked under another name, and does not come back');
  }
  const same = known.find(({ print }) => print === key.print);
  if (same) throw refused(`that key is \`${same.kid}\` of \`${same.bank}\` already; every key is for one bank alone`);
  if (from !== undefined && from < now) throw refused('`--from` lies in the past');
  if (until !== undefined && until <= Math.max(from ?? now, now))
    throw refused('`--until` is over before the key begins');
  return {
    ...{ act: 'ADD', kid, kind: key.kind, print: key.print },
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  };
}

function retired({ bank, kid, at }: Extract<KeyOrder, { kind: 'retire-key' }>, known: KeyCase): NewKeyDecision {
  const { now, configured } = known;
  const until = at ?? now;
  if (until < now) throw refused('`--at` lies in the past');
  const { own, standings } = namedKeys(bank, kid, known);
  for (const key of own) {
    const state = keyStateAt(key, now);
    if (state === 'REVOKED' || state === 'RETIRED') throw refused(`\`${kid}\` is ${state} already`);
    if (key.until !== undefined && key.until <= until) throw refused(`\`${kid}\` ends before that already`);
    const others = validKeys(standings, key.kind, until).filter((one) => one.kid !== kid);
    if (configured && others.length === 0) {
      throw refused(`no \`${key.kind}\` key of \`${bank}\` would be valid then: add one first, or revoke this one`);
    }
  }
  return { act: 'RETIRE', kid, until };
}

/** One decision for each key of that name, so that its print stays refused; one without where no such key is known here. */
function revoked({ bank, kid }: Extract<KeyOrder, { kind: 'revoke-key' }>, known: KeyCase): readonly NewKeyDecision[] {
  if (known.decisions.some((one) => one.bank === bank && one.kid === kid && one.act === 'REVOKE')) {
    throw refused(`\`${kid}\` is REVOKED already`);
  }
  const { own } = namedKeys(bank, kid, known);
  if (own.length === 0) return [{ act: 'REVOKE', kid }];
  return own.map(({ print }) => ({ act: 'REVOKE', kid, print }));
}

/** Where the configured keys are not known here, any name may be one of them. */
function namedKeys(bank: string, kid: string, { configured, decisions }: KeyCase) {
  const standings: readonly KeyStanding[] = keyStandings(configured ?? [], decisions, bank);
  const own = standings.filter((key) => key.kid === kid);
  if (own.length > 0 || configured === undefined) return { own, standings };
  const names = [...new Set(standings.map((key) => `\`${key.kid}\``))].join(', ');
  throw refused(`\`${bank}\` has no key \`${kid}\`; there are ${names}`);
}

function refused(why: string): InternalFault {
  return new InternalFault(`nothing was changed: ${why}`);
}
