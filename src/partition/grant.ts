import type { DataCategory, Purpose } from '../policy/index.js';

/**
 * What a grant allows for one account: `categories` read directly, and those read only on the items that hang on the
 * listed anchor edges. Dates are RFC 3339.
 */
export interface GrantedAccount {
  readonly reference: string;
  readonly categories: readonly DataCategory[];
  readonly anchored: readonly { readonly edge: string; readonly categories: readonly DataCategory[] }[];
  readonly notBefore?: string;
}

/**
 * The claims of a grant: a JWT (EdDSA, `typ: ringfence-grant+jwt`) that the gateway issues to one subgraph for one
 * customer, client and purpose. Valid for 60 s at most. Example:
 * `{ iss: 'ringfence', aud: 'harbor', jti: '…', iat: 1, exp: 61, sub: 'hb-10001', client: 'messenger',
 *    purpose: 'ACCOUNT_SERVICING', scope: ['RELATIONSHIP', 'BALANCE'], accounts: […], consents: […], policy: '…' }`.
 */
export interface GrantClaims {
  readonly iss: 'ringfence';
  /** The bank or platform subgraph that may act on it. */
  readonly aud: string;
  readonly jti: string;
  /** Seconds since the epoch. */
  readonly iat: number;
  readonly exp: number;
  /** How the audience knows the customer; absent for principals without one and for uncleared subgraphs. */
  readonly sub?: string;
  /** Absent for uncleared subgraphs (offers, ads, apps). */
  readonly client?: string;
  readonly purpose: Purpose;
  /** Seconds since the epoch when the customer last authenticated; only where a write needs it. */
  readonly authTime?: number;
  /** The categories that the token's scope names. */
  readonly scope: readonly DataCategory[];
  /** `'all'` only while a customer picks accounts at this bank. */
  readonly accounts: readonly GrantedAccount[] | 'all';
  readonly consents: readonly { readonly id: string; readonly version: number }[];
  /** The hash of the policy that decided. */
  readonly policy: string;
}

/** The headers that carry a call to a partner. The MAC binds the body, the nonce and the time to the grant. */
export const grantHeaders = {
  /** `Bearer <grant>`. */
  authorization: 'authorization',
  /** A fresh UUID for each call; a partner refuses one that it has seen. */
  nonce: 'ringfence-nonce',
  /** Milliseconds since the epoch, decimal. */
  time: 'ringfence-time',
  /** Lower-case hex HMAC-SHA256 over {@link macInput}. */
  mac: 'ringfence-mac',
  interaction: 'x-fapi-interaction-id',
} as const;

/** The bytes that the MAC covers: the grant's `jti`, the nonce, the time and the body, each on its own line. */
export function macInput(call: { jti: string; nonce: string; time: string; body: string }): string {
  return `${call.jti}\n${call.nonce}\n${call.time}\n${call.body}`;
}
