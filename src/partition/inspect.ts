/**
 * What a partner answered → objects of the harvest: checked against what was asked, stamped with what was granted.
 * Compiled once per narrowed document, so that an answer costs one closure for each value in it; and what was parsed is
 * what is handed on, because making each object anew costs more than all the checks.
 */
import {
  getNullableType,
  type GraphQLOutputType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import { type HarvestObject, keyReader, Withheld } from '../plan/index.js';
import type { CategoryMask } from '../policy/index.js';
import { formOf } from './leaf.js';
import { type KnownKeys, knownKeys, onlyKeys, withoutPrototype } from './knownKeys.js';
import { mergedFields, type Same } from './mergedShape.js';
import { hiddenIn, hiddenKeys, type Narrowing } from './narrow.js';
import { ContractBreach, type Reading } from './reading.js';
import type { Shape, ShapeField } from './shape.js';

/** What inspectors are compiled from, besides a shape. */
export interface Allowed {
  readonly narrowing: Narrowing;
  /** Cells readable anywhere, and only on an item; see `PolicyTable.cells`. */
  readonly cells: { readonly direct: CategoryMask; readonly item: CategoryMask };
  /** True for edges that open their target as an item for this purpose. */
  readonly anchors: (coordinate: string) => boolean;
}

/** Where a position stands: what may be read there, and how many keys of the path lead to it. */
interface Place {
  readonly mask: CategoryMask;
  readonly item: boolean;
  readonly depth: number;
}

/** What stands for a parsed value, most often itself. Throws a {@link ContractBreach} for anything that may not be. */
type ValueReader = (value: unknown, reading: Reading) => unknown;

/**
 * Reads a root object or an entity: its planned fields, and the hidden keys of its own that say what it is; nothing else
 * is left of what the partner wrote.
 */
export type Inspector = (value: unknown, reading: Reading) => HarvestObject | null;

/** Compiles the inspector of a shape whose objects stand `depth` keys deep in the answer. */
export function compileInspector(shape: Shape, allowed: Allowed, depth: number): Inspector {
  const read = compileObject(shape, allowed, { mask: allowed.narrowing.mask, item: false, depth });
  return (value, reading) => (value === null || value === undefined ? null : read(value, reading));
}

type ObjectReader = (value: unknown, reading: Reading) => HarvestObject;

function compileObject(shape: Shape, allowed: Allowed, place: Place): ObjectReader {
  const { type } = shape;
  const stamp = compileStamp(shape, allowed, place);
  const fieldsOf = compileTypes(shape, allowed, place);
  const assertOrdered = compileOrderCheck(shape);
  const elsewhere = shape.isRow ? compileAccount(shape, allowed, place) : undefined;
  return (value, reading) => {
    if (!isObject(value)) throw new ContractBreach(`\`${type.name}\` is no object`);
    const other = elsewhere?.(value, reading);
    if (other) return other(value, reading);
    assertOrdered?.(value);
    const { keys, readers } = fieldsOf(value);
    const kept = onlyKeys(value, keys);
    stamp?.(kept, reading);
    const target = withoutPrototype(kept);
    for (const read of readers) read(target, reading);
    return target;
  };
}

/** Marks a row with what it shows; value types belong to the row that holds them. */
function compileStamp(
  { isRow }: Shape,
  { cells }: Allowed,
  { mask, item }: Place,
): ((row: HarvestObject, reading: Reading) => void) | undefined {
  if (!isRow) return undefined;
  const released = mask & (item ? cells.direct | cells.item : cells.direct);
  return (row, reading) => reading.stamp(row, released);
}

/** More kinds of consent than one customer gives one bank. */
const mostVariants = 64;

/**
 * A row of an account has that account's mask; a row of an account that was not granted is a breach. Undefined where the
 * mask is the one that the position was compiled for, else the reader for that account's.
 */
function compileAccount(
  shape: Shape,
  allowed: Allowed,
  place: Place,
): ((value: HarvestObject, reading: Reading) => ObjectReader | undefined) | undefined {
  if (shape.accountField === undefined) return undefined;
  const variants = new Map<CategoryMask, ObjectReader>();
  return (value, reading) => {
    const granted = reading.grantedOf(value[hiddenKeys.account]);
    if (granted === 'all') return undefined;
    if (granted === undefined) throw new ContractBreach(`\`${shape.type.name}\` of an account that was not granted`);
    const mask = granted & allowed.narrowing.mask;
    if (mask === place.mask) return undefined;
    if (variants.size > mostVariants) variants.clear();
    const variant = variants.get(mask) ?? compileObject(shape, allowed, { ...place, mask });
    variants.set(mask, variant);
    return variant;
  };
}

/** What a list is ordered by is of its declared form, or null. */
function compileOrderCheck({ type, order }: Shape): ((value: HarvestObject) => void) | undefined {
  if (!order) return undefined;
  const checks = order.by.map(({ key, name, type: leaf }) => ({ read: keyReader(key), hasForm: formOf(leaf), name }));
  return (value) => {
    for (const { read, hasForm, name } of checks) {
      const held = read(value);
      if (held === null || hasForm(held)) continue;
      throw new ContractBreach(`\`${type.name}.${name}\`, which orders a list, is missing or of another form`);
    }
  };
}

/** Checks one field of an object, and replaces its value where another stands for it. */
type FieldReader = (target: HarvestObject, reading: Reading) => void;

/** What an object of one type is read by. */
interface TypeReader {
  readonly keys: KnownKeys;
  readonly readers: readonly FieldReader[];
}

/** The fields by what an object says of its type: each type's are compiled when it is first met. */
function compileTypes(shape: Shape, allowed: Allowed, place: Place): (value: HarvestObject) => TypeReader {
  const { type, possible } = shape;
  const compiled = new Map<string, TypeReader>();
  const readerOf = (typeName: string): TypeReader => {
    const known = compiled.get(typeName);
    if (known) return known;
    const reader = compileType(shape, typeName, { allowed, place });
    compiled.set(typeName, reader);
    return reader;
  };
  const read = keyReader(hiddenKeys.type);
  const isAbstract = isAbstractType(type);
  return (value) => {
    const claimed = read(value);
    if (claimed === undefined && !isAbstract) return readerOf(type.name);
    if (typeof claimed === 'string' && possible.has(claimed)) return readerOf(claimed);
    throw new ContractBreach(`\`${type.name}\` of a type that is none of it`);
  };
}

interface Within {
  readonly allowed: Allowed;
  readonly place: Place;
}

function compileType(shape: Shape, typeName: string, within: Within): TypeReader {
  const { excluded } = within.allowed.narrowing;
  const { mask } = within.place;
  const fields = shape.fields.filter(
    ({ appliesTo, index }) => (appliesTo === null || appliesTo.has(typeName)) && !excluded.has(index),
  );
  const asked = fields.filter(({ needs }) => (needs & ~mask) === 0).map(({ key }) => key);
  const readers = mergedFields(fields).map((same) => compileField(same, typeName, within));
  return { keys: knownKeys(asked, hiddenIn(shape)), readers };
}

/** Selections of one response key are one field, which needs what any of them needs. */
function compileField(same: Same, typeName: string, { allowed, place }: Within): FieldReader {
  const [field] = same;
  const { key } = field;
  if (field.definition.name === '__typename') return compileTypename(field, typeName);
  const refused = same.find(({ needs }) => (needs & ~place.mask) !== 0);
  if (refused) return (target, reading) => void (target[key] = reading.refusal(refused));
  const item = field.child?.isRow ? same.every(({ coordinate }) => allowed.anchors(coordinate)) : place.item;
  const inner = { ...place, item, depth: place.depth + 1 };
  return compileAsked(field, compileValue(field, { type: field.definition.type, allowed, place: inner }), place.depth);
}

function compileTypename({ key, coordinate }: ShapeField, typeName: string): FieldReader {
  return (target) => {
    if (target[key] === undefined) throw new ContractBreach(`\`${coordinate}\` is missing`);
    target[key] = typeName;
  };
}

/** INVARIANT: the object has no prototype, so that what it holds under any key is its own. */
function compileAsked({ key, coordinate, sealed }: ShapeField, convert: ValueReader, depth: number): FieldReader {
  return (target, reading) => {
    const value = target[key];
    if (value === undefined) throw new ContractBreach(`\`${coordinate}\` is missing`);
    if (reading.isFailed) reading.path[depth] = key;
    const converted = convert(value, reading);
    if (sealed !== undefined && typeof converted === 'string') target[key] = reading.seal(sealed, converted);
    else if (converted !== value) target[key] = converted;
  };
}

interface Held extends Within {
  readonly type: GraphQLOutputType;
}

function compileValue(field: ShapeField, held: Held): ValueReader {
  const { depth } = held.place;
  const { coordinate } = field;
  const read = compilePresent(field, { ...held, type: getNullableType(held.type) });
  const isNullable = !isNonNullType(held.type);
  return (value, reading) => {
    if (value !== null) return read(value, reading);
    const fault = reading.faultAt(depth);
    if (fault) return new Withheld([fault]);
    if (!isNullable) throw new ContractBreach(`\`${coordinate}\` is null`);
    return null;
  };
}

function compilePresent(field: ShapeField, held: Held): ValueReader {
  const { type, allowed, place } = held;
  if (isListType(type)) return compileList(field, { ...held, type: type.ofType as GraphQLOutputType });
  if (isLeafType(type)) return compileLeaf(field, formOf(type));
  if (field.child) return compileObject(field.child, allowed, place);
  throw new ContractBreach(`\`${field.coordinate}\` was asked without fields`);
}

function compileList(field: ShapeField, held: Held): ValueReader {
  const { depth } = held.place;
  const read = compileValue(field, { ...held, place: { ...held.place, depth: depth + 1 } });
  return (value, reading) => {
    if (!Array.isArray(value)) throw new ContractBreach(`\`${field.coordinate}\` is no list`);
    for (let index = 0; index < value.length; index += 1) {
      if (reading.isFailed) reading.path[depth] = index;
      const one: unknown = value[index];
      const converted = read(one, reading);
      if (converted !== one) value[index] = converted;
    }
    return value;
  };
}

function compileLeaf(
  { coordinate, definition, sealed }: ShapeField,
  hasForm: (value: unknown) => boolean,
): ValueReader {
  const namesBank = coordinate === 'Bank.id' || definition.name === 'bankId';
  return (value, { bank }) => {
    if (!hasForm(value)) throw new ContractBreach(`\`${coordinate}\` is not of its declared form`);
    if (namesBank && value !== bank) throw new ContractBreach(`\`${coordinate}\` names another bank`);
    return sealed === undefined ? value : String(value);
  };
}

function isObject(value: unknown): value is HarvestObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
