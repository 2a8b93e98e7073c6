import { type FieldNode, getNamedType, type GraphQLField, type GraphQLInputType, isInputObjectType } from 'graphql';

/**
 * The coordinates of the arguments that a field supplies, and of every input field that they can carry. What a variable
 * will hold is unknown here, so all fields of an input type count as supplied.
 */
export function inputCoordinates(node: FieldNode, coordinate: string, field: GraphQLField<unknown, unknown>): string[] {
  const coordinates: string[] = [];
  const seen = new Set<string>();
  for (const { name } of node.arguments ?? []) {
    const argument = field.args.find((candidate) => candidate.name === name.value);
    coordinates.push(`${coordinate}(${name.value}:)`);
    if (argument) collect(argument.type, coordinates, seen);
  }
  return coordinates;
}

function collect(type: GraphQLInputType, coordinates: string[], seen: Set<string>): void {
  const named = getNamedType(type);
  if (!isInputObjectType(named) || seen.has(named.name)) return;
  seen.add(named.name);
  for (const field of Object.values(named.getFields())) {
    coordinates.push(`${named.name}.${field.name}`);
    collect(field.type, coordinates, seen);
  }
}
