/** A path of a plan → the objects that are there. */
import { type HarvestObject } from './harvest.js';
import { rowsOf } from './merge.js';
import type { PathSegment } from './nodes.js';
import { isPlainObject, keyReader } from './ownValue.js';
import { isOneOf, type Topology } from './topology.js';

/** Finds the objects at a path, in order; lists are passed through however deep they nest. */
export type EntityFinder = (root: HarvestObject) => readonly HarvestObject[];

type Visit = (value: unknown, found: HarvestObject[]) => void;

const readTypename = keyReader('__typename');

/** Compiles a path. Null, withheld and missing values have no objects. */
export function compilePath(path: readonly PathSegment[], topology: Topology): EntityFinder {
  const found: Visit = throughLists((object, into) => into.push(object));
  const visit = path.reduceRight<Visit>((next, segment) => compileSegment(segment, next, topology), found);
  return (root) => {
    const objects: HarvestObject[] = [];
    visit(root, objects);
    return objects;
  };
}

function compileSegment(segment: PathSegment, next: Visit, topology: Topology): Visit {
  switch (segment.kind) {
    case 'list':
      return next;
    case 'field': {
      const read = keyReader(segment.key);
      return throughLists((object, found) => next(read(object), found));
    }
    case 'type':
      return throughLists((object, found) => {
        const typename = readTypename(object);
        if (isOneOf(typename, segment.names, topology)) next(object, found);
      });
  }
}

function throughLists(visit: (object: HarvestObject, found: HarvestObject[]) => void): Visit {
  const through: Visit = (value, found) => {
    const rows = rowsOf(value);
    if (rows) for (const row of rows) through(row, found);
    else if (isPlainObject(value)) visit(value, found);
  };
  return through;
}
