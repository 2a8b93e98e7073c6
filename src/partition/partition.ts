/** What every call of one partition shares. */
import type { Exchange, HarvestObject } from '../plan/index.js';
import type { FieldFault } from '../fault/index.js';
import { fieldFault } from '../fault/index.js';
import { ContractBreach, Inspector } from './inspect.js';
import { callPartner, type CallTools } from './partnerCall.js';
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
      /** What the partner answered for each of them. Inspected, but holds more than was planned: never to be shown. */
      readonly sources: readonly (HarvestObject | null)[];
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
  const { prepared, narrowing } = template.prepare(exchange, { mask: share.mask, excluded: asking.excluded }, opening);
  if (!prepared) return { kind: 'nothing' };
  const variables = representations ? { ...prepared.variables, representations } : prepared.variables;
  const write = template.root.kind === 'fields' && template.isWrite;
  const answer = await callPartner(partition, exchange, { share, text: prepared.document.text, variables, write });
  if (answer.kind === 'failed') return answer;
  const inspector = new Inspector(
    inspectionOf(partition, exchange, { share, narrowing, customer, failed: answer.failed }),
  );
  const { data, failed } = answer;
  const brought = inspected(partition, { template, asking, inspector, data, failed, sent: variables });
  if (brought.kind === 'objects') {
    const { categories, coordinates } = prepared.document;
    exchange.onRelease?.({
      bank,
      categories,
      coordinates,
      objects: inspector.rows,
      consents: share.territory.standing.consents,
    });
  }
  return brought;
}

type Known = Pick<ConstructorParameters<typeof Inspector>[0], 'share' | 'narrowing' | 'customer' | 'failed'>;

function inspectionOf(
  { sealer, table }: Partition,
  { principal, standing }: Exchange,
  known: Known,
): ConstructorParameters<typeof Inspector>[0] {
  const purpose = principal?.purpose;
  return {
    ...known,
    sealer,
    epoch: standing?.epoch ?? -1,
    cells: purpose ? table.cells(purpose) : { direct: 0, item: 0 },
    anchors: (coordinate) => purpose !== undefined && table.anchors(purpose, coordinate),
  };
}

interface Answered {
  readonly template: Template;
  readonly asking: Asking;
  readonly inspector: Inspector;
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

function objectsOf({
  template,
  asking,
  inspector,
  data,
  failed,
  sent,
}: Answered): Omit<Extract<Brought, { kind: 'objects' }>, 'kind'> {
  const { shape } = template;
  const { representations } = asking;
  if (!representations) {
    inspector.expectsNamed(shape, data, sent);
    return { objects: [inspector.root(shape, data, [])], sources: [data], faults: new Map() };
  }
  const entities = data['_entities'];
  const wholly = failed.get('["_entities"]');
  if (entities === null && wholly)
    return { objects: [], sources: [], faults: new Map(representations.map((_, index) => [index, wholly])) };
  if (!Array.isArray(entities) || entities.length !== representations.length) {
    throw new ContractBreach('the entities are not those that were asked for');
  }
  const faults = new Map<number, FieldFault>();
  const objects = entities.map((entity: unknown, index) => {
    const fault = entity === null ? failed.get(JSON.stringify(['_entities', index])) : undefined;
    if (fault) faults.set(index, fault);
    inspector.expects(shape, entity, representations[index]);
    return inspector.root(shape, entity, ['_entities', index]);
  });
  return { objects, sources: entities as readonly (HarvestObject | null)[], faults };
}
