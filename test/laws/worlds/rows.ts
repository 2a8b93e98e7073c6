/** The merged schema of a world → rows: values of every kind, nulls, failures, references from many places. */
import {
  getNamedType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { Dice } from '../dice.js';
import type { OneSchema } from '../oneSchema.js';
import { isOverridden, type Row, type SubgraphFacts, type World } from '../world.js';

/** A world that cannot have rows: a value that may not be null has no type that all its owners know. */
export class NoRows extends Error {}

/** Makes the rows. Throws {@link NoRows}. */
export function randomRows(dice: Dice, subgraphs: readonly SubgraphFacts[], { whole }: OneSchema): World['rows'] {
  const objects = Object.values(whole.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('__'));
  const writer = new RowWriter(dice, subgraphs, whole);
  return Object.fromEntries(objects.map((type) => [type.name, writer.rowsOf(type)]));
}

/** Rows of every type that is no root. */
const rowCount = 4;

const strings = [
  '',
  'plain',
  'ünïcödé 🙂',
  'quote " and \\ and /',
  'line\nbreak\ttab\u0001',
  '__proto__',
  'constructor',
  '</script>\u2028',
  'null',
];
const ints = [0, 1, -1, 42, 2147483647, -2147483648];
const floats = [0, 0.5, -1.25, 1e21, 1.5e-9, 123456789012345, 1e308, 5e-324, 7];
const blobs: readonly unknown[] = [
  1,
  'text',
  true,
  [1, [null, 'x']],
  { a: 1, b: { c: [] } },
  JSON.parse('{"__proto__": {"x": 1}, "$": "€"}'),
  {},
  [],
];

class RowWriter {
  /** `Type.field` of what keys and requirements name. */
  private readonly keyFields = new Set<string>();
  private readonly requiredFields = new Set<string>();

  constructor(
    private readonly dice: Dice,
    private readonly subgraphs: readonly SubgraphFacts[],
    private readonly schema: OneSchema['whole'],
  ) {
    for (const [name, { keys, fields }] of subgraphs.flatMap(({ types }) => [...types])) {
      keys.forEach(({ selectionSet }) => this.note(this.keyFields, name, selectionSet));
      fields.forEach(({ requires }) => requires && this.note(this.requiredFields, name, requires));
    }
  }

  rowsOf(type: GraphQLObjectType): readonly Row[] {
    const count = type.name === 'Query' || type.name === 'Mutation' ? 1 : rowCount;
    return Array.from({ length: count }, (_, index) => {
      const fields = Object.values(type.getFields()).map((field) => [field.name, this.fieldOf(type, field, index)]);
      return Object.fromEntries(fields) as Row;
    });
  }

  private note(into: Set<string>, typename: string, { selections }: SelectionSetNode): void {
    const type = this.schema.getType(typename);
    const possible = isInterfaceType(type) ? this.schema.getPossibleTypes(type).map(({ name }) => name) : [];
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        this.note(into, selection.typeCondition?.name.value ?? typename, selection.selectionSet);
        continue;
      }
      [typename, ...possible].forEach((name) => into.add(`${name}.${selection.name.value}`));
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[selection.name.value] : undefined;
      const below = selection.selectionSet;
      this.note(
        into,
        field ? getNamedType(field.type).name : '',
        below ?? { kind: Kind.SELECTION_SET, selections: [] },
      );
    }
  }

  private fieldOf(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>, index: number): unknown {
    const coordinate = `${type.name}.${field.name}`;
    if (this.keyFields.has(coordinate)) return this.keyOf(type, field, index);
    const place: Place = {
      known: this.knownTypes(type, field),
      failures: this.requiredFields.has(coordinate) || this.isOfInterfaceObject(type) ? 'whereNullable' : 'anywhere',
      index,
    };
    const isComputed = field.args.length > 0 || type.name === 'Mutation' || this.isRequiring(type, field.name);
    if (!isComputed) return this.value(field.type, place);
    if (getNamedType(field.type).name === 'String' && !isListType(bare(field.type)) && this.dice.chance(70))
      return { $text: 1 };
    return { $by: Array.from({ length: 3 }, () => this.value(field.type, place)) };
  }

  /** A key by which a subgraph asks for an interface is the key of one row among all types behind it. */
  private keyOf(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>, index: number): unknown {
    const value = keyValue(type.name, field, index);
    return this.isOfInterfaceObject(type) && field.name === 'id' ? `${type.name} ${String(value)}` : value;
  }

  /**
   * True for a type behind an interface that some subgraph knows as an object. Where such a row is lost in the fetch that
   * tells its type, the gateway gives the right data with another reason: there, only what may be null fails.
   */
  private isOfInterfaceObject(type: GraphQLObjectType): boolean {
    return this.subgraphs.some(({ types }) =>
      type.getInterfaces().some(({ name }) => types.get(name)?.kind === 'interfaceObject'),
    );
  }

  private isRequiring(type: GraphQLObjectType, field: string): boolean {
    const names = [type.name, ...type.getInterfaces().map(({ name }) => name)];
    return this.subgraphs.some(({ types }) => names.some((name) => types.get(name)?.fields.get(field)?.requires));
  }

  /** Object types that every subgraph which states the field knows at its end. */
  private knownTypes(holder: GraphQLObjectType, { name, type }: GraphQLField<unknown, unknown>): readonly string[] {
    const named = getNamedType(type);
    if (isObjectType(named)) return [named.name];
    if (!isAbstractType(named)) return [];
    const holders = [holder.name, ...holder.getInterfaces().map((parent) => parent.name)];
    const stating = this.subgraphs.filter((subgraph) =>
      holders.some(
        (one) =>
          subgraph.types.get(one)?.fields.has(name) === true &&
          subgraph.types.get(one)?.kind !== 'interface' &&
          !isOverridden(this.subgraphs, { subgraph: subgraph.name, type: one, field: name }),
      ),
    );
    const possible = this.schema.getPossibleTypes(named).map((concrete) => concrete.name);
    return possible.filter((concrete) => stating.every((subgraph) => knows(subgraph, named.name, concrete)));
  }

  private value(type: GraphQLOutputType, place: Place): unknown {
    if (isNonNullType(type)) {
      if (place.failures === 'anywhere' && this.dice.chance(2)) return this.failure();
      return this.present(type.ofType, place);
    }
    if (this.dice.chance(10)) return null;
    return this.dice.chance(4) ? this.failure() : this.present(type, place);
  }

  private failure(): { readonly $fail: string } {
    return { $fail: this.dice.pick(['no', 'out of "order"', 'später']) };
  }

  private present(type: GraphQLOutputType, place: Place): unknown {
    if (isListType(type)) {
      const length = this.dice.pick([0, 1, 2, 2, 3]);
      const rows = Array.from({ length }, () => this.value(type.ofType, place));
      return rows;
    }
    const named = getNamedType(type);
    if (isEnumType(named)) return this.dice.pick(named.getValues()).name;
    if (isObjectType(named) || isAbstractType(named)) return this.reference(type, place);
    return this.leaf(named.name);
  }

  private reference(type: GraphQLOutputType, { known }: Place): unknown {
    const typename = this.dice.pickAny(known);
    if (typename === undefined) throw new NoRows(`nobody knows what stands behind \`${String(type)}\``);
    return { $ref: `${typename}/${this.dice.below(rowCount)}` };
  }

  private leaf(name: string): unknown {
    switch (name) {
      case 'Int':
        return this.dice.pick(ints);
      case 'Float':
        return this.dice.pick(floats);
      case 'Boolean':
        return this.dice.chance(50);
      case 'String':
      case 'ID':
        return this.dice.pick(strings);
      default:
        return this.dice.pick(blobs);
    }
  }
}

/** Where a value stands. */
interface Place {
  readonly known: readonly string[];
  readonly failures: 'anywhere' | 'whereNullable';
  readonly index: number;
}

function bare(type: GraphQLOutputType): GraphQLOutputType {
  return isNonNullType(type) ? type.ofType : type;
}

/** Values of keys: each row's own, and awkward to compare carelessly. */
function keyValue(typename: string, { name, type }: GraphQLField<unknown, unknown>, index: number): unknown {
  const named = getNamedType(type);
  if (isObjectType(named)) return { $ref: `${named.name}/${index}` };
  if (named.name === 'Int') return [0, -7, 2147483647, 12][index];
  return [`${typename} 0`, `"${name}" \\ é🙂`, '1', `1.0 ${typename}`][index];
}

function knows({ types, document }: SubgraphFacts, abstract: string, concrete: string): boolean {
  if (types.get(abstract)?.kind === 'interfaceObject') return true;
  return document.definitions.some((definition) => {
    if (definition.kind === Kind.UNION_TYPE_DEFINITION && definition.name.value === abstract) {
      return definition.types?.some(({ name }) => name.value === concrete);
    }
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION || definition.name.value !== concrete) return false;
    return definition.interfaces?.some(({ name }) => name.value === abstract);
  });
}
