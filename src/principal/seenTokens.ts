import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { KeyRing } from './keyRing.js';
import type { Principal } from './principal.js';

/** A token that was verified: when, and by which issuer's keys. */
export interface Sighting {
  readonly principal: Principal;
  readonly ring: KeyRing;
  /** The ring's generation when verification began; undefined when it had no usable keys yet. */
  readonly generation: number | undefined;
  readonly at: Date;
}

/** Tokens verified a moment ago. Saves a signature check per request of a busy client; decides nothing. */
export interface SeenTokens {
  remember(token: string, sighting: Sighting): void;
  recall(token: string, now: Date): Principal | undefined;
}

const maxTokens = 10_000;
const maxAgeMs = 30_000;

/**
 * Remembers at most 10,000 tokens for at most 30 s each, never past `exp`, and not beyond a change, or the ageing, of
 * the issuer's keys. Keyed by the SHA-256 of the whole token, so that a dump of the memory holds none from here.
 */
export function createSeenTokens(): SeenTokens {
  const seen = new LRUCache<string, Sighting>({ max: maxTokens });
  return {
    remember(token, sighting) {
      if (sighting.generation !== undefined) seen.set(digest(token), sighting);
    },
    recall(token, now) {
      const sighting = seen.get(digest(token));
      if (!sighting) return undefined;
      const ageMs = now.getTime() - sighting.at.getTime();
      const young = ageMs >= 0 && ageMs < maxAgeMs && now.getTime() < sighting.principal.expiresAt * 1000;
      return young && sighting.ring.generation() === sighting.generation ? sighting.principal : undefined;
    },
  };
}

function digest(token: string): string {
  return hash('sha256', token, 'base64');
}
