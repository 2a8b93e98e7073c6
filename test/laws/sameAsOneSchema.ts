/** The law of the engine: a federated graph is one graph. */
import { lexicographicSortSchema, printSchema } from 'graphql';
import { type Counterexample, printed, reduced } from './counterexample.js';
import { Dice } from './dice.js';
import { judge } from './judging.js';
import { type Law, type RoundReport, tally } from './law.js';
import { randomOperation } from './randomOperation.js';
import { wrongWorld } from './servedSubgraph.js';
import { NotComposed, serveWorld, type ServedWorld } from './servedWorld.js';
import { randomWorld } from './worlds/randomWorld.js';
import { NoRows } from './worlds/rows.js';

/**
 * One world per round, and many operations over it. Mutations in series, `data` with its order, error paths, and that
 * each subgraph is asked only for what it resolves. What is refused is counted; nothing is skipped in silence.
 */
export const sameAsOneSchema: Law = {
  name: 'same-as-one-schema',
  statement:
    'however a schema is split into subgraphs, every operation is answered as one schema over the same rows answers it',
  casesPerRound: 50,
  runs: { full: 100_000, quick: 16_000 },
  refusable: 1,
  round: async (seed, { cases, small }) => {
    const { served } = composableWorld(seed);
    const found = await judgeMany(served, { seed, cases });
    const texts: string[] = schemaDifference(served);
    for (const [index, counterexample] of found.counterexamples.entries()) {
      texts.push(await printed(index < small ? await reduced(counterexample) : counterexample));
    }
    return { cases, refused: found.refused, counterexamples: texts };
  },
};

/** A world that composes, from the first seed near `seed` that gives one; `tried` counts them. */
export function composableWorld(seed: number): { readonly served: ServedWorld; readonly tried: number } {
  for (let tried = 1; tried <= 50; tried += 1) {
    const served = attemptWorld(seed + tried * 0x10001);
    if (served) return { served, tried };
  }
  throw new Error(`no world composes from seed ${seed}`);
}

function attemptWorld(seed: number): ServedWorld | undefined {
  try {
    return serveWorld(randomWorld(seed));
  } catch (error) {
    if (error instanceof NotComposed || error instanceof NoRows) return undefined;
    throw error;
  }
}

interface Findings {
  readonly refused: RoundReport['refused'];
  readonly counterexamples: readonly Counterexample[];
}

async function judgeMany(
  served: ServedWorld,
  { seed, cases }: { readonly seed: number; readonly cases: number },
): Promise<Findings> {
  const dice = new Dice(seed ^ 0x5eed);
  const refused: string[] = [];
  const counterexamples: Counterexample[] = [];
  for (let judged = 0; judged < cases;) {
    const operation = randomOperation(dice, served.one.client);
    const verdict = await judge(served, operation);
    if (verdict.kind === 'invalid' && verdict.reason.startsWith(wrongWorld)) throw new Error(verdict.reason);
    if (verdict.kind === 'invalid') continue;
    judged += 1;
    if (verdict.kind === 'refused') refused.push(verdict.reason);
    if (verdict.kind === 'different') counterexamples.push({ world: served.world, operation, reason: verdict.reason });
  }
  return { refused: tally(refused), counterexamples };
}

/** What clients read in the schema is the one schema too. */
function schemaDifference({ graph, one, world }: ServedWorld): string[] {
  const [given, expected] = [graph.schema, one.client].map((schema) => printSchema(lexicographicSortSchema(schema)));
  if (given === expected) return [];
  return [`the schema differs\n${JSON.stringify(world.subgraphs)}\n# given\n${given}\n# expected\n${expected}`];
}
