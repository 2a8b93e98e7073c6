/** What may stand in a harvest, said a second time. */
import {
  getNamedType,
  type GraphQLOutputType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isObjectType,
  Kind,
} from 'graphql';
import { stampOf } from '../../src/partition/index.js';
import { type HarvestObject, Withheld } from '../../src/plan/index.js';
import type { CategoryMask } from '../../src/policy/index.js';
import { contracts, customer, policy } from './world.js';

const schema = contracts.get('bank');

/** The form of each scalar, said a second time. */
const forms: Readonly<Record<string, (value: unknown) => boolean>> = {
  ID: (value) => typeof value === 'string' && value !== '',
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Decimal: (value) =>
    typeof value === 'string' && value.trim() === value && value !== '' && Number.isFinite(Number(value)),
  CurrencyCode: (value) => typeof value === 'string' && value.length === 3 && value === value.toUpperCase(),
  DateTime: (value) => typeof value === 'string' && value.includes('T'),
};

/** What the partition asks for itself; no plan has such keys, so nothing of them can be written. */
const hidden = new Set(['ringfence_type', 'ringfence_account', 'ringfence_order_0']);

/** Keys that were planned on an object. */
export type Tree = { readonly [key: string]: Tree | string };

/** What was planned of an account: key → the field's name, or what is planned below it under `*`. */
export function plannedOf(selectionSet: { selections: readonly unknown[] }): Tree {
  const tree: Record<string, Tree | string> = {};
  const walk = (selections: readonly unknown[]): void => {
    for (const one of selections as Parameters<typeof plannedKey>[0][]) {
      if (one.kind === Kind.INLINE_FRAGMENT) walk(one.selectionSet?.selections ?? []);
      else
        tree[plannedKey(one)] = one.selectionSet
          ? { '*': one.name.value, ...plannedOf(one.selectionSet) }
          : one.name.value;
    }
  };
  walk(selectionSet.selections);
  return tree;
}

function plannedKey(node: {
  kind: Kind;
  name: { value: string };
  alias?: { value: string };
  selectionSet?: { selections: readonly unknown[] };
}): string {
  return node.alias?.value ?? node.name.value;
}

/** What stands at a position: its type, what was planned there, and what the grant released. */
export interface Expected {
  readonly type: GraphQLOutputType;
  readonly planned: Tree | string;
  readonly released: CategoryMask;
}

/** Every reason why a harvest holds something that it may not. Empty for a good one. */
export function faultsOf(value: unknown, { type, planned, released }: Expected): string[] {
  if (value === null || value instanceof Withheld) return [];
  if (Array.isArray(value)) return value.flatMap((one) => faultsOf(one, { type, planned, released }));
  const named = getNamedType(type);
  if (!isCompositeType(named))
    return leafFaults(value, named.name, isEnumType(named) ? named.getValues().map(({ name }) => name) : null);
  if (typeof planned === 'string' || typeof value !== 'object') return [`a ${named.name} where none was planned`];
  const row = value as HarvestObject;
  const typename = isAbstractType(named) ? String(row['__typename']) : named.name;
  const concrete = schema?.getType(typename);
  const fields = isObjectType(concrete) ? concrete.getFields() : {};
  const stamp = stampOf(row);
  const isStamped = stamp?.bank === 'harbor' && stamp.customer === customer && stamp.epoch === 1;
  return [
    ...(Object.getPrototypeOf(row) === null ? [] : [`${typename} has a prototype`]),
    ...(policy.classification.valueTypes.has(typename) || isStamped ? [] : [`${typename} is not stamped`]),
    ...(stamp && (stamp.released & ~released) !== 0 ? [`${typename} releases more than was granted`] : []),
    ...Object.keys(row).flatMap((key) => {
      if (hidden.has(key)) return [];
      const below = Object.hasOwn(planned, key) ? planned[key] : undefined;
      const name = typeof below === 'object' ? below['*'] : below;
      if (below === undefined || typeof name !== 'string') return [`${typename}.${key} was not planned`];
      if (name === '__typename') return row[key] === typename ? [] : [`${typename} calls itself ${String(row[key])}`];
      const field = fields[name];
      return field
        ? faultsOf(row[key], { type: field.type, planned: below, released })
        : [`${typename} has no ${name}`];
    }),
  ];
}

function leafFaults(value: unknown, type: string, members: readonly string[] | null): string[] {
  const holds = members ? members.includes(value as string) : (forms[type]?.(value) ?? false);
  return holds ? [] : [`${JSON.stringify(value)} is no ${type}`];
}
