/** One logical subgraph, answered by many partners, behind the port that plans know. */
import type { GraphQLSchema } from 'graphql';
import { fieldFault, InternalFault } from '../fault/index.js';
import type { FetchRunner, FetchStep, HarvestObject, Representation, SubgraphPort } from '../plan/index.js';
import { routingArgument } from './contract.js';
import { resolveEntities } from './entities.js';
import { assertGatherable } from './fanOut.js';
import type { Partition } from './partition.js';
import { resolveRoots } from './roots.js';
import { entityShape, type ShapeContext, shapeOf } from './shape.js';
import {
  entityUnion,
  narrowedDocuments,
  operationOf,
  slotSelections,
  Template,
  type TemplateTools,
} from './template.js';

/**
 * The port of a partitioned subgraph. `schema` is its contract. Preparing a step reads it once; running it costs one
 * request per partner and distinct mask.
 */
export function createPartitionPort(partition: Partition, schema: GraphQLSchema): SubgraphPort {
  const union = entityUnion(schema);
  const tools = { table: partition.table, documents: narrowedDocuments() };
  return {
    prepare(step) {
      let index = 0;
      const context: ShapeContext = { schema, table: partition.table, next: () => index++ };
      return step.slots.length === 0
        ? rootRunner(partition, { context, step, tools })
        : entityRunner(partition, { context, step, tools, union });
    },
  };
}

interface RootStep {
  readonly context: ShapeContext;
  readonly step: FetchStep;
  readonly tools: TemplateTools;
}

function rootRunner(partition: Partition, { context, step, tools }: RootStep): FetchRunner {
  const operation = operationOf(step);
  const type = context.schema.getRootType(operation.operation);
  if (!type) throw new InternalFault(`the contract of \`${step.subgraph}\` has no ${operation.operation} type`);
  const shape = { ...shapeOf(context, type, operation.selectionSet), isRow: false };
  const unrouted = shape.fields.find(
    ({ definition }) =>
      definition.name !== '__typename' && !routingArgument(definition) && partition.partners.length !== 1,
  );
  if (unrouted) throw new InternalFault(`\`${unrouted.coordinate}\` declares no argument that names its partner`);
  const template = new Template(operation, { kind: 'fields', shape }, tools);
  return unlessStopped(async (exchange) => ({ data: await resolveRoots(partition, exchange, template), faults: [] }));
}

interface EntityStep extends RootStep {
  readonly union: ReturnType<typeof entityUnion>;
}

function entityRunner(partition: Partition, { context, step, tools, union }: EntityStep): FetchRunner {
  const operation = operationOf(step);
  const slots = step.slots.map(({ alias }) => {
    const whole = shapeOf(context, union, slotSelections(operation, alias));
    const templates = new Map<string, Template>();
    for (const { name } of union.getTypes()) {
      const shape = entityShape(context, name, whole);
      if (!shape || shape.fields.length === 0) continue;
      const template = new Template(operation, { kind: 'entities', shape, typeName: name }, tools);
      if (!shape.isRow) assertGatherable(template);
      templates.set(name, template);
    }
    return { alias, templates };
  });
  return unlessStopped(async (exchange, representations) => {
    const data = Object.create(null) as HarvestObject;
    await Promise.all(
      slots.map(async ({ alias, templates }, index) => {
        data[alias] = await entitiesOf(partition, exchange, {
          templates,
          representations: representations[index] ?? [],
        });
      }),
    );
    return { data, faults: [] };
  });
}

/** Nobody is asked, and nothing is said of who would be, where it is not known what the customer allows. */
function unlessStopped(run: FetchRunner): FetchRunner {
  return async (exchange, representations) =>
    exchange.stopped ? { data: null, faults: [fieldFault(exchange.stopped)] } : run(exchange, representations);
}

interface EntitiesAsked {
  readonly templates: ReadonlyMap<string, Template>;
  readonly representations: readonly Representation[];
}

async function entitiesOf(
  partition: Partition,
  exchange: Parameters<FetchRunner>[0],
  { templates, representations }: EntitiesAsked,
): Promise<(HarvestObject | null)[]> {
  const results: (HarvestObject | null)[] = representations.map(() => null);
  await Promise.all(
    [...templates].map(async ([typeName, template]) => {
      const indices = representations.flatMap(({ __typename }, index) => (__typename === typeName ? [index] : []));
      if (indices.length === 0) return;
      const own = indices.map((index) => representations[index] ?? {});
      const entities = await resolveEntities(partition, exchange, { template, representations: own });
      indices.forEach((index, position) => (results[index] = entities[position] ?? null));
    }),
  );
  return results;
}
