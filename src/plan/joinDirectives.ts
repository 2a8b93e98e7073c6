/** Reading and writing the join directives of a supergraph. */
import { type ConstDirectiveNode, type DocumentNode, Kind, parse, type SelectionSetNode } from 'graphql';

/** What can carry join directives. */
export interface Joined {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

/** `join__Graph` values by the names that plans use. */
export function graphNames(supergraph: DocumentNode): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const { name, directives } of definition.values ?? []) {
      const graph = directives?.find((directive) => directive.name.value === 'join__graph');
      names.set(name.value, graph ? (textOf(graph, 'name') ?? name.value) : name.value);
    }
  }
  return names;
}

/** The graphs that have a type, each once. */
export function graphsOf({ directives = [] }: Joined): readonly string[] {
  const joins = directives.filter(({ name }) => name.value === 'join__type');
  return [...new Set(joins.flatMap((join) => textOf(join, 'graph') ?? []))];
}

/** What is said of who has a field; nothing where every graph of its type does. */
export function joinsOf({ directives = [] }: Joined): readonly ConstDirectiveNode[] {
  return directives.filter(({ name }) => name.value === 'join__field');
}

/** True for a field that its graph names and does not have. */
export function isExternal(join: ConstDirectiveNode): boolean {
  return isTrue(join, 'external');
}

/** True where a directive says yes to one of its arguments. */
export function isTrue(directive: ConstDirectiveNode, argument: string): boolean {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  return value?.kind === Kind.BOOLEAN && value.value;
}

/** True where a directive says no to one of its arguments. */
export function isFalse(directive: ConstDirectiveNode, argument: string): boolean {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  return value?.kind === Kind.BOOLEAN && !value.value;
}

/** A string or enum argument of a directive; undefined where it is absent or something else. */
export function textOf(directive: ConstDirectiveNode, argument: string): string | undefined {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}

/** A field set, parsed. Throws a syntax error for what is none. */
export function fieldSet(text: string): SelectionSetNode {
  const [definition] = parse(`{${text}}`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new SyntaxError('a field set is to be an object selection');
  return definition.selectionSet;
}

/** The fields that a field set names on the type itself. */
export function fieldsIn(text: string): readonly string[] {
  return fieldSet(text).selections.flatMap((selection) =>
    selection.kind === Kind.FIELD ? [selection.name.value] : [],
  );
}

/** A directive with arguments of these kinds. */
export function join(
  name: string,
  given: Readonly<Record<string, readonly [Kind.ENUM | Kind.STRING, string]>>,
): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: name },
    arguments: Object.entries(given).map(([argument, [kind, value]]) => ({
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: argument },
      value: { kind, value },
    })),
  };
}

/** `@join__field`, which without a graph says that no graph has the field as it stands. */
export function joinField(graph?: string, external = false): ConstDirectiveNode {
  const stated = join('join__field', graph === undefined ? {} : { graph: [Kind.ENUM, graph] });
  if (!external) return stated;
  const flag = { kind: Kind.BOOLEAN, value: true } as const;
  const name = { kind: Kind.NAME, value: 'external' } as const;
  return { ...stated, arguments: [...(stated.arguments ?? []), { kind: Kind.ARGUMENT, name, value: flag }] };
}
