/** The declared order of a list that many partners answer: by values that its rows have before they are sealed. */
import { getNamedType, type GraphQLCompositeType, type GraphQLField, type GraphQLLeafType, isLeafType } from 'graphql';
import { InternalFault } from '../fault/index.js';
import type { HarvestObject } from '../plan/index.js';
import { directive } from './contract.js';

/** The order that `@ordered` declares for a list. */
export interface ListOrder {
  readonly by: readonly OrderKey[];
  readonly descending: boolean;
}

/** A field of the rows, and the hidden key under which it is asked for. */
export interface OrderKey {
  readonly key: string;
  readonly name: string;
  readonly type: GraphQLLeafType;
}

/** The order of a list field whose rows are of `target`; undefined where none is declared. */
export function listOrder(
  definition: GraphQLField<unknown, unknown>,
  target: GraphQLCompositeType,
): ListOrder | undefined {
  const supplied = directive(definition.astNode, 'ordered')?.arguments;
  const by = supplied?.find(({ name }) => name.value === 'by')?.value;
  if (!supplied || by?.kind !== 'ListValue') return undefined;
  const descending = supplied.find(({ name }) => name.value === 'descending')?.value;
  return {
    by: by.values.map((value, index) => orderKey(target, value.kind === 'StringValue' ? value.value : '', index)),
    descending: descending?.kind === 'BooleanValue' && descending.value,
  };
}

function orderKey(target: GraphQLCompositeType, name: string, index: number): OrderKey {
  const field = 'getFields' in target ? target.getFields()[name] : undefined;
  const type = field && getNamedType(field.type);
  if (!isLeafType(type)) throw new InternalFault(`\`${target.name}\` cannot be ordered by \`${name}\``);
  return { key: `ringfence_order_${index}`, name, type };
}

/**
 * Rows of all partners as the list states them. Rows that equal in every key keep the order in which they are given, so
 * that a key which names a row leaves nothing to how many partners there are.
 */
export function inOrder(rows: readonly unknown[], order: ListOrder | undefined): readonly unknown[] {
  if (!order || rows.length < 2) return rows;
  const ranked = rows.map((row) => ({ row, ranks: order.by.map((key) => rankOf(key, row)) }));
  const sign = order.descending ? -1 : 1;
  return ranked.sort((one, other) => compare(one.ranks, other.ranks, sign)).map(({ row }) => row);
}

/** Null where the row states nothing to order it by. */
type Rank = string | number | null;

/** Instants are compared as such: partners write them in zones of their own. */
function rankOf({ key, type }: OrderKey, row: unknown): Rank {
  const value = typeof row === 'object' && row !== null ? (row as HarvestObject)[key] : undefined;
  if (type.name === 'DateTime' && typeof value === 'string') return Date.parse(value);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function compare(one: readonly Rank[], other: readonly Rank[], sign: number): number {
  for (let index = 0; index < one.length; index += 1) {
    const [mine = null, yours = null] = [one[index], other[index]];
    if (mine === yours) continue;
    if (mine === null || yours === null) return mine === null ? 1 : -1;
    return mine < yours ? -sign : sign;
  }
  return 0;
}
