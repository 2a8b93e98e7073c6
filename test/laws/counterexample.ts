/** A case that breaks the law → the smallest case that breaks it in the same way, as a person reads it. */
import { judge, outcomeOf, type Verdict } from './judging.js';
import { serveWorld } from './servedWorld.js';
import { type Case, shrink } from './shrink.js';
import type { World } from './world.js';

/** A case, and what is wrong with it. */
export interface Counterexample extends Case {
  readonly reason: string;
}

/** The same failure with less around it. */
export async function reduced({ world, operation, reason }: Counterexample): Promise<Counterexample> {
  const sort = sortOf(reason);
  const least = await shrink({ world, operation }, async (candidate) => {
    const verdict = await verdictOf(candidate);
    return verdict.kind === 'different' && sortOf(verdict.reason) === sort;
  });
  const verdict = await verdictOf(least);
  return { ...least, reason: verdict.kind === 'equal' ? reason : verdict.reason };
}

/** The verdict on a case; what does not compose or run is invalid. */
export async function verdictOf({ world, operation }: Case): Promise<Verdict> {
  try {
    return await judge(serveWorld(world), operation);
  } catch (error) {
    return { kind: 'invalid', reason: String(error) };
  }
}

/** What kind of failure a reason tells of: its words, without names and values. */
function sortOf(reason: string): string {
  const [line = ''] = reason.split('\n');
  return line
    .replace(/`[^`]*`|"[^"]*"|[\d.]+/g, '')
    .replace(/(does not understand|does not know the entity|was asked for without|and was asked for).*/, '$1')
    .replace(/^\S+:\S+ /, '');
}

/** Everything that is needed to see the failure: SDL, rows, operation, what was asked and answered. */
export async function printed({ world, operation, reason }: Counterexample): Promise<string> {
  const served = serveWorld(world);
  const outcome = await outcomeOf(served, operation);
  const answer = outcome instanceof Error ? outcome.message : `${outcome.text}\n# plan\n${outcome.plan}`;
  const requests = served.graph.asked.map(
    ({ subgraph, query, variables }) => `${subgraph}: ${query} ${JSON.stringify(variables)}`,
  );
  return [
    ...Object.entries(world.subgraphs).map(([name, sdl]) => `# subgraph ${name}\n${sdl}`),
    `# rows\n${JSON.stringify(filled(world.rows))}`,
    `# operation\n${operation.query}`,
    `# variables\n${JSON.stringify(operation.variables)}`,
    `# given\n${answer}`,
    `# requests\n${requests.join('\n')}`,
    `# ${reason}`,
  ].join('\n');
}

function filled(rows: World['rows']): World['rows'] {
  return Object.fromEntries(Object.entries(rows).filter(([, list]) => list.some((row) => Object.keys(row).length > 0)));
}
