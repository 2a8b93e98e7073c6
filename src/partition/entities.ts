/** Representations of one type → entities: routed to the partner that each names, or fanned out where none is named. */
import type { FieldFault } from '../fault/index.js';
import { type Exchange, type HarvestObject, type Representation, Withheld } from '../plan/index.js';
import { fanOut } from './fanOut.js';
import { ask, type Brought, type Partition } from './partition.js';
import type { Template } from './template.js';
import { refusalOf, type Share, shareOf, territoriesOf, type Territory } from './territory.js';

/** The key field that names the partner, and the one that says how the partner knows the entity. */
const bankKey = 'bankId';
const referenceKey = 'reference';
const customerKey = 'ref';

/** One value per representation, in order; null for what is unknown, another customer's, or at a partner without standing. */
export async function resolveEntities(
  partition: Partition,
  exchange: Exchange,
  { template, representations }: { template: Template; representations: readonly Representation[] },
): Promise<(HarvestObject | null)[]> {
  const territories = territoriesOf(exchange, partition);
  if (template.shape.isRow) return rows(partition, exchange, { template, representations, territories });
  return Promise.all(
    representations.map((representation) => holder(partition, exchange, { template, representation, territories })),
  );
}

interface HolderAsked {
  readonly template: Template;
  readonly representation: Representation;
  readonly territories: readonly Territory[];
}

async function holder(
  partition: Partition,
  exchange: Exchange,
  { template, representation, territories }: HolderAsked,
): Promise<HarvestObject | null> {
  const __typename = template.shape.type.name;
  if (!(bankKey in representation)) {
    if (representation[customerKey] !== exchange.principal?.customer) return null;
    const known = ({ standing }: Territory): HarvestObject => ({
      __typename,
      [customerKey]: standing.customerReference,
    });
    return fanOut(partition, exchange, { template, territories, representation: known, routed: false });
  }
  const territory = territories.find(({ bank }) => bank === representation[bankKey]);
  if (!territory || representation[referenceKey] !== territory.standing.customerReference) return null;
  const known = (): HarvestObject => keyOf(__typename, representation);
  return fanOut(partition, exchange, { template, territories: [territory], representation: known, routed: true });
}

interface RowsAsked {
  readonly template: Template;
  readonly representations: readonly Representation[];
  readonly territories: readonly Territory[];
}

/** Rows by key: one request per partner and distinct mask, results put back by index. */
async function rows(
  partition: Partition,
  exchange: Exchange,
  { template, representations, territories }: RowsAsked,
): Promise<(HarvestObject | null)[]> {
  const results: (HarvestObject | null)[] = representations.map(() => null);
  const off = template.switchedOff(exchange);
  await Promise.all(
    groupsOf(representations, territories).map(async ({ share, indices }) => {
      const known = indices.map((index) => keyOf(template.shape.type.name, representations[index] ?? {}));
      const asking = { share, excluded: off, representations: known };
      const brought = await ask(partition, exchange, { template, asking });
      indices.forEach((index, position) => {
        const row = rowOf(brought, position);
        results[index] = row === undefined ? withheldWhole(template, share, whyNot(brought, position)) : row;
      });
    }),
  );
  return results;
}

interface Group {
  readonly share: Share;
  readonly indices: readonly number[];
}

function groupsOf(representations: readonly Representation[], territories: readonly Territory[]): Group[] {
  const groups: { share: Share; indices: number[] }[] = [];
  representations.forEach((representation, index) => {
    const territory = territories.find(({ bank }) => bank === representation[bankKey]);
    const reference = representation[referenceKey];
    const share = territory && typeof reference === 'string' ? shareOf(territory, reference) : undefined;
    if (!share || share.territory.standing.state === 'reauth') return;
    const group = groups.find((other) => other.share.territory === share.territory && other.share.mask === share.mask);
    if (group) {
      group.indices.push(index);
      group.share = united(group.share, share);
    } else {
      groups.push({ share, indices: [index] });
    }
  });
  return groups;
}

/** The accounts of two shares of one territory and mask, each once. */
export function united(one: Share, other: Share): Share {
  if (one.accounts === 'all' || other.accounts === 'all') return one;
  return { ...one, accounts: [...new Set([...one.accounts, ...other.accounts])] };
}

function keyOf(__typename: string, representation: Representation): HarvestObject {
  return { __typename, [bankKey]: representation[bankKey], [referenceKey]: representation[referenceKey] };
}

/** Undefined for a row that was not brought, with or without a reason of the partner's. */
function rowOf(brought: Brought, position: number): HarvestObject | null | undefined {
  if (brought.kind !== 'objects') return undefined;
  return brought.objects[position] ?? (brought.faults.has(position) ? undefined : null);
}

function whyNot(brought: Brought, position: number): FieldFault | undefined {
  if (brought.kind === 'failed') return brought.fault;
  return brought.kind === 'objects' ? brought.faults.get(position) : undefined;
}

/** A row that was not brought: each field says why, where nothing but the share's mask kept it from being asked too. */
function withheldWhole({ shape }: Template, { territory, mask }: Share, fault: FieldFault | undefined): HarvestObject {
  const target = Object.create(null) as HarvestObject;
  for (const { key, needs } of shape.fields) {
    if (fault) target[key] = new Withheld([fault]);
    else target[key] = (needs & ~mask) === 0 ? null : new Withheld([refusalOf(territory, needs)]);
  }
  return target;
}
