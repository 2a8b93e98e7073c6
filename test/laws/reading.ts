/** How rows are read, by subgraphs and by the one schema alike: values, references, failures, choices. */
import {
  getArgumentValues,
  getNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isCompositeType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { hashOf } from './dice.js';
import type { Row, World } from './world.js';

/** A row on its way through an execution; in a subgraph with what the gateway sent about it. */
export interface Held {
  readonly typename: string;
  readonly row: Row;
  readonly representation?: Row;
}

/** What decides between several values of a field. */
export interface Choice {
  readonly args: Readonly<Record<string, unknown>>;
  readonly required?: unknown;
  /** Mutations that ran before. */
  readonly before?: number;
}

/** Reads fields of rows of one world. */
export class RowReader {
  constructor(private readonly rows: World['rows']) {}

  root(typename: string): Held {
    return { typename, row: this.rows[typename]?.[0] ?? {} };
  }

  ofType(typename: string): readonly Held[] {
    return (this.rows[typename] ?? []).map((row) => ({ typename, row }));
  }

  /** The value of a field: JSON, held rows, errors for failures. A required text is the text of what was required. */
  read({ row }: Held, field: string, choice: Choice): unknown {
    return this.value(Object.hasOwn(row, field) ? row[field] : null, canonical(choice));
  }

  private value(stated: unknown, choice: string): unknown {
    if (Array.isArray(stated)) return stated.map((item) => this.value(item, choice));
    if (typeof stated !== 'object' || stated === null) return stated;
    const [marker] = Object.keys(stated);
    const content: unknown = marker === undefined ? undefined : Reflect.get(stated, marker);
    if (marker === '$fail') return new Error(String(content));
    if (marker === '$ref') return this.referred(String(content));
    if (marker === '$text') return choice;
    if (marker !== '$by' || !Array.isArray(content)) return stated;
    return this.value(content[hashOf(choice) % content.length] ?? null, choice);
  }

  private referred(reference: string): Held | null {
    const [typename = '', index = ''] = reference.split('/');
    const row = this.rows[typename]?.[Number(index)];
    return row ? { typename, row } : null;
  }
}

/** JSON with the keys of every object in alphabetical order, so that equal values have equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** What reads one field of a held row for a projection. */
export type FieldOf = (held: Held, field: string, args: Choice['args']) => unknown;

/** What a field set selects of a row, as JSON. Throws what a failing part of it throws. */
export function project(
  held: Held,
  selectionSet: SelectionSetNode,
  { schema, fieldOf }: { readonly schema: GraphQLSchema; readonly fieldOf: FieldOf },
): Readonly<Record<string, unknown>> {
  const type = schema.getType(held.typename) as GraphQLObjectType;
  const projection: Record<string, unknown> = {};
  for (const selection of selectionSet.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const meets = isOf(schema, held.typename, selection.typeCondition?.name.value);
      Object.assign(projection, meets ? project(held, selection.selectionSet, { schema, fieldOf }) : {});
      continue;
    }
    const name = selection.name.value;
    if (name === '__typename') continue;
    const definition = type.getFields()[name];
    if (!definition) throw new Error(`a field set names \`${held.typename}.${name}\`, which is not there`);
    const value = fieldOf(held, name, getArgumentValues(definition, selection));
    const below = isCompositeType(getNamedType(definition.type)) ? selection.selectionSet : undefined;
    projection[name] = projectValue(value, (inner) => (below ? project(inner, below, { schema, fieldOf }) : inner));
  }
  return projection;
}

function projectValue(value: unknown, ofRow: (held: Held) => unknown): unknown {
  if (value instanceof Error) throw value;
  if (Array.isArray(value)) return value.map((item) => projectValue(item, ofRow));
  return isHeld(value) ? ofRow(value) : value;
}

function isHeld(value: unknown): value is Held {
  return typeof value === 'object' && value !== null && 'row' in value && 'typename' in value;
}

/** True when rows of the type meet a type condition. */
export function isOf(schema: GraphQLSchema, typename: string, condition: string | undefined): boolean {
  if (condition === undefined || condition === typename) return true;
  const [type, abstract] = [schema.getType(typename), schema.getType(condition)];
  if (!type || !abstract) return false;
  return schema.isSubType(abstract as Parameters<GraphQLSchema['isSubType']>[0], type as GraphQLObjectType);
}
