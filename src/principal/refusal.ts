import { ClientFault } from '../fault/index.js';

/**
 * Why a token was refused, for the operator's log. The client never learns which:
 * `header` the `Authorization` header itself; `malformed` not a JWT of a shape that is taken at all; `issuer` not one
 * of ours; `keys` the issuer's keys could not be had; `signature` wrong key, algorithm or signature, or a time or
 * audience that does not fit; `claims` a claim is missing or has another shape; `client` not registered for the
 * purpose; `customer` there is one where none may be, or none where one must be; `scope` not admitted.
 */
export type RefusalReason =
  'header' | 'malformed' | 'issuer' | 'keys' | 'signature' | 'claims' | 'client' | 'customer' | 'scope';

/**
 * The `cause` of every `UNAUTHENTICATED` fault made here. INVARIANT: holds words of this program only, nothing of the
 * token, because it is logged.
 */
export class TokenRefusal extends Error {
  constructor(
    readonly reason: RefusalReason,
    readonly detail: string = reason,
    options?: ErrorOptions,
  ) {
    super(`token refused: ${detail}`, options);
    this.name = 'TokenRefusal';
  }
}

/** The one fault that a client sees for any refused token: always the same code and message. */
export function unauthenticated(refusal: TokenRefusal): ClientFault {
  return new ClientFault('UNAUTHENTICATED', undefined, { cause: refusal });
}
