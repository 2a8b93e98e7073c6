/** Selection sets at one position, and the type that stands there → the fields to write. */
import {
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** A `@skip` or `@include`: the selection is there when the variable equals `when`. */
export interface Condition {
  readonly variable: string;
  readonly when: boolean;
}

/** A field as one of its places in the operation states it. */
export interface Entry {
  readonly node: FieldNode;
  /** Conditions on the way from the nearest field that is unconditional, all of which must hold. */
  readonly conditions: readonly Condition[];
}

/** All places that write to one response key. The first stands for all in name and arguments: validation saw to it. */
export interface FieldGroup {
  readonly responseKey: string;
  readonly entries: readonly [Entry, ...Entry[]];
}

/** Selection sets that apply to one position together. */
export type Selections = readonly {
  readonly selectionSet: SelectionSetNode;
  readonly conditions: readonly Condition[];
}[];

/**
 * The fields that selections have on `type`, in the order of the specification (CollectFields). For an interface or
 * union, which stands for an object whose type is not known: what holds for every such object.
 */
export function collectFields(selections: Selections, type: GraphQLNamedType, schema: GraphQLSchema): FieldGroup[] {
  const groups = new Map<string, [Entry, ...Entry[]]>();
  const visit = (selection: SelectionNode, around: readonly Condition[]): void => {
    const own = conditionsOf(selection);
    if (own === 'never') return;
    const conditions = own.length === 0 ? around : [...around, ...own];
    if (selection.kind === Kind.FIELD) {
      const responseKey = selection.alias?.value ?? selection.name.value;
      const entry: Entry = { node: selection, conditions };
      const group = groups.get(responseKey);
      if (group) group.push(entry);
      else groups.set(responseKey, [entry]);
    } else if (selection.kind === Kind.INLINE_FRAGMENT && applies(selection.typeCondition?.name.value, type, schema)) {
      for (const inner of selection.selectionSet.selections) visit(inner, conditions);
    }
  };
  for (const { selectionSet, conditions } of selections) {
    for (const selection of selectionSet.selections) visit(selection, conditions);
  }
  return [...groups].map(([responseKey, entries]) => ({ responseKey, entries }));
}

/** What the fields of a group select below them. A group of one needs no conditions of its own there. */
export function selectionsBelow({ entries }: FieldGroup): Selections {
  return entries.flatMap(({ node, conditions }) => {
    if (!node.selectionSet) return [];
    return [{ selectionSet: node.selectionSet, conditions: entries.length === 1 ? [] : conditions }];
  });
}

/** True when an abstract position selects something that only some of its types have. */
export function needsType(selections: Selections, type: GraphQLNamedType, schema: GraphQLSchema): boolean {
  const needs = ({ selections: inner }: SelectionSetNode): boolean =>
    inner.some((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value === '__typename';
      if (selection.kind !== Kind.INLINE_FRAGMENT) return false;
      return !applies(selection.typeCondition?.name.value, type, schema) || needs(selection.selectionSet);
    });
  return selections.some(({ selectionSet }) => needs(selectionSet));
}

function applies(condition: string | undefined, type: GraphQLNamedType, schema: GraphQLSchema): boolean {
  if (condition === undefined || condition === type.name) return true;
  const conditional = schema.getType(condition);
  if (!isAbstractType(conditional) || !(isObjectType(type) || isInterfaceType(type))) return false;
  return schema.isSubType(conditional, type);
}

function conditionsOf({ directives }: SelectionNode): readonly Condition[] | 'never' {
  const conditions: Condition[] = [];
  for (const { name, arguments: supplied } of directives ?? []) {
    const when = name.value === 'include';
    const value = supplied?.find((argument) => argument.name.value === 'if')?.value;
    if (!value || (!when && name.value !== 'skip')) continue;
    if (value.kind === Kind.VARIABLE) conditions.push({ variable: value.name.value, when });
    else if (value.kind !== Kind.BOOLEAN || value.value !== when) return 'never';
  }
  return conditions;
}
