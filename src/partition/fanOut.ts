/** One holder of rows (a customer, a connection) × territories → its lists, gathered partner by partner. */
import { isListType, getNullableType, isNonNullType } from 'graphql';
import { type FieldFault, InternalFault } from '../fault/index.js';
import { type Exchange, Gathered, type HarvestObject, Withheld } from '../plan/index.js';
import { inOrder } from './order.js';
import { ask, type Brought, type Partition } from './partition.js';
import { refuse } from './refusing.js';
import type { ShapeField } from './shape.js';
import type { Template } from './template.js';
import { type Share, sharesOf, type Territory, wholeOf } from './territory.js';

/** A holder, the partners it spreads over, and how each of them knows it. */
export interface Holder {
  readonly template: Template;
  readonly territories: readonly Territory[];
  readonly representation: (territory: Territory) => HarvestObject;
  /** True when the holder lives at one partner: a failure there leaves null, not a shorter list. */
  readonly routed: boolean;
}

/** Throws an `InternalFault` for a contract whose holders hold anything but lists: other values cannot be gathered. */
export function assertGatherable({ shape }: Template): void {
  for (const { definition, coordinate } of shape.fields) {
    if (definition.name !== '__typename' && !isListType(getNullableType(definition.type))) {
      throw new InternalFault(`\`${coordinate}\` cannot be gathered over partners: it is no list`);
    }
  }
}

/**
 * The holder's planned lists. One request per partner and distinct mask; rows in the order that the contract declares,
 * else in that of partners, then of masks; at most one fault per partner and list.
 */
export async function fanOut(partition: Partition, exchange: Exchange, holder: Holder): Promise<HarvestObject> {
  const { template, territories } = holder;
  const off = template.switchedOff(exchange);
  const fields = template.shape.fields.filter(({ index }) => !off.has(index));
  const errands = territories.flatMap((territory) => errandsOf(territory, fields));
  const brought = await Promise.all(errands.map((errand) => run(partition, exchange, { holder, errand, off })));
  const target = Object.create(null) as HarvestObject;
  for (const field of fields) {
    target[field.key] =
      field.definition.name === '__typename'
        ? template.shape.type.name
        : gather(field, holder, { exchange, errands, brought });
  }
  return target;
}

/** Fields to ask of one share. */
interface Errand {
  readonly share: Share;
  readonly fields: readonly ShapeField[];
}

function errandsOf(territory: Territory, fields: readonly ShapeField[]): Errand[] {
  if (territory.standing.state === 'reauth') return [];
  const lists = fields.filter(({ definition }) => definition.name !== '__typename');
  const ofAccounts = lists.filter(({ child }) => child?.accountField !== undefined);
  const ofBank = lists.filter(({ child }) => child?.accountField === undefined);
  const errands = [
    ...sharesOf(territory).map((share) => ({ share, fields: permitted(ofAccounts, share) })),
    { share: wholeOf(territory), fields: permitted(ofBank, wholeOf(territory)) },
  ];
  return errands.filter((errand) => errand.fields.length > 0);
}

function permitted(fields: readonly ShapeField[], { mask }: Share): ShapeField[] {
  return fields.filter(({ needs }) => (needs & ~mask) === 0);
}

function run(
  partition: Partition,
  exchange: Exchange,
  { holder, errand, off }: { holder: Holder; errand: Errand; off: ReadonlySet<number> },
): Promise<Brought> {
  const { template, representation } = holder;
  const others = template.shape.fields.filter((field) => !errand.fields.includes(field)).map(({ index }) => index);
  const { share } = errand;
  const asking = { share, excluded: new Set([...off, ...others]), representations: [representation(share.territory)] };
  return ask(partition, exchange, { template, asking });
}

interface Returned {
  readonly exchange: Exchange;
  readonly errands: readonly Errand[];
  readonly brought: readonly Brought[];
}

function gather(field: ShapeField, { territories, routed }: Holder, { exchange, errands, brought }: Returned): unknown {
  const here = new Map<Territory, (readonly unknown[] | FieldFault)[]>();
  errands.forEach(({ share, fields }, index) => {
    if (!fields.includes(field)) return;
    const outcome = rowsOf(brought[index], field);
    const others = here.get(share.territory);
    if (others) others.push(outcome);
    else here.set(share.territory, [outcome]);
  });
  const outcomes = territories.flatMap((territory) => here.get(territory) ?? [refuse(exchange, territory, field)]);
  const rows = inOrder(
    outcomes.flatMap((outcome) => (isFault(outcome) ? [] : outcome)),
    field.child?.order,
  );
  const faults = [...new Map(outcomes.filter(isFault).map((fault) => [fault.bank, fault])).values()];
  const withhold = faults.length > 0 && (routed || here.size === 0) && !isNonNullType(field.definition.type);
  return withhold ? new Withheld(faults) : new Gathered(rows, faults);
}

function isFault(outcome: readonly unknown[] | FieldFault): outcome is FieldFault {
  return !Array.isArray(outcome);
}

function rowsOf(brought: Brought | undefined, { key }: ShapeField): readonly unknown[] | FieldFault {
  if (brought === undefined || brought.kind === 'nothing') return [];
  if (brought.kind === 'failed') return brought.fault;
  const fault = brought.faults.get(0);
  if (fault) return fault;
  const value = brought.objects[0]?.[key];
  if (value instanceof Withheld) return value.faults[0] ?? [];
  return Array.isArray(value) ? value : [];
}
