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
import { keysOf, type KeysConfigured } from './keysConfigured.js';
import { keyFileName } from './keyVault.js';

/** What a decision about a key is made about. */
export interface KeyCase {
  /** Of every bank. */
  readonly configured: KeysConfigured;
  /** Whether the gateway that decides holds what a key is used with; absent where none does. */
  readonly holds?: (key: BankKey) => boolean;
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

function added({ bank, kid, key, from, until }: Added, known: KeyCase): NewKeyDecision {
  const { decisions, now } = known;
  const own = decisions.filter((decision) => decision.bank === bank);
  if (own.some((decision) => decision.kid === kid && decision.act === 'REVOKE')) {
    throw refused(`\`${kid}\` was revoked, and a name does not come back: choose another one`);
  }
  const keys = [...requireKnown(known), ...decisions.filter((decision) => decision.act === 'ADD')];
  if (keys.some((one) => one.bank === bank && one.kid === kid)) throw refused(`\`${kid}\` is a key already`);
  if (decisions.some((one) => one.act === 'REVOKE' && one.print === key.print)) {
    throw refused('that key was revoked under another name, and does not come back');
  }
  const same = keys.find(({ print }) => print === key.print);
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

/** A name stands for the key that was added last: an addition could push a working key out of use, and a retirement be the last. */
function requireKnown({ configured }: KeyCase): readonly BankKey[] {
  if (configured.kind === 'known') return configured.keys;
  const next = "run this where the gateway's key files can be read";
  throw refused(`the keys that are configured are not known here (${configured.why}): ${next}`);
}

function retired({ bank, kid, at }: Extract<KeyOrder, { kind: 'retire-key' }>, known: KeyCase): NewKeyDecision {
  const { now } = known;
  const until = at ?? now;
  if (until < now) throw refused('`--at` lies in the past');
  const standings = keyStandings(requireKnown(known), known.decisions, bank);
  const own = standings.filter((key) => key.kid === kid);
  if (own.length === 0) throw noSuchKey(bank, kid, standings);
  for (const key of own) {
    const state = keyStateAt(key, now);
    if (state === 'REVOKED' || state === 'RETIRED') throw refused(`\`${kid}\` is ${state} already`);
    if (key.until !== undefined && key.until <= until) throw refused(`\`${kid}\` ends before that already`);
    requireFollower(key, validKeys(standings, key.kind, until), known);
  }
  return { act: 'RETIRE', kid, until };
}

/** Refuses to end a key that no other one follows which can be used. */
function requireFollower({ bank, kid, kind }: BankKey, valid: readonly KeyStanding[], { holds }: KeyCase): void {
  const others = valid.filter((key) => key.kid !== kid);
  const [next] = others;
  if (!next) throw refused(`no \`${kind}\` key of \`${bank}\` would be valid then: add one first, or revoke this one`);
  if (holds === undefined || others.some(holds)) return;
  throw refused(`\`${next.kid}\` is not held by this gateway: put \`${keyFileName(next)}\` into the key folder first`);
}

/** One decision for each key of that name, so that its print stays refused; one without where no such key is known here. */
function revoked(order: Extract<KeyOrder, { kind: 'revoke-key' }>, known: KeyCase): readonly NewKeyDecision[] {
  const { bank, kid, print } = order;
  const { configured, decisions } = known;
  const standings = keyStandings(keysOf(configured), decisions, bank);
  const own = standings.filter((key) => key.kid === kid);
  const before = decisions.flatMap((one) =>
    one.bank === bank && one.kid === kid && one.act === 'REVOKE' ? [one] : [],
  );
  // Where the configured keys are not known here, any name may be one of them.
  if (own.length === 0 && before.length === 0 && configured.kind === 'known') throw noSuchKey(bank, kid, standings);
  requireItsPrint(order, standings, known);
  const prints = new Set([...own.map((key) => key.print), ...(print === undefined ? [] : [print])]);
  const open = [...prints].filter((one) => !before.some((decision) => decision.print === one));
  if (before.length > 0 && open.length === 0) throw refused(`\`${kid}\` is REVOKED already`);
  return open.length === 0 ? [{ act: 'REVOKE', kid }] : open.map((one) => ({ act: 'REVOKE', kid, print: one }));
}

/** What was handed in must not be another key's: that would end for good as well. */
function requireItsPrint(
  { kid, print }: Extract<KeyOrder, { kind: 'revoke-key' }>,
  standings: readonly KeyStanding[],
  { configured }: KeyCase,
): void {
  if (print === undefined) return;
  const named = standings.filter((key) => key.kid === kid);
  if (named.some((key) => key.print === print)) return;
  const other = standings.find((key) => key.print === print);
  if (other)
    throw refused(`the key that was handed in is \`${other.kid}\`: say \`--kid ${other.kid}\` to revoke that one`);
  if (configured.kind === 'unknown' || named.length === 0) return;
  throw refused(`the key that was handed in is not \`${kid}\`: leave it out, as \`${kid}\` is known here`);
}

function noSuchKey(bank: string, kid: string, standings: readonly KeyStanding[]): InternalFault {
  const names = [...new Set(standings.map((key) => `\`${key.kid}\``))].join(', ');
  return refused(`\`${bank}\` has no key \`${kid}\`; there are ${names}`);
}

function refused(why: string): InternalFault {
  return new InternalFault(`nothing was changed: ${why}`);
}
