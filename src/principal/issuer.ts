import type { JSONWebKeySet } from 'jose';
import { InternalFault } from '../fault/index.js';

/** The signature algorithms that a token may use: asymmetric ones only, so that a public key can never verify an HMAC. */
export const tokenAlgorithms = ['EdDSA', 'ES256', 'ES384', 'PS256', 'RS256'] as const;

/** One of {@link tokenAlgorithms}. */
export type TokenAlgorithm = (typeof tokenAlgorithms)[number];

/**
 * The name in `iss` of the demo's own issuer, which signs whatever it is asked. Under `.invalid` (RFC 6761), so that no
 * real issuer can have it; `serve` refuses a configuration that names it.
 */
export const devIssuerName = 'https://dev-issuer.ringfence.invalid';

/** The `aud` of the demo's tokens. */
export const devAudience = 'ringfence';

/** A pinned issuer of tokens: exactly one of `jwks` (keys at hand) and `jwksUrl` (keys to fetch) is given. */
export interface Issuer {
  /** Equal to the tokens' `iss`, byte for byte. */
  readonly issuer: string;
  /** `https:`, or `http:` on a loopback address. The only place that this issuer's keys ever come from. */
  readonly jwksUrl?: string;
  readonly jwks?: JSONWebKeySet;
  readonly algorithms: readonly TokenAlgorithm[];
}

/** Throws an `InternalFault` for issuers that would leave something open: none, doubled, keyless or with a weak algorithm. */
export function checkIssuers(issuers: readonly Issuer[]): void {
  if (issuers.length === 0) throw new InternalFault('no issuer of tokens is configured');
  const names = new Set(issuers.map(({ issuer }) => issuer));
  if (names.size !== issuers.length || names.has('')) {
    throw new InternalFault('each issuer of tokens needs a name of its own');
  }
  issuers.forEach(checkIssuer);
}

function checkIssuer({ issuer, jwks, jwksUrl, algorithms }: Issuer): void {
  if ((jwks === undefined) === (jwksUrl === undefined)) {
    throw new InternalFault(`issuer \`${issuer}\` needs either \`jwks\` or \`jwksUrl\``);
  }
  const known: readonly string[] = tokenAlgorithms;
  if (algorithms.length === 0 || !algorithms.every((algorithm) => known.includes(algorithm))) {
    throw new InternalFault(`issuer \`${issuer}\` needs \`algorithms\` out of ${known.join(', ')}`);
  }
  if (jwksUrl !== undefined) checkKeyUrl(issuer, jwksUrl);
}

const loopback = new Set(['127.0.0.1', '[::1]', 'localhost']);

function checkKeyUrl(issuer: string, jwksUrl: string): void {
  const url = URL.canParse(jwksUrl) ? new URL(jwksUrl) : undefined;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.has(url.hostname));
  if (!url || !safe || url.username !== '' || url.password !== '') {
    throw new InternalFault(`issuer \`${issuer}\` needs a \`jwksUrl\` with https and without credentials`);
  }
}
