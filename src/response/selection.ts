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
import { type Case, isSelected } from '../plan/index.js';

/** All places that write to one response key. The first stands for all in name and arguments: validation saw to it. */
export interface FieldGroup {
  readonly responseKey: string;
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
}

/** Selection sets that apply to one position together. */
export type Selections = readonly SelectionSetNode[];

/** What selections are collected in: a schema, and for one case of the operation's conditions, which variables hold. */
export interface SelectionContext {
  readonly schema: GraphQLSchema;
  readonly isTrue: Case['isTrue'];
}

/**
 * The fields that selections have on `type`, in the order of the specification (CollectFields). For an interface or
 * union, which stands for an object whose type is not known: what holds for every such object.
 */
export function collectFields(
  selections: Selections,
  type: GraphQLNamedType,
  { schema, isTrue }: SelectionContext,
): FieldGroup[] {
  const groups = new Map<string, [FieldNode, ...FieldNode[]]>();
  const visit = (selection: SelectionNode): void => {
    if (!isSelected(selection, isTrue)) return;
    if (selection.kind === Kind.FIELD) {
      const responseKey = selection.alias?.value ?? selection.name.value;
      const group = groups.get(responseKey);
      if (group) group.push(selection);
      else groups.set(responseKey, [selection]);
    } else if (selection.kind === Kind.INLINE_FRAGMENT && applies(selection.typeCondition?.name.value, type, schema)) {
      selection.selectionSet.selections.forEach(visit);
    }
  };
  for (const { selections: inner } of selections) inner.forEach(visit);
  return [...groups].map(([responseKey, nodes]) => ({ responseKey, nodes }));
}

/** What the fields of a group select below them. */
export function selectionsBelow({ nodes }: FieldGroup): Selections {
  return nodes.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
}

/** True when an abstract position selects something that only some of its types have. */
export function needsType(selections: Selections, type: GraphQLNamedType, schema: GraphQLSchema): boolean {
  const needs = ({ selections: inner }: SelectionSetNode): boolean =>
    inner.some((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value === '__typename';
      if (selection.kind !== Kind.INLINE_FRAGMENT) return false;
      return !applies(selection.typeCondition?.name.value, type, schema) || needs(selection.selectionSet);
    });
  return selections.some(needs);
}

function applies(condition: string | undefined, type: GraphQLNamedType, schema: GraphQLSchema): boolean {
  if (condition === undefined || condition === type.name) return true;
  const conditional = schema.getType(condition);
  if (!isAbstractType(conditional) || !(isObjectType(type) || isInterfaceType(type))) return false;
  return schema.isSubType(conditional, type);
}
