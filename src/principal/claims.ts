import type { JWTPayload } from 'jose';
import { z } from 'zod';
import { purposes, viewOf, type DataCategory, type Purpose } from '../policy/index.js';
import { mintPrincipal, type Principal } from './principal.js';
import { TokenRefusal } from './refusal.js';
import { readScope } from './scope.js';

/** Which purposes each client is registered for. */
export type ClientRegistry = ReadonlyMap<string, ReadonlySet<Purpose>>;

/** What the claims of a verified token are judged by. */
export interface ClaimRules {
  readonly clients: ClientRegistry;
  readonly admitted: ReadonlyMap<Purpose, ReadonlyMap<string, DataCategory | undefined>>;
  readonly nowS: number;
  readonly clockToleranceS: number;
}

/** Printable ASCII without a space: ids end up in keys and logs. */
const id = z.string().regex(/^[\x21-\x7e]{1,200}$/);
const absent = z.never().optional();

/**
 * The claims of domain.md, 4. Others are ignored, save those that state the same facts in another shape (`scp`,
 * `scopes`, `purposes`) and `cnf`, which binds a token to a proof that a bearer does not give (RFC 7800, 3).
 */
const claims = z.object({
  client_id: id,
  purpose: z.enum(purposes),
  scope: z.string(),
  sub: id.optional(),
  exp: z.number(),
  iat: z.number().optional(),
  auth_time: z.number().optional(),
  scp: absent,
  scopes: absent,
  purposes: absent,
  cnf: absent,
});

type Claims = z.infer<typeof claims>;

/**
 * The principal that a verified token stands for. The signature, `iss`, `aud`, `exp` and `nbf` were checked before.
 * Throws a `TokenRefusal` when any claim is missing, has another shape or goes beyond the client or the purpose.
 */
export function readClaims(payload: JWTPayload, rules: ClaimRules): Principal {
  const parsed = claims.safeParse(payload);
  if (!parsed.success) throw new TokenRefusal('claims');
  checkTimes(parsed.data, rules);
  checkClient(parsed.data, rules.clients);
  checkCustomer(parsed.data);
  return principalOf(parsed.data, rules);
}

/** A time in the future would make an old authentication look fresh for longer. */
function checkTimes({ iat, auth_time: authTime }: Claims, { nowS, clockToleranceS }: ClaimRules): void {
  const latest = nowS + clockToleranceS;
  if ((iat ?? 0) > latest || (authTime ?? 0) > latest) throw new TokenRefusal('claims', 'a time lies ahead');
}

function checkClient({ client_id: clientId, purpose }: Claims, clients: ClientRegistry): void {
  if (clients.get(clientId)?.has(purpose) !== true) throw new TokenRefusal('client');
}

function checkCustomer({ sub, purpose }: Claims): void {
  if (purpose === 'THIRD_PARTY_SHARING') return;
  const needed = viewOf(purpose) === 'first-party';
  if (needed !== (sub !== undefined)) throw new TokenRefusal('customer');
}

function principalOf(facts: Claims, { admitted }: ClaimRules): Principal {
  const scope = readScope(facts.scope, admitted.get(facts.purpose) ?? new Map());
  return mintPrincipal({
    clientId: facts.client_id,
    purpose: facts.purpose,
    scope: scope.mask,
    scopeWords: scope.words,
    expiresAt: facts.exp,
    view: viewOf(facts.purpose),
    ...(facts.sub === undefined ? {} : { customer: facts.sub }),
    ...(facts.auth_time === undefined ? {} : { authTime: facts.auth_time }),
  });
}
