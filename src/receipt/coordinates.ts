import { createHash } from 'node:crypto';

/** The set that a list of coordinates makes: sorted, each once. */
export function coordinateSet(coordinates: readonly string[]): readonly string[] {
  return [...new Set(coordinates)].sort();
}

/** SHA-256 in hex of a set of coordinates, as {@link coordinateSet} gives it. Coordinates are public names of the schema. */
export function coordinatesHashOf(set: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(set)).digest('hex');
}
