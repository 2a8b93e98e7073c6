/** Positions → groups whose members no rule and no table can tell apart, so that one answers for all of them. */
import { isObjectType, type GraphQLSchema } from 'graphql';
import type { Position } from './doubleEntryProbe.js';
import type { Permissions } from './permissions.js';
import { ruleOf } from './permissionsFor.js';
import type { PolicyTable } from './policyTable.js';
import { accountKeyOf, isPure, type Rule } from './rule.js';
import { purposes } from './vocabulary.js';

/** What decides how positions fall into groups. */
export interface GroupedBooks {
  readonly schema: GraphQLSchema;
  readonly table: PolicyTable;
  readonly permissions: Permissions;
}

/** Positions that share a rule, a kind of row, the needs and every purpose's verdict. */
export interface Group {
  /** The member that answers for the others. */
  readonly first: Position;
  readonly members: readonly Position[];
}

/**
 * The groups, in the order of their first members; every position is in one. INVARIANT: a rule made by `named` sees
 * the evidence, the row and the arguments and nothing else, and the probe gives none of the latter; what is left of a
 * position is in the key. A rule of any other making may look at anything, so that its positions stand alone. Costs
 * positions × purposes.
 */
export function groupsOf(positions: readonly Position[], books: GroupedBooks): Group[] {
  const numbers = new Map<Rule, number>();
  const groups = new Map<string, [Position, ...Position[]]>();
  for (const [index, position] of positions.entries()) {
    const rule = ruleOf(books.permissions, position.type, position.field);
    const number = rule && numberOf(numbers, rule);
    const key = rule && !isPure(rule) ? `alone ${index}` : JSON.stringify([number, ...keyOf(position, books)]);
    const known = groups.get(key);
    if (known) known.push(position);
    else groups.set(key, [position]);
  }
  return [...groups.values()].map((members) => ({ first: members[0], members }));
}

function numberOf(numbers: Map<Rule, number>, rule: Rule): number {
  const known = numbers.get(rule);
  if (known !== undefined) return known;
  numbers.set(rule, numbers.size);
  return numbers.size - 1;
}

/** The row that the rule sees, and all that the table says. */
function keyOf({ coordinate, type, anchor }: Position, { schema, table }: GroupedBooks): readonly unknown[] {
  const object = schema.getType(type);
  const account = isObjectType(object) ? accountKeyOf(object) : undefined;
  const verdicts = purposes.map((purpose) => {
    const isItem = anchor !== undefined && table.anchors(purpose, anchor);
    return table.verdict(purpose, coordinate, isItem) === 'allow' ? '1' : '0';
  });
  return [account ?? '', anchor ?? '', table.needs(coordinate), table.isValueType(type), verdicts.join('')];
}
