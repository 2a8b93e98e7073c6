/** A value of JSON → the same value with one place deleted, or made into nonsense, in turn. */

/** Keys and list indices that lead to a place. */
export type Path = readonly (string | number)[];

/** One change. */
export interface Change {
  readonly how: 'deleted' | 'corrupted';
  readonly path: Path;
  readonly changed: unknown;
}

/** What stands for nonsense: no name, number, coordinate, word of a list or address is written so. */
export const nonsense = 'NON SENSE!';

/** Every place of `value`, itself aside, in its order. */
export function placesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return keys.flatMap((key) => {
    const place = [...path, key];
    return [place, ...placesOf((value as Record<string | number, unknown>)[key], place)];
  });
}

/** Each of the places deleted, and each made into nonsense. */
export function changesOf(value: unknown, places: readonly Path[] = placesOf(value)): Change[] {
  return places.flatMap((path) => [
    { how: 'deleted' as const, path, changed: withPlace(value, path, undefined) },
    { how: 'corrupted' as const, path, changed: withPlace(value, path, nonsense) },
  ]);
}

/** A copy with another value at a place; without the place for `undefined`. */
export function withPlace(value: unknown, path: Path, other: unknown): unknown {
  const copy: unknown = structuredClone(value);
  let parent = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  if (other !== undefined) parent[last] = other;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return copy;
}
