/** Supergraph → the names of fields that a plan may need with other arguments than a client gave. */
import { type DocumentNode, type FieldDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import { fieldSet, joinsOf, textOf } from './joinDirectives.js';

/**
 * Names that some `@requires` reads and that some field with arguments has. The planner makes up an alias where a client
 * selects such a field differently, and then loses track of it.
 */
export function contestedNames(supergraph: DocumentNode): ReadonlySet<string> {
  const fields = supergraph.definitions.flatMap((definition): readonly FieldDefinitionNode[] =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION
      ? (definition.fields ?? [])
      : [],
  );
  const required = new Set(
    fields
      .flatMap(joinsOf)
      .flatMap((join) => textOf(join, 'requires') ?? [])
      .flatMap((requires) => namesIn(fieldSet(requires))),
  );
  const names = fields.filter((field) => (field.arguments ?? []).length > 0).map(({ name }) => name.value);
  return new Set(names.filter((name) => required.has(name)));
}

function namesIn({ selections }: SelectionSetNode): readonly string[] {
  return selections.flatMap((selection) => {
    const own = selection.kind === Kind.FIELD ? [selection.name.value] : [];
    const below = selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet;
    return below ? [...own, ...namesIn(below)] : own;
  });
}
