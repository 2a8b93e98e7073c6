/**
 * Response keys as clients choose them → keys as subgraphs see them. An alias could otherwise hide a key or a required
 * field that the plan adds beside it, or `__typename`, and the planner does not guard against that.
 */
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** Schemas have no field that begins with two underscores. */
const prefix = '__as_';

const none: ReadonlySet<string> = new Set();

/**
 * The key under which a harvest holds a field: the field's name, or, for an alias and for a contested name, the response
 * key with a prefix, so that what a client selects never takes the place of what a plan needs. INVARIANT: different
 * response keys have different wire keys; {@link clientKey} is the inverse.
 */
export function wireKey({ alias, name }: FieldNode, contested: ReadonlySet<string> = none): string {
  const responseKey = alias?.value ?? name.value;
  const isPlain = responseKey === name.value && !contested.has(name.value);
  return isPlain ? responseKey : prefix + responseKey;
}

/** The client's response key of a key in a harvest. */
function clientKey(key: string): string {
  return key.startsWith(prefix) ? key.slice(prefix.length) : key;
}

/** Keys that a plan makes up; no client knows them. */
const madeUp = /^_(internal_qp_alias|apart)_\d+$/;

/** A path within an answer as the client would write it; it ends before the first key that no client knows. */
export function clientPath(path: readonly (string | number)[]): readonly (string | number)[] {
  const end = path.findIndex((key) => typeof key === 'string' && madeUp.test(key));
  return path.slice(0, end < 0 ? path.length : end).map((key) => (typeof key === 'string' ? clientKey(key) : key));
}

/**
 * The document to plan: aliases as {@link wireKey} says, `__typename` never aliased, and none at the root, where the
 * schema knows it. Null when nothing is left.
 */
export function wireDocument(
  permitted: DocumentNode,
  schema: GraphQLSchema,
  contested: ReadonlySet<string>,
): DocumentNode | null {
  const operation = permitted.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (!operation) return null;
  const selections = operation.selectionSet.selections
    .flatMap((selection) => rootSelections(selection, []))
    .map((selection) => wireSelection(selection, contested));
  if (selections.length === 0) return null;
  const definition: OperationDefinitionNode = { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } };
  return typed({ kind: Kind.DOCUMENT, definitions: [definition] }, schema);
}

/**
 * Every object behind an interface or union says what it is, whatever the conditions on its fragments: the serializer
 * writes it by its own type.
 */
function typed(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const types = new TypeInfo(schema);
  const enter = (selectionSet: SelectionSetNode): SelectionSetNode | undefined => {
    if (!isAbstractType(types.getParentType())) return undefined;
    const own = selectionSet.selections.filter((selection) => !isPlainTypename(selection));
    return { ...selectionSet, selections: [typename, ...own] };
  };
  return visit(document, visitWithTypeInfo(types, { SelectionSet: { enter } }));
}

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

function isPlainTypename(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && selection.name.value === '__typename' && !selection.directives?.length;
}

/**
 * The root fields of a selection, without `__typename`. Fragments dissolve into conditions on their fields, because the
 * root has one type and the planner loses its way below a fragment there.
 */
function rootSelections(selection: SelectionNode, around: readonly DirectiveNode[]): SelectionNode[] {
  if (selection.kind === Kind.FRAGMENT_SPREAD) return [selection];
  if (selection.kind === Kind.FIELD && selection.name.value === '__typename') return [];
  const conditions = combined(around, selection.directives ?? []);
  if (!conditions) return around.length === 0 ? [selection] : within(around, rootSelections(selection, []));
  if (selection.kind === Kind.FIELD) return [{ ...selection, directives: conditions }];
  return selection.selectionSet.selections.flatMap((inner) => rootSelections(inner, conditions));
}

/** Both lists as one; undefined where a directive would be there twice, which a field cannot have. */
function combined(
  around: readonly DirectiveNode[],
  own: readonly DirectiveNode[],
): readonly DirectiveNode[] | undefined {
  const stated = new Set(around.map((directive) => print(directive)));
  const all = [...around, ...own.filter((directive) => !stated.has(print(directive)))];
  return new Set(all.map(({ name }) => name.value)).size === all.length ? all : undefined;
}

function within(directives: readonly DirectiveNode[], selections: readonly SelectionNode[]): SelectionNode[] {
  if (selections.length === 0) return [];
  return [{ kind: Kind.INLINE_FRAGMENT, directives, selectionSet: { kind: Kind.SELECTION_SET, selections } }];
}

function wireSelectionSet({ selections }: SelectionSetNode, contested: ReadonlySet<string>): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections: selections.map((selection) => wireSelection(selection, contested)) };
}

function wireSelection(selection: SelectionNode, contested: ReadonlySet<string>): SelectionNode {
  if (selection.kind === Kind.FIELD) return wireField(selection, contested);
  if (selection.kind !== Kind.INLINE_FRAGMENT) return selection;
  return { ...selection, selectionSet: wireSelectionSet(selection.selectionSet, contested) };
}

function wireField(field: FieldNode, contested: ReadonlySet<string>): FieldNode {
  if (field.name.value === '__typename') return { kind: Kind.FIELD, name: field.name };
  const key = wireKey(field, contested);
  const { alias: _, selectionSet, ...rest } = field;
  return {
    ...rest,
    ...(key !== field.name.value && { alias: { kind: Kind.NAME, value: key } }),
    ...(selectionSet && { selectionSet: wireSelectionSet(selectionSet, contested) }),
  };
}
