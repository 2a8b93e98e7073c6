/**
 * `@skip` and `@include` → a document without them, for one assignment of their variables. The planner is never shown a
 * condition: it refuses some that nest, and what is not conditional can be checked before it runs. Plans and writers of
 * answers are made for each case apart, by what is said here.
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

/** One case of an operation's conditions. */
export interface Case {
  /** Another for every other case of the same operation. */
  readonly key: string;
  readonly isTrue: (variable: string) => boolean;
}

/** The conditions of one operation. */
export interface Conditions {
  /** False where there is one case for every request. */
  readonly isNeeded: boolean;
  /** The case of a request with these variables. */
  readonly caseOf: (values: Readonly<Record<string, unknown>>) => Case;
}

/** The conditions in a document. Linear in it; finding a case, in the variables that decide. */
export function conditionsOf(document: DocumentNode): Conditions {
  const variables = deciding(document);
  return {
    isNeeded: variables.length > 0,
    caseOf: (values) => {
      const trues = variables.filter((name) => values[name] === true);
      return { key: trues.join(' '), isTrue: (name) => trues.includes(name) };
    },
  };
}

/** The variables that decide what is selected, sorted, each once. */
function deciding(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: (directive) => {
      const value = isCondition(directive) ? conditionOf(directive) : undefined;
      if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names].sort();
}

/** True when the conditions on a selection itself hold. */
export function isSelected({ directives = [] }: SelectionNode, isTrue: Case['isTrue']): boolean {
  return directives.every((directive) => holds(directive, isTrue));
}

/** The document where `isTrue` says which variables are; null when nothing of it is selected. Fragment-free. */
export function withoutConditions(document: DocumentNode, isTrue: Case['isTrue']): DocumentNode | null {
  const definitions = document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return [];
    const selections = definition.selectionSet.selections
      .flatMap((selection) => selected(selection, isTrue))
      .filter((selection) => selection !== typename);
    return selections.length === 0 ? [] : [{ ...definition, selectionSet: selectionSet(selections) }];
  });
  return definitions.length === 0 ? null : { kind: Kind.DOCUMENT, definitions };
}

/**
 * Stands where nothing of an object is selected, since that the object is there is part of the answer; and for a
 * fragment that is left out, since writing the answer may still ask of which type the object is.
 */
const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

function selected(selection: SelectionNode, isTrue: Case['isTrue']): SelectionNode[] {
  if (!isSelected(selection, isTrue))
    return selection.kind === Kind.FIELD && selection.name.value !== '__typename' ? [] : [typename];
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

function holds(directive: DirectiveNode, isTrue: Case['isTrue']): boolean {
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
