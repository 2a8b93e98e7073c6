/** Rewrites of a plan → functions that correct an object in place. */
import type { Rewrite, RewriteSegment } from './nodes.js';
import { isPlainObject, keyReader } from './ownValue.js';
import { isOneOf, type Topology } from './topology.js';

type Correct = (value: unknown) => void;

const readTypename = keyReader('__typename');

/** One function that applies all rewrites in order; undefined when there are none. */
export function compileRewrites(rewrites: readonly Rewrite[], topology: Topology): Correct | undefined {
  if (rewrites.length === 0) return undefined;
  const corrections = rewrites.map((rewrite) => compileRewrite(rewrite, topology));
  return (value) => corrections.forEach((correct) => correct(value));
}

function compileRewrite(rewrite: Rewrite, topology: Topology): Correct {
  const last = rewrite.path.at(-1);
  const key = last?.kind === 'key' ? last.key : '';
  const change = rewrite.kind === 'set' ? setter(key, rewrite.value) : renamer(key, rewrite.to);
  return rewrite.path
    .slice(0, -1)
    .reduceRight<Correct>((next, segment) => compileSegment(segment, next, topology), throughLists(change));
}

function setter(key: string, value: string): (object: Record<string, unknown>) => void {
  return (object) => {
    object[key] = value;
  };
}

function renamer(key: string, to: string): (object: Record<string, unknown>) => void {
  const read = keyReader(key);
  return (object) => {
    const value = read(object);
    if (value === undefined) return;
    object[to] = value;
    delete object[key];
  };
}

function compileSegment(segment: RewriteSegment, next: Correct, topology: Topology): Correct {
  if (segment.kind === 'key') {
    const read = keyReader(segment.key);
    return throughLists((object) => next(read(object)));
  }
  return throughLists((object) => {
    const typename = readTypename(object);
    if (isOneOf(typename, segment.names, topology)) next(object);
  });
}

function throughLists(correct: (object: Record<string, unknown>) => void): Correct {
  const through: Correct = (value) => {
    if (Array.isArray(value)) value.forEach(through);
    else if (isPlainObject(value)) correct(value);
  };
  return through;
}
