/** One operation over one world, asked of the gateway and of the one schema. */
import { parse, validate } from 'graphql';
import { InternalFault } from '../../src/fault/index.js';
import { ask, type Outcome } from '../federation/graph.js';
import { withoutCompanions } from './companions.js';
import { differenceOf } from './comparison.js';
import type { Operation } from './randomOperation.js';
import { freshRun, type ServedWorld } from './servedWorld.js';
import { wrongWorld } from './servedSubgraph.js';

/** What came of one operation. */
export type Verdict =
  | { readonly kind: 'equal' }
  /** The gateway has no plan, and says so before it asks anybody. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** No client could send this, or the world contradicts itself. */
  | { readonly kind: 'invalid'; readonly reason: string }
  | { readonly kind: 'different'; readonly reason: string };

/** Asks both and compares. */
export async function judge(served: ServedWorld, { query, variables }: Operation): Promise<Verdict> {
  const document = parse(query, { noLocation: true });
  const [error] = validate(served.one.client, document);
  if (error) return { kind: 'invalid', reason: error.message };
  served.run.current = freshRun();
  served.graph.asked.length = 0;
  const outcome = await outcomeOf(served, { query, variables });
  if (outcome instanceof Error) return refusalOf(outcome);
  const expected = await served.oracle(document, variables);
  const [breach] = served.run.current.breaches;
  if (breach?.startsWith(wrongWorld)) return { kind: 'invalid', reason: breach };
  if (breach !== undefined) return { kind: 'different', reason: breach };
  const answer = JSON.parse(JSON.stringify(expected.result)) as typeof expected.result;
  const { given, wanted } = withoutCompanions(outcome, answer, expected.failedRequirements);
  const reason = differenceOf(given, wanted);
  return reason === undefined ? { kind: 'equal' } : { kind: 'different', reason };
}

/** What the gateway answers; the error where it does not. */
export async function outcomeOf({ graph }: ServedWorld, { query, variables }: Operation): Promise<Outcome | Error> {
  try {
    return await ask(graph, query, variables);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function refusalOf(error: Error): Verdict {
  const { message, cause } = error;
  const reason = cause instanceof Error ? `${message}: ${cause.message}` : message;
  return error instanceof InternalFault
    ? { kind: 'refused', reason }
    : { kind: 'different', reason: error.stack ?? reason };
}
