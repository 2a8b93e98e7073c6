/**
 * Every code that a client can meet in `extensions.code`, with the HTTP status it has when it ends the whole
 * request and the one line that explains it. Nothing outside this list reaches a client.
 */
export const faultCodes = {
  UNAUTHENTICATED: { status: 401, text: 'the token is missing, invalid or not acceptable' },
  PURPOSE_DENIED: { status: 403, text: 'the purpose or scope of the token does not reach this field' },
  CONSENT_REQUIRED: { status: 403, text: 'the customer has not consented to this' },
  BANK_EXCLUDED: { status: 403, text: 'the agreement with the bank does not cover this' },
  REAUTH_REQUIRED: { status: 403, text: 'the customer must reconfirm the consent' },
  BANK_UNAVAILABLE: { status: 503, text: 'the bank did not answer in a usable way' },
  BANK_THROTTLED: { status: 503, text: 'the bank limits how often it can be asked' },
  STALE: { status: 503, text: 'the state that the decision rests on is too old' },
  REVOKED_IN_FLIGHT: { status: 403, text: 'the consent was revoked while the answer was fetched' },
  SUBGRAPH_UNAVAILABLE: { status: 503, text: 'a part of the platform did not answer in a usable way' },
  BAD_REQUEST: { status: 400, text: 'the request is not a well-formed GraphQL request' },
  NOT_FOUND: { status: 404, text: 'there is nothing at this path' },
  METHOD_NOT_ALLOWED: { status: 405, text: 'this path does not take this method' },
  REQUEST_TIMEOUT: { status: 408, text: 'the request did not arrive in time' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, text: 'the body must be `application/json`' },
  PAYLOAD_TOO_LARGE: { status: 413, text: 'the body is larger than this gateway takes' },
  GRAPHQL_PARSE_FAILED: { status: 400, text: 'the document does not parse' },
  GRAPHQL_VALIDATION_FAILED: { status: 400, text: 'the document does not fit the schema' },
  OPERATION_RESOLUTION_FAILURE: { status: 400, text: 'the document holds no such operation' },
  OPERATION_TOO_LARGE: { status: 400, text: 'the operation selects more than this gateway takes' },
  BAD_USER_INPUT: { status: 400, text: 'the variables or arguments do not fit the operation' },
  INTERNAL_SERVER_ERROR: { status: 500, text: 'something went wrong here' },
} as const;

/** One of the codes of {@link faultCodes}. */
export type FaultCode = keyof typeof faultCodes;
