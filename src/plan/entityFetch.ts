/** A fetch of entities → closure: find them, describe each distinct one once, fetch, and put the answers back. */
import { type FieldFault, fieldFault } from '../fault/index.js';
import { Batch, type BatchInput, type Places } from './batch.js';
import { compilePath } from './entities.js';
import { type HarvestObject, Withheld } from './harvest.js';
import { copyOf, mergeInto, type Planned, withholdFrom } from './merge.js';
import type { FetchContext, NodeRunner, Run } from './nodeRunner.js';
import type { EntityFetchNode, EntitySource } from './nodes.js';
import { isPlainObject, keyReader, ownValue } from './ownValue.js';
import { plannedFields } from './plannedFields.js';
import { compileDescription, type Description } from './representation.js';
import { compileRewrites } from './rewrite.js';
import type { FetchAnswer } from './subgraph.js';
import type { Topology } from './topology.js';

/** One slot, compiled. */
interface SlotRunner {
  readonly gather: (run: Run) => Batch;
  readonly deliver: (batch: Batch, answer: FetchAnswer) => void;
}

/** Makes the fetch when there is anything to ask, and merges each entity into every object that stands for it. */
export function compileEntityFetch(node: EntityFetchNode, context: FetchContext): NodeRunner {
  const { runner } = context;
  const slots = node.sources.map((source) => compileSlot(source, node.step.subgraph, context));
  return async (run) => {
    const { exchange, stray } = run;
    const batches = slots.map(({ gather }) => gather(run));
    if (batches.every(({ representations }) => representations.length === 0)) return;
    const answer = await runner(
      exchange,
      batches.map(({ representations }) => representations),
    );
    if (answer.data) {
      run.isPlain &&= answer.isPlain === true;
      stray.push(...answer.faults);
    }
    slots.forEach(({ deliver }, index) => {
      const batch = batches[index];
      if (batch) deliver(batch, answer);
    });
  };
}

function compileSlot(source: EntitySource, subgraph: string, context: FetchContext): SlotRunner {
  const { topology } = context;
  const planned = { fields: plannedFields(source.selectionSet, source.outputRewrites), topology };
  const description = compileDescription({ ...source, subgraph, topology });
  return {
    gather: compileGather(source, { description, planned, context }),
    deliver: compileDeliver(source, planned),
  };
}

/** What the gathering of a slot's objects is compiled from. */
interface GatherInput {
  readonly description: Description;
  readonly planned: Planned;
  readonly context: FetchContext;
}

function compileGather({ paths }: EntitySource, { description, planned, context }: GatherInput): SlotRunner['gather'] {
  const walks = paths.map((path, index) => ({
    walk: compilePath(path, planned.topology),
    at: { index, mayShare: context.maySharePath(path) },
  }));
  const onWithheld: BatchInput['onWithheld'] = (object, faults) => withholdFrom(object, faults, planned);
  return ({ root, shared }) => {
    const batch = new Batch({ description, paths: paths.length, shared, onWithheld });
    for (const { walk, at } of walks) walk(root, (object) => batch.take(object, at));
    return batch;
  };
}

function compileDeliver({ slot, outputRewrites }: EntitySource, planned: Planned): SlotRunner['deliver'] {
  const correct = compileRewrites(outputRewrites, planned.topology);
  const read = keyReader(slot.alias);
  return ({ places: byRepresentation }, { data, faults }) => {
    const entities = data ? read(data) : new Withheld(faults);
    const whole =
      Array.isArray(entities) && entities.length === byRepresentation.length ? undefined : failureOf(entities);
    byRepresentation.forEach((places, index) => {
      const entity: unknown = whole ?? (entities as readonly unknown[])[index];
      correct?.(entity);
      put(entity, places, planned);
    });
  };
}

/** Why a slot has no list of entities. */
function failureOf(entities: unknown): Withheld {
  return entities instanceof Withheld ? entities : new Withheld([fieldFault('SUBGRAPH_UNAVAILABLE')]);
}

function hasObjects({ fields }: Planned): boolean {
  return fields.some(({ children }) => children !== null);
}

/** Objects at one path are filled in alike and may share what an entity holds; each further path gets a copy. */
function put(entity: unknown, places: Places, planned: Planned): void {
  if (entity === null || entity === undefined) return;
  let isFirst = true;
  for (const place of places) {
    if (!place) continue;
    const own = isFirst || !hasObjects(planned) ? entity : copyOf(entity);
    isFirst = false;
    for (const object of place.objects) fill(object, own, planned);
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
