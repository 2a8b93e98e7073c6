/** A leaf type → how its values become JSON (specification, 3.5 "Result Coercion"). */
import { type GraphQLLeafType, isEnumType } from 'graphql';

/** The JSON of a value that is not null; undefined when the type has no such value. */
export type LeafWriter = (value: unknown) => string | undefined;

/** The writer of a leaf type. Nothing is converted but integers that stand for an `ID`: a wrong type is an error. */
export function leafWriter(type: GraphQLLeafType): LeafWriter {
  if (isEnumType(type)) return enumWriter(type.getValues().map(({ name }) => name));
  return builtIn.get(type.name) ?? anyJson;
}

function enumWriter(names: readonly string[]): LeafWriter {
  const members = new Map<unknown, string>(names.map((name) => [name, JSON.stringify(name)]));
  return (value) => members.get(value);
}

const text: LeafWriter = (value) => (typeof value === 'string' ? JSON.stringify(value) : undefined);

const builtIn: ReadonlyMap<string, LeafWriter> = new Map<string, LeafWriter>([
  ['String', text],
  ['ID', (value) => (Number.isSafeInteger(value) ? `"${String(value)}"` : text(value))],
  ['Int', (value) => (typeof value === 'number' && (value | 0) === value ? String(value | 0) : undefined)],
  ['Float', (value) => (typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined)],
  ['Boolean', (value) => (typeof value === 'boolean' ? String(value) : undefined)],
]);

/** A custom scalar is what its subgraph says it is. */
const anyJson: LeafWriter = (value) => JSON.stringify(value);
