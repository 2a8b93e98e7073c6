/** How many rows the pages of an operation may hold together, before anybody is asked for one. */
import { type FieldNode, Kind, type OperationDefinitionNode, type SelectionSetNode, type ValueNode } from 'graphql';

/** A page's size as the operation states it: a number, or the variable that will say it. */
type Size = number | { readonly variable: string };

/** Each page as the sizes that multiply: its own, and those of the pages around it. */
export type RowDemand = readonly (readonly Size[])[];

/** What a page holds where nobody says otherwise, and at most: as the contract states it. */
const usualSize = 25;
const largestSize = 1000;

/** The pages of an operation without fragment spreads: its fields that take `first`. Linear in the operation. */
export function rowDemandOf({ selectionSet }: OperationDefinitionNode): RowDemand {
  return demandBelow(selectionSet, []);
}

/** The most rows that all pages hold together, conditions left aside; each alias counts. */
export function rowsDemanded(demand: RowDemand, variables: Readonly<Record<string, unknown>>): number {
  return demand.reduce(
    (rows, sizes) => rows + sizes.reduce<number>((all, size) => all * rowsOf(size, variables), 1),
    0,
  );
}

function demandBelow({ selections }: SelectionSetNode, around: readonly Size[]): RowDemand {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    const size = selection.kind === Kind.FIELD ? sizeOf(selection) : undefined;
    const inside = size === undefined ? around : [...around, size];
    const below = selection.selectionSet ? demandBelow(selection.selectionSet, inside) : [];
    return size === undefined ? below : [inside, ...below];
  });
}

/** A connection is known by its `edges`, whether or not it is told how many to give. */
function sizeOf({ arguments: given = [], selectionSet }: FieldNode): Size | undefined {
  const first = given.find(({ name }) => name.value === 'first');
  if (first) return statedSize(first.value);
  return selectionSet && hasEdges(selectionSet) ? usualSize : undefined;
}

function hasEdges({ selections }: SelectionSetNode): boolean {
  return selections.some((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value === 'edges';
    return selection.kind === Kind.INLINE_FRAGMENT && hasEdges(selection.selectionSet);
  });
}

function statedSize(value: ValueNode): Size {
  if (value.kind === Kind.VARIABLE) return { variable: value.name.value };
  return value.kind === Kind.INT ? bounded(Number(value.value)) : usualSize;
}

function rowsOf(size: Size, variables: Readonly<Record<string, unknown>>): number {
  if (typeof size === 'number') return size;
  const stated = variables[size.variable];
  return typeof stated === 'number' ? bounded(stated) : usualSize;
}

/** What is not allowed is refused elsewhere; here it counts as the nearest size that is. */
function bounded(size: number): number {
  return Math.min(Math.max(size, 0), largestSize);
}
