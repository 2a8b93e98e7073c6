/** Puts what a fetch brought, or why it brought nothing, where the plan said. */
import type { FieldFault } from '../fault/index.js';
import { Gathered, type HarvestObject, Withheld } from './harvest.js';
import { isPlainObject, keyReader } from './ownValue.js';
import type { PlannedField } from './plannedFields.js';
import { isOneOf, type Topology } from './topology.js';

/** What a fetch asked for of an object. */
export interface Planned {
  readonly fields: readonly PlannedField[];
  readonly topology: Topology;
}

const readTypename = keyReader('__typename');

/**
 * Writes the planned fields of `source` into `target`. What the target has stays, null and withheld apart; objects that
 * both have are merged, lists only when they are of one length. Nothing unplanned is taken over from the top object.
 */
export function mergeInto(target: HarvestObject, source: HarvestObject, { fields, topology }: Planned): void {
  for (const { key, read, children } of fields) {
    const value = read(source);
    if (value === undefined) continue;
    const present = read(target);
    if (isVacant(present) || (key === '__typename' && isVague(present, topology))) target[key] = value;
    else if (children && present !== value) mergeValues(present, value, { fields: children, topology });
  }
  keepMarks(target, source);
}

function mergeValues(present: unknown, value: unknown, planned: Planned): void {
  const [before, rows] = [rowsOf(present), rowsOf(value)];
  if (before && rows) {
    if (before.length !== rows.length) return;
    before.forEach((row, index) => mergeValues(row, rows[index], planned));
  } else if (isPlainObject(present) && isPlainObject(value)) {
    mergeInto(present, value, planned);
  }
}

function isVacant(value: unknown): boolean {
  return value === undefined || value === null || value instanceof Withheld;
}

/** An interface's name says less than the name of the object type behind it. */
function isVague(typename: unknown, topology: Topology): boolean {
  return typeof typename === 'string' && !topology.isObject(typename);
}

/** What a partition notes on an object, under symbols, goes with its fields. */
function keepMarks(target: object, source: object): void {
  for (const mark of Object.getOwnPropertySymbols(source)) {
    if (!Object.hasOwn(target, mark)) Object.defineProperty(target, mark, { value: Reflect.get(source, mark) });
  }
}

/** The rows of a list, gathered or not; undefined for what is no list. */
export function rowsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  return value instanceof Gathered ? value.rows : undefined;
}

/**
 * Marks the planned fields of `target` that have no value, with the reason. A fault that arose below one field
 * (`below` begins with its key) marks that field; the others are null without a reason of their own.
 */
export function withholdFrom(
  target: HarvestObject,
  faults: readonly FieldFault[],
  { fields, topology }: Planned,
): void {
  const keys = new Set(fields.map(({ key }) => key));
  const general = faults.filter(({ below }) => typeof below?.[0] !== 'string' || !keys.has(below[0]));
  const typename = readTypename(target);
  for (const { key, read, conditions, children } of fields) {
    if (key === '__typename' || !meets(typename, conditions, topology)) continue;
    const own = [...general.map(atField), ...faults.filter(({ below }) => below?.[0] === key).map(belowField)];
    const present = read(target);
    if (isVacant(present)) target[key] = withheld(present, own);
    else if (children) withholdWithin(present, own, { fields: children, topology });
  }
}

function withholdWithin(present: unknown, faults: readonly FieldFault[], planned: Planned): void {
  const rows = rowsOf(present);
  if (rows) rows.forEach((row) => withholdWithin(row, faults, planned));
  else if (isPlainObject(present)) withholdFrom(present, faults, planned);
}

/** A position has one error per bank at most (specification, 6.4.4): the reason that came first. */
function withheld(present: unknown, faults: readonly FieldFault[]): Withheld {
  const all = present instanceof Withheld ? [...present.faults, ...faults] : faults;
  if (all.length < 2) return new Withheld(all);
  return new Withheld([...new Map(all.toReversed().map((fault) => [placeOf(fault), fault])).values()].reverse());
}

function placeOf({ bank, below = [] }: FieldFault): string {
  return JSON.stringify([bank, ...below]);
}

function meets(typename: unknown, conditions: readonly string[], topology: Topology): boolean {
  return conditions.every((condition) => isOneOf(typename, [condition], topology));
}

/** A fault that is general to an object says nothing about what lies below one of its fields. */
function atField(fault: FieldFault): FieldFault {
  if (fault.below === undefined) return fault;
  const { below: _, ...rest } = fault;
  return rest;
}

function belowField(fault: FieldFault): FieldFault {
  const below = fault.below?.slice(1) ?? [];
  const { below: _, ...rest } = fault;
  return below.length === 0 ? rest : { ...rest, below };
}

/** A copy that shares no object with `value`: what hangs at two positions is filled in differently at each. */
export function copyOf<T>(value: T): T {
  return copyValue(value) as T;
}

function copyValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyValue);
  if (value instanceof Gathered) return new Gathered(value.rows.map(copyValue), value.faults);
  if (!isPlainObject(value)) return value;
  const copy = Object.create(Object.getPrototypeOf(value) as object | null) as object;
  for (const key of Reflect.ownKeys(value)) {
    Object.defineProperty(copy, key, {
      ...Object.getOwnPropertyDescriptor(value, key),
      value: copyValue(Reflect.get(value, key)),
    });
  }
  return copy;
}
