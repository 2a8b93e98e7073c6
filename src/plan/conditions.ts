/**
 * `@skip` and `@include` → a document without them, for one assignment of their variables. The planner is never shown a
 * condition: it refuses some that nest, and what is not conditional can be checked before it runs.
 */
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** The variables that decide what is selected, sorted, each once. */
export function conditionVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: (directive) => {
      const value = isCondition(directive) ? conditionOf(directive) : undefined;
      if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names].sort();
}

/** The document where `isTrue` says which variables are; null when nothing of it is selected. Fragment-free. */
export function withoutConditions(document: DocumentNode, isTrue: (variable: string) => boolean): DocumentNode | null {
  const definitions = document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return [];
    const selections = definition.selectionSet.selections
      .flatMap((selection) => selected(selection, isTrue))
      .filter((selection) => selection !== typename);
    return selections.length === 0 ? [] : [{ ...definition, selectionSet: selectionSet(selections) }];
  });
  return definitions.length === 0 ? null : { kind: Kind.DOCUMENT, definitions };
}

type IsTrue = (variable: string) => boolean;

/**
 * Stands where nothing of an object is selected, since that the object is there is part of the answer; and for a
 * fragment that is left out, since writing the answer may still ask of which type the object is.
 */
const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

function selected(selection: SelectionNode, isTrue: IsTrue): SelectionNode[] {
  const isIn = (selection.directives ?? []).every((directive) => holds(directive, isTrue));
  if (!isIn) return selection.kind === Kind.FIELD && selection.name.value !== '__typename' ? [] : [typename];
  const directives = selection.directives?.filter((directive) => !isCondition(directive)) ?? [];
  if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) return [{ ...selection, directives }];
  const inner = selection.selectionSet.selections.flatMap((below) => selected(below, isTrue));
  if (inner.every((below) => below === typename) && selection.kind === Kind.INLINE_FRAGMENT) return [typename];
  const kept = inner.length === 0 ? [typename] : [...new Set(inner)];
  return [{ ...selection, directives, selectionSet: selectionSet(kept) }];
}

function selectionSet(selections: readonly SelectionNode[]): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections };
}

function holds(directive: DirectiveNode, isTrue: IsTrue): boolean {
  if (!isCondition(directive)) return true;
  const value = conditionOf(directive);
  const isMet = value?.kind === Kind.VARIABLE ? isTrue(value.name.value) : value?.kind === Kind.BOOLEAN && value.value;
  return isMet === (directive.name.value === 'include');
}

function isCondition({ name }: DirectiveNode): boolean {
  return name.value === 'skip' || name.value === 'include';
}

function conditionOf({
  arguments: supplied,
}: DirectiveNode): NonNullable<DirectiveNode['arguments']>[number]['value'] | undefined {
  return supplied?.find(({ name }) => name.value === 'if')?.value;
}
