/** The second book → what it states of each field and argument, to be held against the labels without running anything. */
import type { GraphQLSchema } from 'graphql';
import type { ArgumentPermissions, ArgumentRule } from './argumentPermissions.js';
import type { Difference } from './doubleEntryDifference.js';
import type { Permissions } from './permissions.js';
import { objectTypesOf, ruleOf } from './permissionsFor.js';
import type { PolicyTable } from './policyTable.js';
import { categoriesOf, maskOf, type CategoryMask, type DataCategory } from './vocabulary.js';

/** What a statement is taken from. */
export interface StatedBooks {
  readonly schema: GraphQLSchema;
  readonly table: PolicyTable;
  readonly permissions: Permissions;
  readonly argumentPermissions: ArgumentPermissions;
}

/** One coordinate in the second book. */
export interface Statement {
  readonly coordinate: string;
  /** False of value types' fields: the edge that reaches them carries their category. */
  readonly needsLabel: boolean;
  /** Undefined where the book states nothing. */
  readonly categories: readonly DataCategory[] | undefined;
}

/**
 * A statement per field and argument of the object types and per input field, which the book has no place for: whoever
 * brings the first one must make it. Interfaces are left out: their labels equal those of their types, or the policy
 * does not load.
 */
export function statementsOf({ schema, table, permissions, argumentPermissions }: StatedBooks): Statement[] {
  const stated = statedArguments(argumentPermissions);
  const types = objectTypesOf(schema);
  const fields = types.flatMap((type) =>
    Object.keys(type.getFields()).map((field) => ({
      coordinate: `${type.name}.${field}`,
      needsLabel: !table.isValueType(type.name),
      categories: ruleOf(permissions, type.name, field)?.categories,
    })),
  );
  const given = argumentsOf(schema).map(({ coordinate }) => ({
    coordinate,
    needsLabel: true,
    categories: stated.get(coordinate)?.categories,
  }));
  const inputs = [...table.classification.labels.values()].filter(({ kind }) => kind === 'inputField');
  return [
    ...fields,
    ...given,
    ...inputs.map(({ coordinate }) => ({ coordinate, needsLabel: false, categories: undefined })),
  ];
}

/**
 * Every statement that the labels contradict, or that one of the books lacks. Tells categories apart that permit the
 * same everywhere, such as the two kinds of records that an auditor reads. `needs` as in a policy table; linear.
 */
export function compareLabels(
  statements: readonly Statement[],
  needs: (coordinate: string) => CategoryMask,
): Difference[] {
  return statements.flatMap(({ coordinate, needsLabel, categories }): Difference[] => {
    const mask = needs(coordinate);
    const unlabelled: Difference[] = needsLabel && mask === 0 ? [{ kind: 'missing', coordinate, from: 'labels' }] : [];
    if (categories === undefined) return [...unlabelled, { kind: 'missing', coordinate, from: 'permissions' }];
    if (mask === maskOf(categories)) return unlabelled;
    return [...unlabelled, { kind: 'categories', coordinate, table: categoriesOf(mask), permissions: categories }];
  });
}

/** An argument of an object type's field. */
export interface Argument {
  readonly coordinate: string;
  readonly field: string;
}

/** The arguments of a graph, those of interfaces left out. */
export function argumentsOf(schema: GraphQLSchema): Argument[] {
  return objectTypesOf(schema).flatMap((type) =>
    Object.values(type.getFields()).flatMap(({ name, args }) => {
      const field = `${type.name}.${name}`;
      return args.map((argument) => ({ coordinate: `${field}(${argument.name}:)`, field }));
    }),
  );
}

/** The page of arguments by coordinate. */
export function statedArguments(page: ArgumentPermissions): ReadonlyMap<string, ArgumentRule> {
  return new Map(
    Object.entries(page).flatMap(([type, fields]) =>
      Object.entries(fields).flatMap(([field, rules]) =>
        Object.entries(rules).map(([name, rule]) => [`${type}.${field}(${name}:)`, rule] as const),
      ),
    ),
  );
}
