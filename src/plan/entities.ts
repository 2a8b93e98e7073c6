/** A path of a plan → the objects that are there. */
import type { HarvestObject } from './harvest.js';
import { rowsOf } from './merge.js';
import type { PathSegment } from './nodes.js';
import { isPlainObject, keyReader } from './ownValue.js';
import { isOneOf, type Topology } from './topology.js';

/** Told of an object at a path; the object that it returns stands there from then on. */
export type Visitor = (object: HarvestObject) => HarvestObject;

/** Visits the objects at a path, in order; lists are passed through however deep they nest. */
export type PathWalk = (root: HarvestObject, visit: Visitor) => void;

type Step<T> = (value: T, visit: Visitor) => unknown;

const readTypename = keyReader('__typename');

/** Compiles a path. Null, withheld and missing values have no objects. */
export function compilePath(path: readonly PathSegment[], topology: Topology): PathWalk {
  const here: Step<unknown> = throughLists((object, visit) => visit(object));
  return path.reduceRight((next, segment) => compileSegment(segment, next, topology), here);
}

function compileSegment(segment: PathSegment, next: Step<unknown>, topology: Topology): Step<unknown> {
  switch (segment.kind) {
    case 'list':
      return next;
    case 'field':
      return compileField(segment.key, next);
    case 'type':
      return throughLists((object, visit) =>
        isOneOf(readTypename(object), segment.names, topology) ? next(object, visit) : object,
      );
  }
}

function compileField(key: string, next: Step<unknown>): Step<unknown> {
  const read = keyReader(key);
  return throughLists((object, visit) => {
    const value = read(object);
    const now = next(value, visit);
    if (now !== value) object[key] = now;
    return object;
  });
}

function throughLists(step: Step<HarvestObject>): Step<unknown> {
  const through: Step<unknown> = (value, visit) => {
    if (isPlainObject(value)) return step(value, visit);
    const rows = rowsOf(value) as unknown[] | undefined;
    if (!rows) return value;
    for (let index = 0; index < rows.length; index += 1) {
      const now = through(rows[index], visit);
      if (now !== rows[index]) rows[index] = now;
    }
    return value;
  };
  return through;
}
