/** The arguments of the graph: what the first book permits, against the second book's page of arguments. */
import type { GraphQLSchema } from 'graphql';
import type { ArgumentPermissions, ArgumentRule } from './argumentPermissions.js';
import type { Difference } from './doubleEntryDifference.js';
import type { Position } from './doubleEntryProbe.js';
import { argumentsOf, statedArguments, type Argument } from './doubleEntryStated.js';
import type { PolicyTable } from './policyTable.js';
import { purposes } from './vocabulary.js';

/** What is compared: the fields' positions say below which edges an argument may be given. */
export interface ArgumentBooks {
  readonly schema: GraphQLSchema;
  readonly table: PolicyTable;
  readonly argumentPermissions: ArgumentPermissions;
  readonly positions: readonly Position[];
}

/**
 * Every difference between the verdicts on arguments. A purpose whose field the table denies is left out: there the
 * argument is denied with its field, and whether the field should be is the comparison of fields. Linear in positions
 * and in arguments × purposes.
 */
export function compareArguments({ schema, table, argumentPermissions, positions }: ArgumentBooks): Difference[] {
  const stated = statedArguments(argumentPermissions);
  const anchors = anchorsByField(positions);
  return argumentsOf(schema).flatMap((argument) => {
    const rule = stated.get(argument.coordinate);
    if (rule === undefined) return [];
    return (anchors.get(argument.field) ?? []).flatMap((anchor) =>
      compareVerdicts({ ...argument, ...(anchor === undefined ? {} : { anchor }) }, rule, table),
    );
  });
}

/** Field → the edges that its parent is asked below; undefined stands for none. */
function anchorsByField(positions: readonly Position[]): ReadonlyMap<string, (string | undefined)[]> {
  const anchors = new Map<string, (string | undefined)[]>();
  for (const { coordinate, anchor } of positions) {
    const known = anchors.get(coordinate);
    if (known) known.push(anchor);
    else anchors.set(coordinate, [anchor]);
  }
  return anchors;
}

function compareVerdicts(
  { coordinate, field, anchor }: Argument & { readonly anchor?: string },
  rule: ArgumentRule,
  table: PolicyTable,
): Difference[] {
  return purposes.flatMap((purpose): Difference[] => {
    const isItem = anchor !== undefined && table.anchors(purpose, anchor);
    if (table.verdict(purpose, field, isItem) === 'deny') return [];
    const first = table.verdict(purpose, coordinate, isItem) === 'allow' ? 'permit' : 'deny';
    const second = rule.permits(purpose, anchor) ? 'permit' : 'deny';
    if (first === second) return [];
    const below = anchor === undefined ? {} : { anchor };
    return [{ kind: 'argument', coordinate, purpose, ...below, table: first, permissions: second }];
  });
}
