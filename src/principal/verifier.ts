/** Turns the headers of a request into a principal, or refuses: the only way into the gateway. */
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify, type JWTPayload, type JWTHeaderParameters } from 'jose';
import { InternalFault } from '../fault/index.js';
import { purposes } from '../policy/index.js';
import { bearerToken, type TokenHeaders } from './bearer.js';
import { readClaims, type ClaimRules, type ClientRegistry } from './claims.js';
import { checkIssuers, type Issuer } from './issuer.js';
import { fetchKeys } from './keyFetch.js';
import { fetchedKeyRing, fixedKeyRing, type KeyRing } from './keyRing.js';
import type { Principal } from './principal.js';
import { TokenRefusal, unauthenticated } from './refusal.js';
import { admittedScope, type Admits } from './scope.js';
import { createSeenTokens, type SeenTokens } from './seenTokens.js';

/** What tokens are judged by. All of it is required: what is missing must not mean "anything goes". */
export interface VerifierOptions {
  readonly issuers: readonly Issuer[];
  /** A token must be for this audience and no other. */
  readonly audience: string;
  readonly clients: ClientRegistry;
  readonly admits: Admits;
  readonly now: () => Date;
  /** Seconds, 0 to 5. */
  readonly clockToleranceS: number;
  /** Told when an issuer's keys could not be loaded. */
  readonly onKeyFailure: (issuer: string, error: unknown) => void;
}

/** Verifies the token of one request. */
export interface Verifier {
  /** Throws a `ClientFault` `UNAUTHENTICATED`, always the same one; its `cause` is a `TokenRefusal` for the log. */
  verify(headers: TokenHeaders): Promise<Principal>;
}

/**
 * A verifier for JWTs (RFC 7519, RFC 8725) of pinned issuers. A token that was verified within the last 30 s is not
 * verified again while it has not expired and its issuer's keys are the same. Throws an `InternalFault` for options
 * that leave something open.
 */
export function createVerifier(options: VerifierOptions): Verifier {
  checkOptions(options);
  const bench: Bench = {
    options,
    issuers: new Map(options.issuers.map((issuer) => [issuer.issuer, { issuer, ring: ringOf(issuer, options) }])),
    admitted: new Map(purposes.map((purpose) => [purpose, admittedScope(purpose, options.admits)])),
    seen: createSeenTokens(),
  };
  return { verify: (headers) => verify(headers, bench) };
}

interface Trusted {
  readonly issuer: Issuer;
  readonly ring: KeyRing;
}

/** What one verifier works with. */
interface Bench {
  readonly options: VerifierOptions;
  readonly issuers: ReadonlyMap<string, Trusted>;
  readonly admitted: ClaimRules['admitted'];
  readonly seen: SeenTokens;
}

function checkOptions({ issuers, audience, clockToleranceS }: VerifierOptions): void {
  checkIssuers(issuers);
  if (audience === '') throw new InternalFault('no audience of tokens is configured');
  if (!(clockToleranceS >= 0 && clockToleranceS <= 5)) {
    throw new InternalFault('the clock tolerance must lie between 0 and 5 seconds');
  }
}

function ringOf({ issuer, jwks, jwksUrl }: Issuer, { now, onKeyFailure }: VerifierOptions): KeyRing {
  if (jwks !== undefined) return fixedKeyRing(jwks);
  if (jwksUrl === undefined) throw new InternalFault(`issuer \`${issuer}\` has no keys`);
  return fetchedKeyRing({ load: () => fetchKeys(jwksUrl), now, onFailure: (error) => onKeyFailure(issuer, error) });
}

async function verify(headers: TokenHeaders, bench: Bench): Promise<Principal> {
  try {
    return await principalOf(bearerToken(headers), bench);
  } catch (error) {
    const unexpected = () => new TokenRefusal('malformed', 'unexpected failure', { cause: error });
    throw unauthenticated(error instanceof TokenRefusal ? error : unexpected());
  }
}

async function principalOf(token: string, bench: Bench): Promise<Principal> {
  const now = bench.options.now();
  const known = bench.seen.recall(token, now);
  if (known) return known;
  const trusted = trustedIssuer(token, bench.issuers);
  // Read before the keys are used: if they change meanwhile, the token must not be remembered under the new ones.
  const generation = trusted.ring.generation();
  const payload = await verifiedPayload(token, trusted, { ...bench.options, now: () => now });
  const { clients, clockToleranceS } = bench.options;
  const rules = { clients, admitted: bench.admitted, nowS: now.getTime() / 1000, clockToleranceS };
  const principal = readClaims(payload, rules);
  bench.seen.remember(token, { principal, ring: trusted.ring, generation, at: now });
  return principal;
}

/** Headers that carry a key, point to one, or change how the rest must be read. */
const refusedHeaders = ['jku', 'jwk', 'x5u', 'x5c', 'crit', 'b64', 'cty', 'zip', 'enc'];
/** A grant or any other kind of JWT is not an access token, whoever signed it (RFC 8725, 3.11). */
const acceptedTypes: readonly unknown[] = [undefined, 'jwt', 'at+jwt', 'application/at+jwt'];

/** The pinned issuer that the token claims to be from. Nothing of the token is trusted yet. */
function trustedIssuer(token: string, issuers: ReadonlyMap<string, Trusted>): Trusted {
  const { header, iss } = peek(token);
  const type: unknown = typeof header.typ === 'string' ? header.typ.toLowerCase() : header.typ;
  if (refusedHeaders.some((name) => Object.hasOwn(header, name)) || !acceptedTypes.includes(type)) {
    throw new TokenRefusal('malformed', 'a header that is not taken');
  }
  if (typeof header.kid !== 'string' || header.kid === '') throw new TokenRefusal('malformed', 'no key id');
  const trusted = typeof iss === 'string' ? issuers.get(iss) : undefined;
  if (!trusted) throw new TokenRefusal('issuer');
  return trusted;
}

function peek(token: string): { readonly header: JWTHeaderParameters; readonly iss: unknown } {
  try {
    return { header: decodeProtectedHeader(token) as JWTHeaderParameters, iss: decodeJwt(token).iss };
  } catch {
    // Not chained: jose's errors may hold parts of the token.
    throw new TokenRefusal('malformed', 'not a token');
  }
}

async function verifiedPayload(
  token: string,
  { issuer, ring }: Trusted,
  options: VerifierOptions,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, (header) => ring.key(header), {
      algorithms: [...issuer.algorithms],
      issuer: issuer.issuer,
      audience: options.audience,
      currentDate: options.now(),
      clockTolerance: options.clockToleranceS,
      requiredClaims: ['exp'],
    });
    // A token for several audiences could be replayed here by any of the others.
    if (Array.isArray(payload.aud) && payload.aud.length !== 1)
      throw new TokenRefusal('signature', 'several audiences');
    return payload;
  } catch (error) {
    if (error instanceof TokenRefusal) throw error;
    throw new TokenRefusal('signature', error instanceof errors.JOSEError ? error.code : 'not verified');
  }
}
