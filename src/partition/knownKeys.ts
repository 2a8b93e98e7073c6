/** Which keys a partner's object may have: what was asked for, and nothing that came with it. */
import { type HarvestObject, keyReader } from '../plan/index.js';

/** The keys that were asked for. */
export interface KnownKeys {
  readonly names: ReadonlySet<string>;
  /** Reads of the hidden keys, which no field vouches for. */
  readonly hidden: readonly ((object: object) => unknown)[];
}

/** The keys of an object of which these fields, and these hidden keys, were asked. */
export function knownKeys(fields: readonly string[], hidden: readonly string[]): KnownKeys {
  return { names: new Set([...fields, ...hidden]), hidden: hidden.map((key) => keyReader(key)) };
}

/**
 * The object with known keys alone: most often itself. INVARIANT: whoever calls this finds a missing field later, so
 * that as many keys as were asked for are those that were asked for.
 */
export function onlyKeys(value: HarvestObject, { names, hidden }: KnownKeys): HarvestObject {
  const whole = Object.keys(value).length === names.size && hidden.every((read) => read(value) !== undefined);
  return whole ? value : Object.fromEntries(Object.entries(value).filter(([key]) => names.has(key)));
}

/**
 * The same object. Its prototype is taken away rather than never given, since an object made without one is a table, at
 * four times the cost; and taken away last, since whatever is added after costs as much again.
 */
export function withoutPrototype(object: HarvestObject): HarvestObject {
  return Object.setPrototypeOf(object, null) as HarvestObject;
}
