import { linksOf, namesOf } from './links.js';
import { usesOf, type FieldStatement, type TypeStatement } from './statement.js';
import type { Subgraph } from './subgraph.js';

/**
 * What `@interfaceObject` adds: each field that a subgraph states on such an interface is a field of every implementer
 * that does not state it itself, under the same label. One statement per implementer, in the order of the types.
 */
export function inheritedFields(subgraphs: readonly Subgraph[], types: readonly TypeStatement[]): FieldStatement[] {
  const names = new Map(subgraphs.map((subgraph) => [subgraph.name, namesOf(linksOf(subgraph), 'interfaceObject')]));
  const objects = types.filter(({ subgraph, node }) =>
    [...(names.get(subgraph) ?? [])].some((name) => usesOf(node, name).length > 0),
  );
  if (objects.length === 0) return [];
  const stated = new Set(types.flatMap(({ fields }) => fields.map(({ coordinate }) => coordinate)));
  return objects.flatMap(({ name, fields }) =>
    implementersOf(types, name).flatMap((implementer) =>
      fields.map((field) => moved(field, implementer)).filter(({ coordinate }) => !stated.has(coordinate)),
    ),
  );
}

function implementersOf(types: readonly TypeStatement[], parent: string): string[] {
  const implementers = types.filter(
    ({ node }) => 'interfaces' in node && (node.interfaces ?? []).some(({ name }) => name.value === parent),
  );
  return [...new Set(implementers.map(({ name }) => name))];
}

function moved(statement: FieldStatement, owner: string): FieldStatement {
  const under = (coordinate: string): string => `${owner}${coordinate.slice(statement.owner.length)}`;
  return { ...statement, owner, coordinate: under(statement.coordinate), field: under(statement.field) };
}
