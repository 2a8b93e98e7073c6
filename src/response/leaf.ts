/** A leaf type → how its values become JSON (specification, 3.5 "Result Coercion"). */
import { type GraphQLLeafType, isEnumType } from 'graphql';
import { Withheld } from '../plan/index.js';

/**
 * The JSON of a value; undefined for null, and when the type has no such value. `isPlain` says that no string among the
 * values needs an escape.
 */
export type LeafWriter = (value: unknown, isPlain: boolean) => string | undefined;

/** The writer of a leaf type. Nothing is converted but integers that stand for an `ID`: a wrong type is an error. */
export function leafWriter(type: GraphQLLeafType): LeafWriter {
  if (isEnumType(type)) return enumWriter(type.getValues().map(({ name }) => name));
  return builtIn.get(type.name) ?? anyJson;
}

function enumWriter(names: readonly string[]): LeafWriter {
  const members = new Map<unknown, string>(names.map((name) => [name, JSON.stringify(name)]));
  return (value) => members.get(value);
}

/** What a JSON string must escape: all but printable characters, quote, backslash and halves of surrogate pairs apart. */
const special = /[^\u0020\u0021\u0023-\u005b\u005d-\ud7ff\ue000-\uffff]/;

/** Most strings need no escape, and the engine's own `JSON.stringify` costs several times the test. */
const text: LeafWriter = (value, isPlain) => {
  if (typeof value !== 'string') return undefined;
  return isPlain || !special.test(value) ? `"${value}"` : JSON.stringify(value);
};

const builtIn: ReadonlyMap<string, LeafWriter> = new Map<string, LeafWriter>([
  ['String', text],
  ['ID', (value, isPlain) => (Number.isSafeInteger(value) ? `"${String(value)}"` : text(value, isPlain))],
  ['Int', (value) => (typeof value === 'number' && (value | 0) === value ? String(value | 0) : undefined)],
  ['Float', (value) => (typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined)],
  ['Boolean', (value) => (typeof value === 'boolean' ? String(value) : undefined)],
]);

/** A custom scalar is what its subgraph says it is. */
const anyJson: LeafWriter = (value) =>
  value === null || value instanceof Withheld ? undefined : JSON.stringify(value);
