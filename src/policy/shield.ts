/** An executable schema → the same schema behind the second book, enforced by graphql-shield. */
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { ClientFault, faultCodes, type FaultCode } from '../fault/index.js';
import { permissions, type Permissions } from './permissions.js';
import { permissionsFor } from './permissionsFor.js';
import { deniedToAll } from './rules.js';
import { graphqlMiddleware, graphqlShield } from './shieldLibrary.js';

/**
 * Puts every object field of the schema behind its rule; the GraphQL context must be a `ShieldContext`. A denied
 * field is null with an error of code PURPOSE_DENIED. Throws an `InternalFault` for a field that has no rule.
 */
export function shieldSchema(schema: GraphQLSchema, book: Permissions = permissions): GraphQLSchema {
  return applyRules(schema, permissionsFor(schema, book));
}

/**
 * Puts the rules before the schema's resolvers as they stand; a field without a rule is denied to all. `answer` makes
 * the error of a denied field, from null, and of a failed resolver, from its error.
 */
export function applyRules(schema: GraphQLSchema, rules: Permissions, answer: Refusal = refusal): GraphQLSchema {
  const middleware = graphqlShield.shield(rules, {
    fallbackRule: deniedToAll,
    fallbackError: answer,
    allowExternalErrors: false,
    debug: false,
  });
  return graphqlMiddleware.applyMiddleware(schema, middleware);
}

/** What a position that may not be read, or could not be, holds instead of its value. */
export type Refusal = (error: unknown) => GraphQLError;

/**
 * Shield calls this with null for a denial, and with the error of a resolver that failed behind a permission. Only a
 * known code leaves, in its own words: what a resolver says in an error may hold a value.
 */
function refusal(error: unknown): GraphQLError {
  if (error === null) return plainError('PURPOSE_DENIED', faultCodes.PURPOSE_DENIED.text);
  if (error instanceof ClientFault) return plainError(error.code, error.message);
  const code = error instanceof GraphQLError ? error.extensions['code'] : undefined;
  const known: FaultCode = isFaultCode(code) ? code : 'INTERNAL_SERVER_ERROR';
  return plainError(known, faultCodes[known].text);
}

function isFaultCode(word: unknown): word is FaultCode {
  return typeof word === 'string' && Object.hasOwn(faultCodes, word);
}

function plainError(code: FaultCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
