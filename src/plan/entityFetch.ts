/** A fetch of entities → closure: find them, describe each distinct one once, fetch, and put the answers back. */
import { type FieldFault, fieldFault } from '../fault/index.js';
import { compilePath } from './entities.js';
import { type HarvestObject, Withheld } from './harvest.js';
import { copyOf, mergeInto, type Planned, withholdFrom } from './merge.js';
import type { FetchContext, NodeRunner } from './nodeRunner.js';
import type { EntityFetchNode, EntitySource } from './nodes.js';
import { isPlainObject, keyReader, ownValue } from './ownValue.js';
import { plannedFields } from './plannedFields.js';
import { compileDescription } from './representation.js';
import { compileRewrites } from './rewrite.js';
import type { FetchAnswer, Representation } from './subgraph.js';
import type { Topology } from './topology.js';

/** Distinct representations, and for each of them the objects that its answer belongs to, path by path. */
interface Batch {
  readonly representations: Representation[];
  /** By representation, then by path. */
  readonly targets: HarvestObject[][][];
}

/** One slot, compiled. */
interface SlotRunner {
  readonly gather: (root: HarvestObject) => Batch;
  readonly deliver: (batch: Batch, answer: FetchAnswer) => void;
}

/** Makes the fetch when there is anything to ask, and merges each entity into every object that stands for it. */
export function compileEntityFetch(node: EntityFetchNode, { runner, topology }: FetchContext): NodeRunner {
  const slots = node.sources.map((source) => compileSlot(source, node.step.subgraph, topology));
  return async ({ exchange, root, stray }) => {
    const batches = slots.map(({ gather }) => gather(root));
    if (batches.every(({ representations }) => representations.length === 0)) return;
    const answer = await runner(
      exchange,
      batches.map(({ representations }) => representations),
    );
    if (answer.data) stray.push(...answer.faults);
    slots.forEach(({ deliver }, index) => {
      const batch = batches[index];
      if (batch) deliver(batch, answer);
    });
  };
}

function compileSlot(source: EntitySource, subgraph: string, topology: Topology): SlotRunner {
  const planned = { fields: plannedFields(source.selectionSet, source.outputRewrites), topology };
  return {
    gather: compileGather(source, { subgraph, planned }),
    deliver: compileDeliver(source, planned),
  };
}

function compileGather(
  { paths, requires, inputRewrites }: EntitySource,
  { subgraph, planned }: { readonly subgraph: string; readonly planned: Planned },
): SlotRunner['gather'] {
  const finders = paths.map((path) => compilePath(path, planned.topology));
  const describe = compileDescription({ subgraph, requires, inputRewrites, topology: planned.topology });
  return (root) => {
    const batch = new BatchBuilder(paths.length);
    finders.forEach((find, path) => {
      for (const object of find(root)) {
        const described = describe(object);
        if (described.kind === 'described') batch.add(described.representation, { object, path });
        else if (described.kind === 'withheld') withholdFrom(object, described.faults, planned);
      }
    });
    return batch;
  };
}

/** Collects objects under the representation that they share. */
class BatchBuilder implements Batch {
  readonly representations: Representation[] = [];
  readonly targets: HarvestObject[][][] = [];
  private readonly indexes = new Map<string, number>();

  constructor(private readonly paths: number) {}

  add(
    representation: Representation,
    { object, path }: { readonly object: HarvestObject; readonly path: number },
  ): void {
    const identity = JSON.stringify(representation);
    let index = this.indexes.get(identity);
    if (index === undefined) {
      index = this.representations.push(representation) - 1;
      this.indexes.set(identity, index);
      this.targets.push(Array.from({ length: this.paths }, () => []));
    }
    this.targets[index]?.[path]?.push(object);
  }
}

function compileDeliver({ slot, outputRewrites }: EntitySource, planned: Planned): SlotRunner['deliver'] {
  const correct = compileRewrites(outputRewrites, planned.topology);
  const read = keyReader(slot.alias);
  return ({ targets }, { data, faults }) => {
    const entities = data ? read(data) : new Withheld(faults);
    const whole = Array.isArray(entities) && entities.length === targets.length ? undefined : failureOf(entities);
    targets.forEach((byPath, index) => {
      const entity: unknown = whole ?? (entities as readonly unknown[])[index];
      correct?.(entity);
      put(entity, byPath, planned);
    });
  };
}

/** Why a slot has no list of entities. */
function failureOf(entities: unknown): Withheld {
  return entities instanceof Withheld ? entities : new Withheld([fieldFault('SUBGRAPH_UNAVAILABLE')]);
}

/** Objects at one path are filled in alike and may share what an entity holds; each further path gets a copy. */
function put(entity: unknown, byPath: readonly (readonly HarvestObject[])[], planned: Planned): void {
  if (entity === null || entity === undefined) return;
  let isFirst = true;
  for (const objects of byPath) {
    if (objects.length === 0) continue;
    const own = isFirst ? entity : copyOf(entity);
    isFirst = false;
    for (const object of objects) fill(object, own, planned);
  }
}

function fill(object: HarvestObject, entity: unknown, planned: Planned): void {
  const faults = faultsOf(object, entity, planned.topology);
  if (faults) withholdFrom(object, faults, planned);
  else if (isPlainObject(entity)) mergeInto(object, entity, planned);
}

/** Undefined when the entity can be merged: it is an object, and of the type that was asked for. */
function faultsOf(object: HarvestObject, entity: unknown, topology: Topology): readonly FieldFault[] | undefined {
  if (entity instanceof Withheld) return entity.faults;
  if (!isPlainObject(entity)) return [fieldFault('SUBGRAPH_UNAVAILABLE')];
  const [asked, answered] = [ownValue(object, '__typename'), ownValue(entity, '__typename')];
  if (typeof answered !== 'string' || typeof asked !== 'string' || answered === asked) return undefined;
  const isOther = topology.isObject(asked) && topology.isObject(answered);
  return isOther ? [fieldFault('SUBGRAPH_UNAVAILABLE')] : undefined;
}
