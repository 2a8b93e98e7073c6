/** The port of a platform subgraph → the same port, with word for the receipt of what its answers show of banking. */
import {
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { FaultCode } from '../fault/index.js';
import {
  type Exchange,
  type FetchStep,
  type HarvestObject,
  ownValue,
  type SubgraphPort,
  Withheld,
} from '../plan/index.js';
import { type CategoryMask, financialMask, type PolicyTable } from '../policy/index.js';

/** A field of a step that is financial, or leads to one that is. */
interface Sight {
  readonly key: string;
  readonly coordinate: string;
  /** Its own financial categories; 0 for an edge that only leads further. */
  readonly categories: CategoryMask;
  /** The object type that it is read on; absent where that says nothing. */
  readonly on?: string;
  readonly below: readonly Sight[];
}

/** What the reading of one answer found. */
interface Seen {
  readonly shown: Set<Sight>;
  readonly refused: Set<Sight>;
  objects: number;
}

/** Codes by which a subgraph of the platform refuses; all others say that something failed. */
const refusals: ReadonlySet<FaultCode> = new Set([
  'PURPOSE_DENIED',
  'CONSENT_REQUIRED',
  'BANK_EXCLUDED',
  'REAUTH_REQUIRED',
]);

/**
 * Tells the exchange of each answer that shows something financial, or refuses to. Preparing a step reads it once; a step
 * without a financial field costs nothing when it runs, another one a look at its own financial fields.
 */
export function shownPort(port: SubgraphPort, schema: GraphQLSchema, table: PolicyTable): SubgraphPort {
  return {
    ...port,
    prepare(step: FetchStep) {
      const run = port.prepare(step);
      const sights = sightsOf(step.document, { schema, table });
      if (sights.length === 0) return run;
      return async (exchange, representations) => {
        const answer = await run(exchange, representations);
        if (answer.data) tell(exchange, sights, answer.data);
        return answer;
      };
    },
  };
}

function tell(exchange: Exchange, sights: readonly Sight[], data: HarvestObject): void {
  const seen: Seen = { shown: new Set(), refused: new Set(), objects: 0 };
  look(sights, data, seen);
  if (seen.shown.size > 0) exchange.onShown?.({ ...partOf(seen.shown), objects: seen.objects });
  if (seen.refused.size > 0) exchange.onRefused?.(partOf(seen.refused));
}

function partOf(sights: ReadonlySet<Sight>) {
  const coordinates = [...new Set([...sights].map(({ coordinate }) => coordinate))].sort();
  return { coordinates, categories: [...sights].reduce((mask, { categories }) => mask | categories, 0) };
}

function look(sights: readonly Sight[], value: unknown, seen: Seen): void {
  if (Array.isArray(value)) value.forEach((row) => look(sights, row, seen));
  else if (typeof value === 'object' && value !== null && !(value instanceof Withheld)) lookAt(sights, value, seen);
}

function lookAt(sights: readonly Sight[], object: object, seen: Seen): void {
  const typeName = ownValue(object, '__typename');
  let isShowing = false;
  for (const sight of sights) {
    if (sight.on !== undefined && typeof typeName === 'string' && typeName !== sight.on) continue;
    const value = ownValue(object, sight.key);
    if (sight.categories !== 0) isShowing = note(sight, value, seen) || isShowing;
    look(sight.below, value, seen);
  }
  if (isShowing) seen.objects += 1;
}

/** True where the position holds something. An empty list does: it says that there is nothing. */
function note(sight: Sight, value: unknown, { shown, refused }: Seen): boolean {
  if (value === null || value === undefined) return false;
  if (!(value instanceof Withheld)) {
    shown.add(sight);
    return true;
  }
  if (value.faults.some(({ code }) => refusals.has(code))) refused.add(sight);
  return false;
}

interface Books {
  readonly schema: GraphQLSchema;
  readonly table: PolicyTable;
}

function sightsOf({ definitions }: DocumentNode, books: Books): readonly Sight[] {
  return definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return [];
    const root = books.schema.getRootType(definition.operation) ?? undefined;
    return sightsIn(definition.selectionSet, root, books);
  });
}

function sightsIn(
  { selections }: SelectionSetNode,
  type: GraphQLCompositeType | undefined,
  books: Books,
): readonly Sight[] {
  return selections.flatMap((selection) => sightsAt(selection, type, books));
}

/** Fields that neither are financial nor lead to one are left out. */
function sightsAt(selection: SelectionNode, type: GraphQLCompositeType | undefined, books: Books): readonly Sight[] {
  if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    const condition = selection.typeCondition && books.schema.getType(selection.typeCondition.name.value);
    return sightsIn(selection.selectionSet, isCompositeType(condition) ? condition : type, books);
  }
  const name = selection.name.value;
  const field = type && 'getFields' in type ? type.getFields()[name] : undefined;
  const target = field && getNamedType(field.type);
  const inner = isCompositeType(target) ? target : undefined;
  const below = selection.selectionSet ? sightsIn(selection.selectionSet, inner, books) : [];
  const coordinate = type && field ? `${type.name}.${name}` : '';
  const categories = books.table.needs(coordinate) & financialMask;
  if (categories === 0 && below.length === 0) return [];
  const on = isObjectType(type) ? { on: type.name } : {};
  return [{ key: selection.alias?.value ?? name, coordinate, categories, below, ...on }];
}
