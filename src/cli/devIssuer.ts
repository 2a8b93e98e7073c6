/** The demo's token issuer: signs whatever it is asked, however wrong, because refusing is the gateway's job. */
import { importJWK, SignJWT, type JSONWebKeySet } from 'jose';
import { isPurpose } from '../policy/index.js';
import { admittedScope, devAudience, devIssuerName, type Admits, type Issuer } from '../principal/index.js';
import { loadDevIssuerKey } from './devIssuerKey.js';

/** What a token shall say; nothing of it is checked. */
export interface DevTokenRequest {
  readonly client: string;
  readonly purpose: string;
  readonly customer?: string;
  /** Verbatim; `''` names nothing. */
  readonly scope: string;
  /** Negative for a token that has expired. */
  readonly expiresInS: number;
  /** How long ago the customer authenticated. */
  readonly authenticatedAgoS: number;
  /** More claims, or other values for those above. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** Signs tokens, and says how to verify them. */
export interface DevIssuer {
  /** For a verifier's `issuers`. Never give it to one that guards real data. */
  readonly issuer: Issuer & { readonly jwks: JSONWebKeySet };
  token(request: DevTokenRequest): Promise<string>;
}

/** The issuer whose key lies in `<root>/.ringfence`. Every process of one checkout has the same. */
export async function openDevIssuer(root: string, now: () => Date): Promise<DevIssuer> {
  const key = await loadDevIssuerKey(root);
  const signingKey = await importJWK(key, 'EdDSA');
  const { kty, crv, x, kid } = key;
  return {
    issuer: {
      issuer: devIssuerName,
      jwks: { keys: [{ kty, crv, x, kid, alg: 'EdDSA', use: 'sig' }] },
      algorithms: ['EdDSA'],
    },
    token: (request) => {
      const header = { alg: 'EdDSA', typ: 'JWT', kid };
      return new SignJWT(claimsOf(request, now())).setProtectedHeader(header).sign(signingKey);
    },
  };
}

function claimsOf(request: DevTokenRequest, now: Date): Record<string, unknown> {
  const nowS = Math.floor(now.getTime() / 1000);
  return {
    iss: devIssuerName,
    aud: devAudience,
    iat: nowS,
    exp: nowS + request.expiresInS,
    auth_time: nowS - request.authenticatedAgoS,
    client_id: request.client,
    purpose: request.purpose,
    scope: request.scope,
    ...(request.customer === undefined ? {} : { sub: request.customer }),
    ...request.claims,
  };
}

/** All that the purpose admits, in vocabulary order; `''` for one that does not exist. */
export function defaultScope(purpose: string, admits: Admits): string {
  return isPurpose(purpose) ? [...admittedScope(purpose, admits).keys()].join(' ') : '';
}
