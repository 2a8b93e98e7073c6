/** What a plan requires of an entity → its representation, built from the object in the harvest. */
import { Kind, type SelectionSetNode } from 'graphql';
import type { FieldFault } from '../fault/index.js';
import { type HarvestObject, Withheld } from './harvest.js';
import { rowsOf } from './merge.js';
import type { Requirement, Rewrite } from './nodes.js';
import { isPlainObject, keyReader, ownValue } from './ownValue.js';
import { compileRewrites } from './rewrite.js';
import type { Representation } from './subgraph.js';
import { isOneOf, type Topology } from './topology.js';

/**
 * What can be said of one object: its representation; `absent` when it has no key there, or lacks what is required;
 * `withheld` when something required failed, with the reason.
 */
export type Described =
  | { readonly kind: 'described'; readonly representation: Representation }
  | { readonly kind: 'absent' }
  | { readonly kind: 'withheld'; readonly faults: readonly FieldFault[] };

/** What {@link compileDescription} is compiled from. */
export interface DescriptionInput {
  readonly subgraph: string;
  readonly requires: readonly Requirement[];
  readonly inputRewrites: readonly Rewrite[];
  readonly topology: Topology;
}

const absent: Described = Object.freeze({ kind: 'absent' });
const readTypename = keyReader('__typename');

/** How objects are described at one slot. */
export interface Description {
  /** The representation of an object. Linear in what is required. */
  readonly describe: (object: HarvestObject) => Described;
  /** What an object of this type is described by, where that is leaves only; undefined where it is more. */
  readonly leavesOf: (object: HarvestObject) => Leaves | undefined;
}

/** Readers of the leaves that a representation consists of beside `__typename`. */
export type Leaves = readonly ((object: object) => unknown)[];

/** Compiles requirements. */
export function compileDescription(input: DescriptionInput): Description {
  const copy = compileCopy(input.requires, input.topology);
  const rewrite = compileRewrites(input.inputRewrites, input.topology);
  const hasKey = compileKeys(input);
  const describe = (object: HarvestObject): Described => {
    const representation: HarvestObject = Object.create(null);
    const faults: FieldFault[] = [];
    const isWhole = copy(object, representation, faults);
    if (faults.length > 0) return { kind: 'withheld', faults };
    if (!isWhole) return absent;
    rewrite?.(representation);
    return hasKey(representation) ? { kind: 'described', representation } : absent;
  };
  return { describe, leavesOf: compileLeaves(input) };
}

/**
 * Equal for objects of one type that are described alike; undefined where a leaf is missing, failed, or is no leaf.
 * INVARIANT: injective: a single leaf is its own identity, and each of several states its length or its kind.
 */
export function identityOf(object: HarvestObject, leaves: Leaves): Identity | undefined {
  const [first] = leaves;
  if (first && leaves.length === 1) return leafIdentity(first(object));
  let identity = '';
  for (const read of leaves) {
    const value = read(object);
    if (typeof value === 'string') identity += `${value.length}:${value}`;
    else if (typeof value === 'number' || typeof value === 'boolean' || value === null) identity += `=${value};`;
    else return undefined;
  }
  return identity;
}

/** What stands for a representation among those of its type. */
export type Identity = string | number | boolean;

function leafIdentity(value: unknown): Identity | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

function compileLeaves({ requires, topology }: DescriptionInput): Description['leavesOf'] {
  const byType = new Map<string, Leaves | undefined>();
  return (object) => {
    const typename = readTypename(object);
    if (typeof typename !== 'string') return undefined;
    if (byType.has(typename)) return byType.get(typename);
    const keys = leafKeys(requires, typename, topology);
    const leaves = keys && [...new Set(keys)].filter((key) => key !== '__typename').map(keyReader);
    // A subgraph that makes up types must not fill the memory: what the topology does not know is not kept.
    if (topology.isObject(typename)) byType.set(typename, leaves);
    return leaves;
  };
}

/** The leaves required of a type; undefined where something is required below a field. */
function leafKeys(requires: readonly Requirement[], typename: string, topology: Topology): string[] | undefined {
  const parts = requires.map((required) => {
    if (required.kind === 'field') return required.selections ? undefined : [required.key];
    return topology.admits(required.condition, typename) ? leafKeys(required.selections, typename, topology) : [];
  });
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

/** Copies what is required; false when something is missing. Faults met on the way are added. */
type Copy = (from: HarvestObject, to: HarvestObject, faults: FieldFault[]) => boolean;

function compileCopy(requires: readonly Requirement[], topology: Topology): Copy {
  const copies = requires.map((required) => compileRequirement(required, topology));
  return (from, to, faults) => copies.reduce((isWhole, copy) => copy(from, to, faults) && isWhole, true);
}

function compileRequirement(required: Requirement, topology: Topology): Copy {
  if (required.kind === 'field') return compileField(required, topology);
  const copy = compileCopy(required.selections, topology);
  return (from, to, faults) => {
    const typename = readTypename(from);
    return isOneOf(typename, [required.condition], topology) ? copy(from, to, faults) : true;
  };
}

function compileField({ key, name, selections }: Requirement & { kind: 'field' }, topology: Topology): Copy {
  const read = keyReader(key);
  const convert = compileValue(selections && compileCopy(selections, topology));
  return (from, to, faults) => {
    const value = convert(read(from), faults);
    if (value === undefined) return false;
    to[name] = value;
    return true;
  };
}

/** The value as a representation states it; undefined when it is missing or has a part that is. */
type Convert = (value: unknown, faults: FieldFault[]) => unknown;

function compileValue(copy: Copy | null): Convert {
  const convert: Convert = (value, faults) => {
    if (value instanceof Withheld) {
      faults.push(...value.faults.map(withoutPath));
      return undefined;
    }
    const rows = rowsOf(value);
    if (rows) {
      const converted = rows.map((row) => convert(row, faults));
      return converted.includes(undefined) ? undefined : converted;
    }
    if (!copy || !isPlainObject(value)) return value;
    const inner: HarvestObject = Object.create(null);
    return copy(value, inner, faults) ? inner : undefined;
  };
  return convert;
}

/** What lies below the required field has no place below the fields that require it. */
function withoutPath(fault: FieldFault): FieldFault {
  const { below: _, ...rest } = fault;
  return rest;
}

/** Whether a representation has a type and, where the subgraph has keys for it, one of them without nulls. */
function compileKeys({ subgraph, topology }: DescriptionInput): (representation: HarvestObject) => boolean {
  const byType = new Map<string, readonly SelectionSetNode[]>();
  return (representation) => {
    const typename = readTypename(representation);
    if (typeof typename !== 'string') return false;
    let keys = byType.get(typename);
    if (!keys) {
      keys = topology.keysOf(subgraph, typename);
      if (keys.length > 0) byType.set(typename, keys);
    }
    return keys.length === 0 || keys.some((key) => holdsAll(representation, key));
  };
}

function holdsAll(value: unknown, key: SelectionSetNode): boolean {
  if (Array.isArray(value)) return value.every((row) => holdsAll(row, key));
  if (!isPlainObject(value)) return false;
  return key.selections.every((selection) => {
    if (selection.kind !== Kind.FIELD) return true;
    const part = ownValue(value, selection.name.value);
    if (part === undefined || part === null) return false;
    return selection.selectionSet ? holdsAll(part, selection.selectionSet) : true;
  });
}
