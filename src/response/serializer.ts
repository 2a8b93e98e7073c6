/** AuthorizedOperation → Serializer: a harvest in, the text of the whole response out. */
import { type FieldNode, Kind } from 'graphql';
import type { AuthorizedOperation } from '../authorize/index.js';
import { InternalFault } from '../fault/index.js';
import { type Case, CaseCache, conditionsOf, type Exchange, type Harvest, kept, wireKey } from '../plan/index.js';
import { Answer } from './answer.js';
import { compileField, type FieldWriter, writeFields } from './field.js';
import { compileIntrospection, isIntrospectionRoot } from './introspection.js';
import { compileObject } from './object.js';
import type { PositionGuard, SerializerContext } from './position.js';
import { collectFields, type FieldGroup } from './selection.js';

/** The response of one run as JSON text: `{"data":…}`, then `"errors"` when there are any. */
export type Serializer = (harvest: Harvest, exchange: Exchange) => string;

/** What a serializer may be compiled with besides its operation. */
export interface SerializerOptions {
  readonly guard?: PositionGuard | undefined;
  /** The plan's own, where its harvests hold some fields under other keys than {@link wireKey} says. */
  readonly keyOf?: (field: FieldNode) => string;
  /** Bounds the writers for cases over all operations that are given it; one of its own when absent. */
  readonly cases?: CaseCache;
}

/**
 * Compiles an operation's serializer. It writes the positions of the operation and nothing else of the harvest, checks
 * every value against the schema, and asks `guard` about each position. Each case of the variables in `@skip` and
 * `@include` has a writer of its own, made when the case is first met, since what comes first in an answer depends on
 * it. Throws an `InternalFault` for an operation that does not fit the schema.
 */
export function compileSerializer(
  authorized: AuthorizedOperation,
  { guard, keyOf = wireKey, cases = new CaseCache() }: SerializerOptions = {},
): Serializer {
  const conditions = conditionsOf({ kind: Kind.DOCUMENT, definitions: [authorized.operation] });
  const make = ({ isTrue }: Case): readonly FieldWriter[] =>
    compileRoot(authorized, { guard, keyOf: (field) => keyOf(field), isTrue });
  const only = conditions.isNeeded ? undefined : make(conditions.caseOf({}));
  const writers = cases.keep<readonly FieldWriter[]>();
  const fieldsOf = (values: Exchange['variables']): readonly FieldWriter[] => {
    const decided = conditions.caseOf(values);
    return kept(writers, decided.key, () => make(decided));
  };
  return (harvest, exchange) => {
    const answer = new Answer(exchange, harvest);
    const data = writeFields(only ?? fieldsOf(exchange.variables), harvest.root, answer) ?? 'null';
    harvest.stray.forEach((fault) => answer.failWhole(fault));
    return answer.text(data);
  };
}

function compileRoot(
  { schema, operation, denied }: AuthorizedOperation,
  given: Pick<SerializerContext, 'guard' | 'keyOf' | 'isTrue'>,
): readonly FieldWriter[] {
  const type = schema.getRootType(operation.operation);
  if (!type) throw new InternalFault(`the schema has no root type for a ${operation.operation}`);
  const context: SerializerContext = { ...given, schema, denied, compileObject };
  const groups = collectFields([operation.selectionSet], type, context);
  const introspect = compileIntrospection(schema, operation);
  return groups.map((group) =>
    isIntrospectionRoot(group.nodes[0].name.value)
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
    write: (_, { exchange }) => introspect(responseKey, exchange),
  };
}
