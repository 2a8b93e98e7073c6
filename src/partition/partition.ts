/** What every call of one partition shares. */
import type { Exchange, HarvestObject } from '../plan/index.js';
import type { FieldFault } from '../fault/index.js';
import { fieldFault } from '../fault/index.js';
import { assertEntity, assertNamed } from './identity.js';
import type { Inspector } from './inspect.js';
import { callPartner, type CallTools } from './partnerCall.js';
import { ContractBreach, Reading } from './reading.js';
import { partOf } from './refusing.js';
import type { Sealer } from './sealedId.js';
import type { Template } from './template.js';
import type { Share, TerritoryRules } from './territory.js';

/** One logical subgraph in many places: its partners, their territories, and the tools to call them. */
export interface Partition extends TerritoryRules, CallTools {
  readonly sealer: Sealer;
}

/** One call within a share. */
export interface Asking {
  readonly share: Share;
  /** Fields left out, by index. */
  readonly excluded: ReadonlySet<number>;
  /** For entity templates: the representations, as this partner knows them. */
  readonly representations?: readonly HarvestObject[];
}

/** What came of a call: one object per representation, or the root object alone. */
export type Brought =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'objects';
      readonly objects: readonly (HarvestObject | null)[];
      /** Why an object is null, by its position. */
      readonly faults: ReadonlyMap<number, FieldFault>;
    }
  | { readonly kind: 'failed'; readonly fault: FieldFault };

/** Narrows, asks one partner, and inspects what it answered. Asks nothing when nothing is left to ask. */
export async function ask(
  partition: Partition,
  exchange: Exchange,
  call: { template: Template; asking: Asking },
): Promise<Brought> {
  const { template, asking } = call;
  const { share, representations } = asking;
  const customer = exchange.principal?.customer;
  if (customer === undefined) return { kind: 'nothing' };
  const { bank } = share.territory;
  const opening = { sealer: partition.sealer, customer, bank };
  const { prepared, refused } = template.prepare(exchange, { mask: share.mask, excluded: asking.excluded }, opening);
  if (refused) exchange.onRefused?.({ bank, ...refused });
  if (!prepared) return { kind: 'nothing' };
  const variables = representations ? { ...prepared.variables, representations } : prepared.variables;
  const { document, inspect } = prepared;
  const { categories, coordinates } = document;
  const asked = { bank, categories, coordinates, consents: share.territory.standing.consents };
  const answer = await callPartner(partition, exchange, {
    share,
    text: document.text,
    variables,
    write: template.isWrite,
    onAsked: (interaction) => exchange.onAsked?.({ ...asked, interaction }),
  });
  if (answer.kind === 'failed') {
    if (answer.fault.code === 'REVOKED_IN_FLIGHT') exchange.onRefused?.({ bank, categories, coordinates });
    return answer;
  }
  const { data, failed } = answer;
  const epoch = exchange.standing?.epoch ?? -1;
  const reading = new Reading({ share, customer, epoch, sealer: partition.sealer, failed });
  const brought = inspected(partition, { template, asking, inspect, reading, data, failed, sent: variables });
  if (brought.kind === 'objects') exchange.onRelease?.({ ...asked, objects: reading.rows });
  const { refused: onRows } = reading;
  if (onRows.length > 0) exchange.onRefused?.({ bank, ...partOf(onRows) });
  return brought;
}

type Objects = Omit<Extract<Brought, { kind: 'objects' }>, 'kind'>;

interface Answered {
  readonly template: Template;
  readonly asking: Asking;
  readonly inspect: Inspector;
  readonly reading: Reading;
  readonly data: HarvestObject;
  readonly failed: ReadonlyMap<string, FieldFault>;
  /** The variables that the partner was sent. */
  readonly sent: Readonly<Record<string, unknown>>;
}

function inspected({ onBreach }: Partition, answered: Answered): Brought {
  const { bank } = answered.asking.share.territory;
  try {
    return { kind: 'objects', ...objectsOf(answered) };
  } catch (error) {
    if (!(error instanceof ContractBreach)) throw error;
    onBreach(bank, error.message);
    return { kind: 'failed', fault: fieldFault('BANK_UNAVAILABLE', bank) };
  }
}

function objectsOf(answered: Answered): Objects {
  const { template, asking, inspect, reading, data, sent } = answered;
  const { representations } = asking;
  if (representations) return entitiesOf(answered, representations);
  assertNamed(template.shape, data, sent);
  return { objects: [inspect(data, reading)], faults: new Map() };
}

function entitiesOf(
  { template: { shape }, inspect, reading, data, failed }: Answered,
  representations: readonly HarvestObject[],
): Objects {
  const entities = data['_entities'];
  const wholly = failed.get('["_entities"]');
  if (entities === null && wholly) {
    return { objects: [], faults: new Map(representations.map((_, index) => [index, wholly])) };
  }
  if (!Array.isArray(entities) || entities.length !== representations.length) {
    throw new ContractBreach('the entities are not those that were asked for');
  }
  const faults = new Map<number, FieldFault>();
  const objects = entities.map((entity: unknown, index) => {
    reading.path[0] = '_entities';
    reading.path[1] = index;
    const fault = entity === null ? reading.faultAt(2) : undefined;
    if (fault) faults.set(index, fault);
    assertEntity(shape, entity, representations[index]);
    return inspect(entity, reading);
  });
  return { objects, faults };
}
