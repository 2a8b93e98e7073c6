/** A token, or the claims of one → the principal that the demo's gateway would see, or why it would see none. */
import { ClientFault, InternalFault } from '../fault/index.js';
import type { Policy } from '../policy/index.js';
import { admittedBy, createVerifier, devAudience, type Principal, TokenRefusal } from '../principal/index.js';
import { openDevIssuer } from './devIssuer.js';
import { projectRoot } from './projectRoot.js';

/** Who is said to ask. */
export type Stated =
  | { readonly kind: 'token'; readonly token: string }
  /** JSON of the claims of domain.md, 4: `client_id`, `purpose`, `sub`, `scope`; signed here and then verified as any token. */
  | { readonly kind: 'claims'; readonly json: string };

/** Who asks, or the words for why nobody does. */
export type Asker =
  { readonly kind: 'principal'; readonly principal: Principal } | { readonly kind: 'refused'; readonly why: string };

/** Verifies as the demo's gateway does, with the clients and the scopes of `policy`. */
export async function explainedAsker(policy: Pick<Policy, 'table' | 'clients'>, stated: Stated): Promise<Asker> {
  const now = (): Date => new Date();
  const issuer = await openDevIssuer(projectRoot(), now);
  const verifier = createVerifier({
    issuers: [issuer.issuer],
    audience: devAudience,
    clients: policy.clients,
    admits: admittedBy(policy.table),
    now,
    clockToleranceS: 0,
    onKeyFailure: () => undefined,
  });
  const blank = { client: '', purpose: '', scope: '', expiresInS: 60, authenticatedAgoS: 0 };
  const token =
    stated.kind === 'token' ? stated.token : await issuer.token({ ...blank, claims: claimsIn(stated.json) });
  try {
    const authorization = `Bearer ${token.trim()}`;
    const headers = { authorization, rawHeaders: ['authorization', authorization] };
    return { kind: 'principal', principal: await verifier.verify(headers) };
  } catch (error) {
    if (!(error instanceof ClientFault) || !(error.cause instanceof TokenRefusal)) throw error;
    return { kind: 'refused', why: refusalWords[error.cause.reason](error.cause.detail) };
  }
}

function claimsIn(json: string): Readonly<Record<string, unknown>> {
  const parsed = parsedOrNull(json);
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Record<string, unknown>;
  throw new InternalFault(
    '`--claims` must be a JSON object, such as `{"client_id":"ads-engine","purpose":"AD_TARGETING"}`',
  );
}

function parsedOrNull(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return null;
  }
}

const refusalWords: Readonly<Record<TokenRefusal['reason'], (detail: string) => string>> = {
  header: () => 'the token cannot stand in an `Authorization` header',
  malformed: (detail) => `it is not a token of a shape that is taken (${detail}); \`ringfence token\` prints one`,
  issuer: () => 'its issuer is not the demo’s; `explain` verifies tokens of `ringfence token`',
  keys: () => 'the issuer’s keys could not be had',
  signature: (detail) => `its signature, audience or times do not hold (${detail})`,
  claims: () => 'a claim is missing or has another shape',
  client: () => 'its client is not registered for its purpose, see policy/clients.yaml',
  customer: () => 'its purpose needs a customer and there is none, or forbids the one that is there',
  scope: () => 'its scope names a word that its purpose does not admit',
};
