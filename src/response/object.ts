/** A composite position → how the object there is written: by its own type, once that is found acceptable. */
import {
  type GraphQLCompositeType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  isAbstractType,
  isUnionType,
} from 'graphql';
import type { FieldFault } from '../fault/index.js';
import { isPlainObject, keyReader, Withheld } from '../plan/index.js';
import { type ObjectWriter, unwritable } from './answer.js';
import { compileField, writeFields } from './field.js';
import type { ObjectPlace, SerializerContext } from './position.js';
import { collectFields, needsType } from './selection.js';
import type { ValueWriter } from './value.js';

const readTypename = keyReader('__typename');

/**
 * Compiles the writer of a position. Positions of an abstract type compile one writer per concrete type when it is
 * first met, since most operations meet few of those that they could.
 */
export function compileObject(input: ObjectPlace, context: SerializerContext): ValueWriter {
  const { type, depth } = input;
  const wrong = wrongFor(type);
  const writerOf = isAbstractType(type) ? compileAbstract(input, context) : compileConcrete(input, type, context);
  return (value, answer) => {
    const write = isPlainObject(value) ? writerOf(readTypename(value)) : undefined;
    if (write) return answer.write(value as object, write);
    answer.fail(wrong, depth);
    return undefined;
  };
}

/** The writer for what an object says of its type; undefined for a type that has no place here. */
type WriterOf = (typename: unknown) => ObjectWriter | undefined;

/**
 * The writer of an object whose type no subgraph told: the object is lost, for the reason that a fetch gave for a field
 * that every such object has, where one did.
 */
function compileLost(write: ObjectWriter, { type, depth }: ObjectPlace): ObjectWriter {
  const wrong = wrongFor(type);
  return (holder, answer) => {
    const errors = answer.errors.length;
    if (Object.values(holder).some((value) => value instanceof Withheld)) write(holder, answer);
    if (answer.errors.length === errors) answer.fail(wrong, depth);
    return undefined;
  };
}

function wrongFor({ name }: GraphQLCompositeType): readonly FieldFault[] {
  return unwritable(`The value of type ${name} is not an object of that type.`);
}

function compileConcrete(input: ObjectPlace, type: GraphQLObjectType, context: SerializerContext): WriterOf {
  const write = compileType(input, type, context);
  return (typename) => (typename === undefined || typename === type.name ? write : undefined);
}

function compileAbstract(input: ObjectPlace, context: SerializerContext): WriterOf {
  const { type, selections } = input;
  const { schema } = context;
  if (!isAbstractType(type)) throw new TypeError('a concrete type has one writer');
  const possible = new Map(schema.getPossibleTypes(type).map((concrete) => [concrete.name, concrete]));
  const untyped = isUnionType(type)
    ? undefined
    : lazily(() => {
        const write = compileType(input, type, context);
        return needsType(selections, type, schema) ? compileLost(write, input) : write;
      });
  const writers = new Map<unknown, ObjectWriter>();
  return (typename) => {
    const known = writers.get(typename);
    if (known) return known;
    if (typename === undefined || typename === type.name) return untyped?.();
    const concrete = typeof typename === 'string' ? possible.get(typename) : undefined;
    if (!concrete) return undefined;
    const writer = compileType(input, concrete, context);
    writers.set(typename, writer);
    return writer;
  };
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function compileType(
  { selections, depth }: ObjectPlace,
  type: GraphQLObjectType | GraphQLInterfaceType,
  context: SerializerContext,
): ObjectWriter {
  const groups = collectFields(selections, type, context);
  const fields = groups.map((group) => compileField(group, { parentType: type, depth }, context));
  return (holder, answer) => writeFields(fields, holder, answer);
}
