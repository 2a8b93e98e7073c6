/** A position's type → how whatever the harvest holds there is written, errors and nulls included. */
import { type GraphQLOutputType, isLeafType, isListType, isNonNullType } from 'graphql';
import { Gathered, Withheld } from '../plan/index.js';
import { type Answer, unwritable } from './answer.js';
import { leafWriter, type LeafWriter } from './leaf.js';

/**
 * Writes the value of a position. Undefined means that the position has none and may not be null, and that the reason
 * is noted: whatever holds it becomes null (specification, 6.4.4).
 */
export type ValueWriter = (value: unknown, answer: Answer) => string | undefined;

/** What a value writer is compiled from. */
export interface ValueInput {
  readonly type: GraphQLOutputType;
  /** How many keys of the path lead to the position. */
  readonly depth: number;
  /** `Type.field`, for messages. */
  readonly coordinate: string;
  /** Makes the writer of objects at a depth; called where the type ends in a composite type. */
  readonly objects: (depth: number) => ValueWriter;
}

/** Compiles the writer of a type. */
export function compileValue(input: ValueInput): ValueWriter {
  const { type, depth, coordinate } = input;
  if (!isNonNullType(type)) {
    const write = compilePresent(input);
    return (value, answer) => (value === null || value === undefined ? 'null' : (write(value, answer) ?? 'null'));
  }
  const missing = unwritable(`Cannot return null for non-nullable field ${coordinate}.`);
  const write = compilePresent({ ...input, type: type.ofType });
  return (value, answer) => {
    if (value !== null && value !== undefined) return write(value, answer);
    answer.fail(missing, depth);
    return undefined;
  };
}

/** Writers of values that are not null; undefined when there is an error instead, which is noted. */
function compilePresent(input: ValueInput): ValueWriter {
  const { type } = input;
  if (isListType(type)) return compileList({ ...input, type: type.ofType });
  if (isLeafType(type)) return compileLeaf(input, leafWriter(type));
  const write = input.objects(input.depth);
  return (value, answer) => (isWithheld(value, answer, input.depth) ? undefined : write(value, answer));
}

function compileLeaf({ coordinate, depth }: ValueInput, write: LeafWriter): ValueWriter {
  const wrong = unwritable(`The value of ${coordinate} is not of its type.`);
  return (value, answer) => {
    const text = write(value, answer.isPlain);
    if (text === undefined && !isWithheld(value, answer, depth)) answer.fail(wrong, depth);
    return text;
  };
}

function compileList(input: ValueInput): ValueWriter {
  const { depth, coordinate } = input;
  const writeRow = compileValue({ ...input, depth: depth + 1 });
  const wrong = unwritable(`The value of ${coordinate} is not a list.`);
  return (value, answer) => {
    if (isWithheld(value, answer, depth)) return undefined;
    if (value instanceof Gathered) answer.fail(value.faults, depth);
    const rows = value instanceof Gathered ? value.rows : value;
    if (Array.isArray(rows)) return writeRows(rows, { answer, depth, writeRow });
    answer.fail(wrong, depth);
    return undefined;
  };
}

function writeRows(
  rows: readonly unknown[],
  { answer, depth, writeRow }: { readonly answer: Answer; readonly depth: number; readonly writeRow: ValueWriter },
): string | undefined {
  let text = '[';
  for (let index = 0; index < rows.length; index += 1) {
    answer.path[depth] = index;
    const row = writeRow(rows[index], answer);
    if (row === undefined) return undefined;
    text += index === 0 ? row : `,${row}`;
  }
  return `${text}]`;
}

function isWithheld(value: unknown, answer: Answer, depth: number): boolean {
  if (!(value instanceof Withheld)) return false;
  answer.fail(value.faults, depth);
  return true;
}
