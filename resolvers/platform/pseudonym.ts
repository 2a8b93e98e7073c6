import { createHmac } from 'node:crypto';

/** Makes a name for something out of what it is, under a key: equal parts give equal names, and names tell nothing. */
export type Pseudonymizer = (...parts: readonly string[]) => string;

/** Pseudonyms of 128 bits (base64url, 22 characters) under one key. Parts are kept apart by structure, not by a separator. */
export function createPseudonymizer(key: string): Pseudonymizer {
  if (key === '') throw new RangeError('a pseudonym needs a key');
  return (...parts) =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest().subarray(0, 16).toString('base64url');
}
