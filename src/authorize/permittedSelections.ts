import { type FieldNode, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * The root selections without denied positions, introspection and empty fragments. Where all of a field's or a
 * fragment's selections are denied, `__typename` stands instead: that the object is there was permitted, nothing else
 * was; and of which type it is decides whether what a fragment lost is null in the answer or not part of it.
 */
export function permittedSelections(root: SelectionSetNode, denied: ReadonlyMap<FieldNode, unknown>): SelectionSetNode {
  const selections = cut(root, denied).selections.filter((selection) => !isIntrospection(selection));
  return { kind: Kind.SELECTION_SET, selections: selections.flatMap(withoutIntrospection) };
}

function cut(selectionSet: SelectionSetNode, denied: ReadonlyMap<FieldNode, unknown>): SelectionSetNode {
  const selections = selectionSet.selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FIELD) return denied.has(selection) ? [] : [cutField(selection, denied)];
    if (selection.kind !== Kind.INLINE_FRAGMENT) return [];
    const inner = cut(selection.selectionSet, denied);
    return inner.selections.every((kept) => kept === typename) ? [typename] : [{ ...selection, selectionSet: inner }];
  });
  return { kind: Kind.SELECTION_SET, selections };
}

function cutField(field: FieldNode, denied: ReadonlyMap<FieldNode, unknown>): FieldNode {
  if (!field.selectionSet) return field;
  const inner = cut(field.selectionSet, denied);
  const selections = inner.selections.length === 0 ? [typename] : inner.selections;
  return { ...field, selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

function isIntrospection(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && selection.name.value.startsWith('__');
}

function withoutIntrospection(selection: SelectionNode): SelectionNode[] {
  if (selection.kind !== Kind.INLINE_FRAGMENT) return [selection];
  const selections = selection.selectionSet.selections
    .filter((inner) => !isIntrospection(inner))
    .flatMap(withoutIntrospection);
  return selections.length === 0 ? [] : [{ ...selection, selectionSet: { kind: Kind.SELECTION_SET, selections } }];
}
