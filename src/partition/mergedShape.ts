/** Selections of one response key on one object → one selection, all the way down (specification, 5.3.2). */
import { isAbstractType } from 'graphql';
import type { Shape, ShapeField } from './shape.js';

/** Fields that are one field; the first stands for all, with all that they select below it. */
export type Same = readonly [ShapeField, ...ShapeField[]];

/** The fields of an object by response key, in the order of their first selection. */
export function mergedFields(fields: readonly ShapeField[]): Same[] {
  const groups = new Map<string, [ShapeField, ...ShapeField[]]>();
  for (const field of fields) {
    const group = groups.get(field.key);
    if (group) group.push(field);
    else groups.set(field.key, [field]);
  }
  return [...groups.values()].map((same) => (same.length === 1 ? same : withMergedChild(same)));
}

function withMergedChild(same: Same): Same {
  const [first, ...others] = same;
  const [child, ...further] = same.flatMap((field) => field.child ?? []);
  return child ? [{ ...first, child: further.reduce(merged, child) }, ...others] : same;
}

/** INVARIANT: both are of one response key, so that no object may be of a type that one of them does not know. */
function merged(one: Shape, other: Shape): Shape {
  const narrow = isAbstractType(one.type) ? other : one;
  const possible = new Set([...one.possible].filter((name) => other.possible.has(name)));
  return { ...one, ...narrow, possible, fields: [...one.fields, ...other.fields] };
}
