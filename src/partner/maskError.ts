import { GraphQLError } from 'graphql';
import { ClientFault, faultCodes, type FaultCode } from '../fault/index.js';

/** What a subgraph may say about an error: a client fault's own words, and nothing of any other error. */
export function maskError(error: unknown): GraphQLError {
  if (error instanceof ClientFault) return faultError(error.code, error.message);
  return faultError('INTERNAL_SERVER_ERROR');
}

/** An error that carries one of the stable codes. */
export function faultError(code: FaultCode, message: string = faultCodes[code].text): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

/** The error as the answer shows it: those that carry a stable code as they are, all others masked. */
export function shownError(error: GraphQLError): {
  message: string;
  path?: readonly (string | number)[];
  extensions: object;
} {
  const code = error.extensions['code'];
  const known = typeof code === 'string' && Object.hasOwn(faultCodes, code);
  const shown = known ? error : faultError('INTERNAL_SERVER_ERROR');
  const path = error.path === undefined ? {} : { path: error.path };
  return { message: shown.message, ...path, extensions: { code: shown.extensions['code'] } };
}
