/** The errors of Apollo Server and of the stages → what a client may read of them. */
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ClientFault, type FaultCode, faultCodes } from '../fault/index.js';

/** A fault of the stages in the form that Apollo Server carries: with the status of its code. */
export function toGraphqlError(fault: ClientFault): GraphQLError {
  return new GraphQLError(fault.message, {
    originalError: fault,
    extensions: { code: fault.code, http: { status: fault.status } },
  });
}

/**
 * One error of the answer: message, locations and code, nothing else. What was not foreseen keeps only its code's
 * text.
 */
export function presentError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const code = codeOf(formatted, error);
  if (code === 'INTERNAL_SERVER_ERROR') return { message: faultCodes[code].text, extensions: { code } };
  return {
    message: messageOf(formatted, code),
    ...(formatted.locations && { locations: formatted.locations }),
    extensions: { code },
  };
}

function codeOf(formatted: GraphQLFormattedError, error: unknown): FaultCode {
  const status = statusOf(error);
  if (status === 405) return 'METHOD_NOT_ALLOWED';
  if (status === 415) return 'UNSUPPORTED_MEDIA_TYPE';
  const code = formatted.extensions?.['code'];
  return typeof code === 'string' && Object.hasOwn(faultCodes, code) ? (code as FaultCode) : 'INTERNAL_SERVER_ERROR';
}

function statusOf(error: unknown): unknown {
  const http = error instanceof GraphQLError ? error.extensions['http'] : undefined;
  return typeof http === 'object' && http !== null && 'status' in http ? http.status : undefined;
}

/** A parser that gave up for a reason of its own (its stack) has nothing to say to a client. */
function messageOf({ message }: GraphQLFormattedError, code: FaultCode): string {
  return code === 'GRAPHQL_PARSE_FAILED' && !message.startsWith('Syntax Error')
    ? faultCodes[code].text
    : message.trim();
}
