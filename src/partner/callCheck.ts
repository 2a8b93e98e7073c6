/** Headers and body of a call in, the grant behind it out; throws for a call that nothing may be answered to. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { JWK } from 'jose';
import { grantHeaders, macInput, type GrantClaims } from '../partition/index.js';
import { createGrantVerifier, type GrantRules } from './grant.js';
import { sameWhile } from './sameWhile.js';
import { type MacKey, parseMacKeys } from './macKey.js';
import { NonceWindow } from './nonceWindow.js';

/** What a partner needs to know that a call comes from the gateway. Several keys of a kind overlap while they rotate. */
export interface PartnerKeys {
  /** Public Ed25519 keys with `kid`. */
  readonly grantKeys: readonly JWK[];
  readonly macKeys: readonly MacKey[];
}

/** What decides whether a call counts here. `keys` is asked at each call, and gives the same object while they are the same. */
export type CallRules = Omit<GrantRules, 'grantKeys'> & { readonly keys: () => PartnerKeys };

/** The longest that a call may travel, and that clocks may differ, in milliseconds. */
const longestTravelMs = 60_000;

/** Checks one call; resolves with its grant. */
export type CallCheck = (headers: IncomingHttpHeaders, body: string) => Promise<GrantClaims>;

/** The check of one subgraph's calls: grant, MAC over this very body, time, and a nonce not seen before. */
export function createCallCheck({ keys, ...rules }: CallRules): CallCheck {
  const verifyGrant = createGrantVerifier({ ...rules, grantKeys: () => keys().grantKeys });
  const isBound = createMacCheck({ ...rules, macKeys: () => keys().macKeys });
  return async (headers, body) => {
    const grant = await verifyGrant(headers[grantHeaders.authorization]);
    isBound(headers, { jti: grant.jti, body });
    return grant;
  };
}

/** What a body is bound to: a grant's `jti`, or the name of what comes without a grant. */
export interface BoundBody {
  readonly jti: string;
  readonly body: string;
}

/** Throws unless the headers bind the body by a key of the partner's, now, and for the first time. */
export function createMacCheck(rules: {
  /** Asked at each call. */
  readonly macKeys: () => readonly MacKey[];
  readonly now: () => Date;
}): (headers: IncomingHttpHeaders, bound: BoundBody) => void {
  const parsed = sameWhile(parseMacKeys);
  parsed(rules.macKeys());
  const nonces = new NonceWindow(2 * longestTravelMs);
  return (headers, bound) => {
    const nonce = single(headers, grantHeaders.nonce);
    const time = single(headers, grantHeaders.time);
    const mac = single(headers, grantHeaders.mac);
    const input = macInput({ ...bound, nonce, time });
    if (!parsed(rules.macKeys()).some((key) => macMatches(key, input, mac)))
      throw new Error('the body is not bound to the grant');
    const nowMs = rules.now().getTime();
    if (!/^\d{1,15}$/.test(time) || Math.abs(nowMs - Number(time)) > longestTravelMs) throw new Error('a stale call');
    if (!nonces.admit(nonce, nowMs)) throw new Error('a replayed call');
  };
}

function single(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  if (typeof value !== 'string' || value === '' || value.length > 128) throw new Error(`no usable \`${name}\``);
  return value;
}

function macMatches(key: Buffer, input: string, mac: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(mac)) return false;
  return timingSafeEqual(createHmac('sha256', key).update(input).digest(), Buffer.from(mac, 'hex'));
}
