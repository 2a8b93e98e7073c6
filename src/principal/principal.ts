import type { CategoryMask, Purpose, ViewName } from '../policy/index.js';

declare const verified: unique symbol;

/**
 * Who asks, for what: the only thing the rest of the gateway knows of a token. Only a `Verifier` makes one.
 */
export interface Principal {
  readonly [verified]: true;
  readonly clientId: string;
  readonly purpose: Purpose;
  /** The platform's own id of the customer; first-party purposes always have one. */
  readonly customer?: string;
  /** Categories that the scope names, RELATIONSHIP included wherever any financial one is. Open ones need no scope. */
  readonly scope: CategoryMask;
  /** The token's scope words, for purposes whose scope names no category (`ads:targeting`, `consent:manage`). */
  readonly scopeWords: ReadonlySet<string>;
  /** Seconds since the epoch. */
  readonly authTime?: number;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
  readonly view: ViewName;
}

/** Marks facts as verified. INVARIANT: called by `claims.ts` alone, after the signature and every claim were checked. */
export function mintPrincipal(facts: Omit<Principal, typeof verified>): Principal {
  return Object.freeze({ ...facts }) as Principal;
}
