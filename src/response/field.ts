/** One field of one type at one position → how it is written. */
import {
  getNamedType,
  type GraphQLField,
  type GraphQLOutputType,
  isCompositeType,
  isListType,
  isNonNullType,
  TypeNameMetaFieldDef,
} from 'graphql';
import { type FieldFault, InternalFault } from '../fault/index.js';
import { keyReader, Withheld } from '../plan/index.js';
import { type Answer, unwritable } from './answer.js';
import type { Position, PositionCheck, SerializerContext } from './position.js';
import { type FieldGroup, selectionsBelow } from './selection.js';
import { compileValue, type ValueWriter } from './value.js';

/** A field, ready to be written for any holder of its type. */
export interface FieldWriter {
  readonly responseKey: string;
  /** The key as JSON, and its colon. */
  readonly label: string;
  readonly depth: number;
  /** The field's value; undefined when it has none and may not be null. */
  readonly write: (holder: object, answer: Answer) => string | undefined;
}

/** The type that holds a field, and how many keys of the path lead to the holder. */
export interface FieldPlace {
  readonly parentType: Position['parentType'];
  readonly depth: number;
}

/** Compiles a field and all below it. Throws an `InternalFault` for a field that the type does not have. */
export function compileField(group: FieldGroup, place: FieldPlace, context: SerializerContext): FieldWriter {
  return {
    responseKey: group.responseKey,
    label: `${JSON.stringify(group.responseKey)}:`,
    depth: place.depth,
    write: compileWrite(group, place, context),
  };
}

/**
 * The JSON of an object with these fields; undefined when one of them has no value and may not be null. Where no reason
 * for that is known, the fields beside it are asked: one that failed may have taken the whole object with it.
 */
export function writeFields(fields: readonly FieldWriter[], holder: object, answer: Answer): string | undefined {
  const errors = answer.errors.length;
  let text = '';
  for (let index = 0; index < fields.length; index += 1) {
    const { responseKey, label, depth, write } = fields[index] as FieldWriter;
    answer.path[depth] = responseKey;
    const value = write(holder, answer);
    if (value === undefined) return missing(fields, index, { holder, answer, errors });
    text += text === '' ? `{${label}${value}` : `,${label}${value}`;
  }
  return text === '' ? '{}' : `${text}}`;
}

const unexplained = unwritable('Cannot return null for a non-nullable field.');

/** An object that is being written: how many errors were there before it. */
interface Writing {
  readonly holder: object;
  readonly answer: Answer;
  readonly errors: number;
}

/** Writes on after a field that has no value and no reason, for the sake of errors. */
function missing(fields: readonly FieldWriter[], index: number, { holder, answer, errors }: Writing): undefined {
  const isUnexplained = (): boolean => answer.errors.length === errors;
  for (const { responseKey, depth, write } of fields.slice(index + 1)) {
    if (!isUnexplained()) return;
    answer.path[depth] = responseKey;
    write(holder, answer);
  }
  const place = fields[index];
  if (!isUnexplained() || !place) return;
  answer.path[place.depth] = place.responseKey;
  answer.fail(unexplained, place.depth + 1);
}

type Write = FieldWriter['write'];

function compileWrite(group: FieldGroup, place: FieldPlace, context: SerializerContext): Write {
  const [node] = group.nodes;
  const { parentType } = place;
  const definition = definitionOf(parentType, node.name.value);
  const position: Position = { parentType, field: definition, node, target: targetOf(definition.type) };
  const depth = place.depth + 1;
  const deny = compileDenial(definition.type, depth);
  const denial = group.nodes.flatMap((each) => context.denied.get(each) ?? [])[0];
  if (denial) return (_, answer) => deny(denial, answer);
  const check = context.guard?.(position);
  if (definition === TypeNameMetaFieldDef) return typenameWrite(parentType.name, check && { check, deny });
  const write = compileValue({
    type: definition.type,
    depth,
    coordinate: `${parentType.name}.${definition.name}`,
    objects: (below) => objectsBelow({ group, type: definition.type, depth: below }, context),
  });
  const read = keyReader(context.keyOf(node));
  return check ? guardedWrite({ read, write }, { check, deny }) : (holder, answer) => write(read(holder), answer);
}

/** Writes a position that is refused: null, or an empty list where a list may not be null; the fault either way. */
type Deny = (fault: FieldFault, answer: Answer) => string | undefined;

function compileDenial(type: GraphQLOutputType, depth: number): Deny {
  const text = !isNonNullType(type) ? 'null' : isListType(type.ofType) ? '[]' : undefined;
  return (fault, answer) => {
    answer.fail([fault], depth);
    return text;
  };
}

/** A check of a wall, and what happens where it objects. */
interface Wall {
  readonly check: PositionCheck;
  readonly deny: Deny;
}

function guardedWrite(
  { read, write }: { readonly read: (holder: object) => unknown; readonly write: ValueWriter },
  { check, deny }: Wall,
): Write {
  return (holder, answer) => {
    const value = read(holder);
    const fault = value instanceof Withheld ? undefined : check(holder, value, answer.exchange);
    return fault ? deny(fault, answer) : write(value, answer);
  };
}

/** The name of the type that was found to stand here, never what a subgraph wrote under this key. */
function typenameWrite(name: string, wall: Wall | undefined): Write {
  const text = JSON.stringify(name);
  if (!wall) return () => text;
  return (holder, answer) => {
    const fault = wall.check(holder, name, answer.exchange);
    return fault ? wall.deny(fault, answer) : text;
  };
}

function definitionOf(parentType: Position['parentType'], name: string): GraphQLField<unknown, unknown> {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  const definition = parentType.getFields()[name];
  if (!definition) throw new InternalFault(`type \`${parentType.name}\` has no field \`${name}\``);
  return definition;
}

function targetOf(type: GraphQLOutputType): Position['target'] {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return 'leaf';
  return named.astNode?.directives?.some(({ name }) => name.value === 'value') ? 'value' : 'object';
}

function objectsBelow(
  { group, type, depth }: { readonly group: FieldGroup; readonly type: GraphQLOutputType; readonly depth: number },
  context: SerializerContext,
): ValueWriter {
  const named = getNamedType(type);
  if (!isCompositeType(named)) throw new InternalFault('a leaf has nothing below it');
  return context.compileObject({ type: named, selections: selectionsBelow(group), depth }, context);
}
