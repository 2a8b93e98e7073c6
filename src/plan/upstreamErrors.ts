/** Errors of a subgraph's answer → marks at the positions they explain. */
import type { FieldFault } from '../fault/index.js';
import { Withheld } from './harvest.js';
import { ownValue } from './ownValue.js';

/** One entry of an answer's `errors`. */
export interface UpstreamError {
  readonly message: string;
  readonly path: readonly (string | number)[] | undefined;
  readonly extensions: Readonly<Record<string, unknown>> | undefined;
}

/** A fault and where in the answer it arose. */
export interface LocatedFault {
  readonly fault: FieldFault;
  readonly path: readonly (string | number)[] | undefined;
}

/**
 * Puts a `Withheld` at the null nearest to each fault's path, in place; what follows of the path is kept as `below`.
 * Returns the faults that explain no null.
 */
export function placeErrors(data: object, faults: readonly LocatedFault[]): FieldFault[] {
  return faults.filter((located) => !place(data, located)).map(({ fault }) => fault);
}

function place(data: object, { fault, path }: LocatedFault): boolean {
  let holder = data;
  for (const [index, key] of (path ?? []).entries()) {
    if (!isPlace(holder, key)) return false;
    const value = ownValue(holder, String(key));
    if (value === undefined || value === null || value instanceof Withheld) {
      const below = (path ?? []).slice(index + 1);
      mark(holder, key, { before: value, fault: below.length === 0 ? fault : { ...fault, below } });
      return true;
    }
    if (typeof value !== 'object') return false;
    holder = value;
  }
  return false;
}

/** Lists have places for their indices, objects for keys; `__proto__` is a place of neither. */
function isPlace(holder: object, key: string | number): boolean {
  if (Array.isArray(holder)) return typeof key === 'number' && key >= 0 && key < holder.length;
  return typeof key === 'string' && key !== '__proto__';
}

function mark(
  holder: object,
  key: string | number,
  { before, fault }: { readonly before: unknown; readonly fault: FieldFault },
): void {
  const earlier = before instanceof Withheld ? before.faults : [];
  Reflect.set(holder, key, new Withheld([...earlier, fault]));
}
