/** The arguments of the graph: their labels against the second book's page of arguments. */
import type { GraphQLSchema } from 'graphql';
import type { ArgumentPermissions, ArgumentRule } from './argumentPermissions.js';
import type { Difference } from './doubleEntryDifference.js';
import type { Position } from './doubleEntryProbe.js';
import { objectTypesOf } from './permissionsFor.js';
import type { PolicyTable } from './policyTable.js';
import { categoriesOf, maskOf, purposes } from './vocabulary.js';

/** What is compared: the fields' positions say below which edges an argument may be given. */
export interface ArgumentBooks {
  readonly schema: GraphQLSchema;
  readonly table: PolicyTable;
  readonly argumentPermissions: ArgumentPermissions;
  readonly positions: readonly Position[];
}

/**
 * Every difference about arguments. A purpose whose field the table denies is left out: there the argument is denied
 * with its field, and whether the field should be is the comparison of fields.
 */
export function compareArguments(books: ArgumentBooks): Difference[] {
  const stated = statedIn(books.argumentPermissions);
  const given = argumentsOf(books.schema);
  return [
    ...missing(books.table, stated, given),
    ...given.flatMap((argument) => {
      const rule = stated.get(argument.coordinate);
      return rule === undefined ? [] : compareOne(argument, rule, books);
    }),
  ];
}

interface Argument {
  readonly coordinate: string;
  readonly field: string;
}

/** Of object types only: an interface's labels equal those of its types, or the policy does not load. */
function argumentsOf(schema: GraphQLSchema): Argument[] {
  return objectTypesOf(schema).flatMap((type) =>
    Object.values(type.getFields()).flatMap(({ name, args }) => {
      const field = `${type.name}.${name}`;
      return args.map((argument) => ({ coordinate: `${field}(${argument.name}:)`, field }));
    }),
  );
}

function statedIn(page: ArgumentPermissions): ReadonlyMap<string, ArgumentRule> {
  return new Map(
    Object.entries(page).flatMap(([type, fields]) =>
      Object.entries(fields).flatMap(([field, rules]) =>
        Object.entries(rules).map(([name, rule]) => [`${type}.${field}(${name}:)`, rule] as const),
      ),
    ),
  );
}

/** Input fields have no place in the page: whoever brings the first one must make it. */
function missing(
  table: PolicyTable,
  stated: ReadonlyMap<string, ArgumentRule>,
  given: readonly Argument[],
): Difference[] {
  const inSchema = new Set(given.map(({ coordinate }) => coordinate));
  const inputFields = [...table.classification.labels.values()].filter(({ kind }) => kind === 'inputField');
  const unstated = [...inSchema, ...inputFields.map(({ coordinate }) => coordinate)];
  const absent = (list: readonly string[], from: 'labels' | 'permissions' | 'schema'): Difference[] =>
    list.map((coordinate) => ({ kind: 'missing', coordinate, from }));
  return [
    ...absent(
      [...inSchema].filter((coordinate) => table.needs(coordinate) === 0),
      'labels',
    ),
    ...absent(
      unstated.filter((coordinate) => !stated.has(coordinate)),
      'permissions',
    ),
    ...absent(
      [...stated.keys()].filter((coordinate) => !inSchema.has(coordinate)),
      'schema',
    ),
  ];
}

function compareOne({ coordinate, field }: Argument, rule: ArgumentRule, books: ArgumentBooks): Difference[] {
  const { table, positions } = books;
  const needs = table.needs(coordinate);
  const differences: Difference[] = [];
  if (needs !== maskOf(rule.categories)) {
    differences.push({ kind: 'categories', coordinate, table: categoriesOf(needs), permissions: rule.categories });
  }
  for (const { anchor } of positions.filter((position) => position.coordinate === field)) {
    differences.push(
      ...compareVerdicts({ coordinate, field, ...(anchor === undefined ? {} : { anchor }) }, rule, table),
    );
  }
  return differences;
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
