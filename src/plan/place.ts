/** Places in a harvest, each by the keys that lead there: `me/reviews`. */
import type { FieldNode } from 'graphql';
import type { PathSegment } from './nodes.js';

/** The place that a path leads to; lists and types on the way do not count. */
export function placeOf(path: readonly PathSegment[]): string {
  return path.flatMap((segment) => (segment.kind === 'field' ? [segment.key] : [])).join('/');
}

/** The place that keys lead to from another; from the root, which is `''`, they are the place. */
export function placeBelow(at: string, keys: readonly string[]): string {
  return at === '' ? keys.join('/') : `${at}/${keys.join('/')}`;
}

/** The key that a field is answered under. */
export function keyOfField({ alias, name }: FieldNode): string {
  return alias?.value ?? name.value;
}
