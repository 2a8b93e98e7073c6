import { createRequire } from 'node:module';
import { parse, type DocumentNode, type GraphQLError } from 'graphql';
import type { Problem } from '../fault/index.js';
import { locationOf, type Subgraph } from './subgraph.js';

const require = createRequire(import.meta.url);

/** The composer is loaded when it is first used: banks' own processes state the same vocabulary and compose nothing. */
const composer = () => require('@theguild/federation-composition') as typeof import('@theguild/federation-composition');

/** A supergraph, or why the subgraphs do not compose. */
export type Composed =
  | { readonly kind: 'ok'; readonly supergraphSdl: string }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/**
 * Composes the subgraphs under the URLs of `urlOf`. Never throws: the composer's own failures (a very deep graph
 * overflows its stack) are problems too. Seconds for thousands of types.
 */
export function compose(subgraphs: readonly Subgraph[], urlOf: (subgraph: string) => string): Composed {
  try {
    const result = composer().composeServices(
      subgraphs.map(({ name, document }) => ({ name, url: urlOf(name), typeDefs: document })),
    );
    if (result.errors) return { kind: 'problems', problems: result.errors.map(compositionProblem) };
    return { kind: 'ok', supergraphSdl: result.supergraphSdl };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return { kind: 'problems', problems: [{ code: 'COMPOSITION', message: `the composer gave up: ${reason}` }] };
  }
}

/**
 * The graph that clients may see, from a supergraph: without join and link machinery and without what is
 * `@inaccessible`. Other directives are still on it.
 */
export function publicGraph(supergraphSdl: string): DocumentNode {
  return composer().transformSupergraphToPublicSchema(parse(supergraphSdl));
}

function compositionProblem(error: GraphQLError): Problem {
  const reason = typeof error.extensions['code'] === 'string' ? ` (${error.extensions['code']})` : '';
  const problem = { code: 'COMPOSITION', message: `${error.message.replace(/\.$/, '')}${reason}` };
  const location = locationOf(error.nodes?.[0]?.loc);
  return location ? { ...problem, location } : problem;
}
