/** Variables as clients name them → names that the planner does not give to its own. */
import { type DocumentNode, type NameNode, visit } from 'graphql';
import type { Exchange } from './exchange.js';

/** A document, and how to run what is made of it. */
export interface Renamed {
  readonly document: DocumentNode;
  /** The exchange with values under the new names too. */
  readonly exchangeFor: (exchange: Exchange) => Exchange;
}

const ofPlanner = /^(representations|__batch_reps_\d+)$/;
const prefix = 'client_';

/** Renames the variables that would meet the planner's; most operations have none. */
export function withOwnVariables(document: DocumentNode): Renamed {
  const names = new Set<string>();
  visit(document, { Variable: ({ name }) => void names.add(name.value) });
  const renamed = new Map(
    [...names].filter((name) => ofPlanner.test(name)).map((name) => [name, freeName(name, names)]),
  );
  if (renamed.size === 0) return { document, exchangeFor: (exchange) => exchange };
  const rename = (name: NameNode): NameNode => ({ ...name, value: renamed.get(name.value) ?? name.value });
  return {
    document: visit(document, { Variable: (variable) => ({ ...variable, name: rename(variable.name) }) }),
    exchangeFor: (exchange) => ({ ...exchange, variables: withValues(exchange.variables, renamed) }),
  };
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  const candidate = prefix + name;
  return taken.has(candidate) ? freeName(candidate, taken) : candidate;
}

function withValues(
  variables: Exchange['variables'],
  renamed: ReadonlyMap<string, string>,
): Readonly<Record<string, unknown>> {
  const given = [...renamed].filter(([name]) => Object.hasOwn(variables, name));
  return { ...variables, ...Object.fromEntries(given.map(([name, to]) => [to, variables[name]])) };
}
