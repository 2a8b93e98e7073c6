/** AuthorizedOperation → Serializer: a harvest in, the text of the whole response out. */
import type { AuthorizedOperation } from '../authorize/index.js';
import { InternalFault } from '../fault/index.js';
import type { Exchange, Harvest } from '../plan/index.js';
import { Answer } from './answer.js';
import { compileField, type FieldWriter, selectedBy, writeFields } from './field.js';
import { compileIntrospection, isIntrospectionRoot } from './introspection.js';
import { compileObject } from './object.js';
import type { PositionGuard, SerializerContext } from './position.js';
import { collectFields, type FieldGroup } from './selection.js';

/** The response of one run as JSON text: `{"data":…}`, then `"errors"` when there are any. */
export type Serializer = (harvest: Harvest, exchange: Exchange) => string;

/**
 * Compiles an operation's serializer. It writes the positions of the operation and nothing else of the harvest, checks
 * every value against the schema, and asks `guard` about each position. Throws an `InternalFault` for an operation that
 * does not fit the schema.
 */
export function compileSerializer(authorized: AuthorizedOperation, guard?: PositionGuard): Serializer {
  const fields = compileRoot(authorized, {
    schema: authorized.schema,
    denied: authorized.denied,
    guard,
    compileObject,
  });
  return (harvest, exchange) => {
    const answer = new Answer(exchange, harvest.shared);
    const data = writeFields(fields, harvest.root, answer) ?? 'null';
    harvest.stray.forEach((fault) => answer.failWhole(fault));
    return answer.text(data);
  };
}

function compileRoot({ schema, operation }: AuthorizedOperation, context: SerializerContext): FieldWriter[] {
  const type = schema.getRootType(operation.operation);
  if (!type) throw new InternalFault(`the schema has no root type for a ${operation.operation}`);
  const groups = collectFields([{ selectionSet: operation.selectionSet, conditions: [] }], type, schema);
  const introspect = compileIntrospection(schema, operation);
  return groups.map((group) =>
    isIntrospectionRoot(group.entries[0].node.name.value)
      ? introspectionField(group, introspect)
      : compileField(group, { parentType: type, depth: 0 }, context),
  );
}

function introspectionField(group: FieldGroup, introspect: ReturnType<typeof compileIntrospection>): FieldWriter {
  const { responseKey } = group;
  return {
    responseKey,
    label: `${JSON.stringify(responseKey)}:`,
    depth: 0,
    isSelected: selectedBy(group),
    write: (_, { exchange }) => introspect(responseKey, exchange),
  };
}
