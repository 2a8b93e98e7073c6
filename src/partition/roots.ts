/** Root fields → the partner that each one's declared argument names; reads together, writes one after the other. */
import { valueFromAST } from 'graphql';
import { fieldFault } from '../fault/index.js';
import { type Exchange, type HarvestObject, Withheld } from '../plan/index.js';
import { routingArgument, sealedKind } from './contract.js';
import { united } from './entities.js';
import { ask, type Partition } from './partition.js';
import { partOf, refuse } from './refusing.js';
import type { ShapeField } from './shape.js';
import type { Template } from './template.js';
import { type Share, shareOf, territoriesOf, type Territory, wholeOf } from './territory.js';

/** The root object. An id that names nothing of this customer leaves null, without a call. */
export async function resolveRoots(
  partition: Partition,
  exchange: Exchange,
  template: Template,
): Promise<HarvestObject> {
  const target = Object.create(null) as HarvestObject;
  const off = template.switchedOff(exchange);
  const territories = territoriesOf(exchange, partition);
  const routed: Routed[] = [];
  for (const [field, ...same] of byKey(template.shape.fields.filter(({ index }) => !off.has(index)))) {
    const route = routeOf(partition, exchange, { field, territories });
    if (isShare(route)) routed.push({ fields: [field, ...same], share: route });
    else target[field.key] = route;
  }
  const run = async ({ fields, share }: Routed): Promise<void> => {
    const others = template.shape.fields.filter((field) => !fields.includes(field)).map(({ index }) => index);
    const asking = { share, excluded: new Set([...off, ...others]) };
    const brought = await ask(partition, exchange, { template, asking });
    for (const { key } of fields) {
      if (brought.kind === 'failed') target[key] = new Withheld([brought.fault]);
      else target[key] = (brought.kind === 'objects' ? brought.objects[0]?.[key] : null) ?? null;
    }
  };
  if (!template.isWrite) await Promise.all(together(routed).map(run));
  else for (const one of routed) await run(one);
  return target;
}

interface Routed {
  readonly fields: readonly ShapeField[];
  readonly share: Share;
}

/** Selections of one response key are one field, with the same arguments: a write that is selected twice runs once. */
function byKey(fields: readonly ShapeField[]): Iterable<[ShapeField, ...ShapeField[]]> {
  const groups = new Map<string, [ShapeField, ...ShapeField[]]>();
  for (const field of fields) {
    const group = groups.get(field.key);
    if (group) group.push(field);
    else groups.set(field.key, [field]);
  }
  return groups.values();
}

function together(routed: readonly Routed[]): Routed[] {
  const groups: Routed[] = [];
  for (const { fields, share } of routed) {
    const index = groups.findIndex(
      (other) => other.share.territory === share.territory && other.share.mask === share.mask,
    );
    const group = groups[index];
    if (!group) groups.push({ fields, share });
    else groups[index] = { fields: [...group.fields, ...fields], share: united(group.share, share) };
  }
  return groups;
}

interface RouteQuestion {
  readonly field: ShapeField;
  readonly territories: readonly Territory[];
}

/** The share that answers a root field, or what stands in its place: null, or the reason to the owning customer. */
function routeOf(
  partition: Partition,
  exchange: Exchange,
  { field, territories }: RouteQuestion,
): Share | Withheld | string | null {
  if (field.definition.name === '__typename') return field.coordinate.split('.')[0] ?? null;
  const argument = routingArgument(field.definition);
  const share = argument
    ? shareNamed(partition, exchange, { field, territories })
    : territories[0] && wholeOf(territories[0]);
  if (!share && argument) return null;
  if (!share) {
    exchange.onRefused?.(partOf([field]));
    return new Withheld([fieldFault('CONSENT_REQUIRED')]);
  }
  const { territory, mask } = share;
  const refused = territory.standing.state === 'reauth' || (field.needs & ~mask) !== 0;
  return refused ? new Withheld([refuse(exchange, territory, field)]) : share;
}

function shareNamed(
  partition: Partition,
  exchange: Exchange,
  { field, territories }: RouteQuestion,
): Share | undefined {
  const argument = routingArgument(field.definition);
  const supplied = field.node.arguments?.find(({ name }) => name.value === argument?.name);
  const customer = exchange.principal?.customer;
  if (!argument || !supplied || customer === undefined) return undefined;
  const id: unknown = valueFromAST(supplied.value, argument.type, exchange.variables);
  if (typeof id !== 'string') return undefined;
  const kind = sealedKind(argument.astNode);
  const target = kind === undefined ? { bank: id, reference: '' } : partition.sealer.open({ kind, customer }, id);
  const territory = territories.find(({ bank }) => bank === target?.bank);
  if (!territory || !target) return undefined;
  return kind === 'ACCOUNT' ? shareOf(territory, target.reference) : wholeOf(territory);
}

function isShare(route: Share | Withheld | string | null): route is Share {
  return typeof route === 'object' && route !== null && 'territory' in route;
}
