/** Reading the join directives of a supergraph. */
import { type ConstDirectiveNode, type DocumentNode, Kind } from 'graphql';

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

/** A string or enum argument of a directive; undefined where it is absent or something else. */
export function textOf(directive: ConstDirectiveNode, argument: string): string | undefined {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}
