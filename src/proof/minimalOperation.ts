/** A schema and a coordinate → the shortest operation that reaches the coordinate, as text. */
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInputObjectType,
  isObjectType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { argumentsText } from './argumentLiterals.js';

/** What an operation shall reach. */
export interface Aim {
  /** `Account.balances`, `Query.account(id:)`, `Filter.from`. */
  readonly coordinate: string;
  /** The anchor edge that the coordinate shall hang on. */
  readonly below?: string;
}

/** One selection on the way: a field with its arguments, or a type condition. */
interface Step {
  readonly from: GraphQLCompositeType | undefined;
  readonly to: GraphQLCompositeType;
  readonly text: string;
}

interface Found {
  readonly owner: GraphQLCompositeType;
  readonly field: GraphQLField<unknown, unknown>;
}

const operations = ['query', 'mutation', 'subscription'] as const;

/**
 * The shortest operation whose last selection is the coordinate, required arguments filled with literals; undefined
 * where no operation of this schema can reach it. Queries come before mutations. Linear in the schema.
 */
export function minimalOperation(schema: GraphQLSchema, aim: Aim): string | undefined {
  const below = aim.below === undefined ? {} : { below: aim.below };
  for (const { owner, field } of targetsOf(schema, aim.coordinate)) {
    const last = fieldText(schema, field, aim.coordinate);
    const ways = operations.map((operation) => ({ operation, way: wayTo(schema, operation, { owner, ...below }) }));
    const found = ways.find(({ way }) => way !== undefined);
    if (found?.way) return `${found.operation} ${nest([...found.way, last])}`;
  }
  return undefined;
}

/** `a`, `b`, `c` → `{ a { b { c } } }`. */
function nest(texts: readonly string[]): string {
  return texts.reduceRight((inner, text) => `{ ${text}${inner === '' ? '' : ` ${inner}`} }`, '');
}

/** The fields that supply the coordinate: itself, the field of an argument, or those that take an input field. */
function targetsOf(schema: GraphQLSchema, coordinate: string): Found[] {
  const [typeName = '', rest = ''] = coordinate.split('.');
  const type = schema.getType(typeName);
  if (isInputObjectType(type)) return takersOf(schema, type.name);
  if (!isCompositeType(type) || !('getFields' in type)) return [];
  const field = type.getFields()[rest.replace(/\(.*$/, '')];
  const argument = /\((.*):\)$/.exec(rest)?.[1];
  if (!field || (argument !== undefined && !field.args.some(({ name }) => name === argument))) return [];
  return [{ owner: type, field }];
}

function takersOf(schema: GraphQLSchema, input: string): Found[] {
  return Object.values(schema.getTypeMap()).flatMap((owner) => {
    if (!isObjectType(owner)) return [];
    const fields = Object.values(owner.getFields());
    return fields
      .filter(({ args }) => args.some(({ type }) => leadsToInput(type, input, new Set())))
      .map((field) => ({ owner, field }));
  });
}

function leadsToInput(type: GraphQLInputType, input: string, seen: Set<string>): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named) || seen.has(named.name)) return false;
  seen.add(named.name);
  return (
    named.name === input || Object.values(named.getFields()).some((field) => leadsToInput(field.type, input, seen))
  );
}

function fieldText(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>, wanted: string): string {
  const below = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
  return `${field.name}${argumentsText(field, wanted, schema)}${below}`;
}

interface End {
  readonly owner: GraphQLCompositeType;
  readonly below?: string;
}

/** The texts of the selections from the root to the owner; undefined where none leads there. */
function wayTo(
  schema: GraphQLSchema,
  operation: (typeof operations)[number],
  { owner, below }: End,
): string[] | undefined {
  if (below === undefined) return searchFrom(schema, operation, owner);
  const [anchor] = targetsOf(schema, below);
  if (!anchor) return undefined;
  const way = searchFrom(schema, operation, anchor.owner);
  const target = getNamedType(anchor.field.type);
  if (!way || !isCompositeType(target)) return undefined;
  const edge = `${anchor.field.name}${argumentsText(anchor.field, below, schema)}`;
  return [...way, edge, ...(target === owner ? [] : [`... on ${owner.name}`])];
}

function searchFrom(
  schema: GraphQLSchema,
  operation: (typeof operations)[number],
  owner: GraphQLCompositeType,
): string[] | undefined {
  const root = operationRoot(schema, operation);
  if (!root) return undefined;
  const known = reachedBySchema.get(schema) ?? new Map<GraphQLCompositeType, Reached>();
  reachedBySchema.set(schema, known);
  const reached = known.get(root) ?? reachedFrom(schema, root);
  known.set(root, reached);
  return textsTo(reached, owner);
}

/** Type → the last step of the shortest way to it. */
type Reached = ReadonlyMap<GraphQLCompositeType, Step>;

/** Searched once for each root: a proof asks for hundreds of coordinates of one schema. */
const reachedBySchema = new WeakMap<GraphQLSchema, Map<GraphQLCompositeType, Reached>>();

function reachedFrom(schema: GraphQLSchema, root: GraphQLCompositeType): Reached {
  const reached = new Map<GraphQLCompositeType, Step>([[root, { from: undefined, to: root, text: '' }]]);
  const waiting: GraphQLCompositeType[] = [root];
  for (let type = waiting.shift(); type; type = waiting.shift()) {
    const fresh = stepsFrom(schema, type).filter((step) => !reached.has(step.to));
    for (const step of fresh.toReversed()) reached.set(step.to, step);
    waiting.push(...new Set(fresh.map(({ to }) => to)));
  }
  return reached;
}

function operationRoot(schema: GraphQLSchema, operation: (typeof operations)[number]) {
  if (operation === 'query') return schema.getQueryType();
  return operation === 'mutation' ? schema.getMutationType() : schema.getSubscriptionType();
}

function textsTo(reached: Reached, owner: GraphQLCompositeType): string[] | undefined {
  const texts: string[] = [];
  for (let step = reached.get(owner); step; step = step.from && reached.get(step.from)) {
    if (step.from === undefined) return texts.reverse();
    texts.push(step.text);
  }
  return undefined;
}

/** Fields first: an operation without type conditions is easier to read. */
function stepsFrom(schema: GraphQLSchema, from: GraphQLCompositeType): Step[] {
  const fields = 'getFields' in from ? Object.values(from.getFields()) : [];
  const edges = fields.flatMap((field): Step[] => {
    const to = getNamedType(field.type);
    return isCompositeType(to) ? [{ from, to, text: `${field.name}${argumentsText(field, '', schema)}` }] : [];
  });
  const narrower = isAbstractType(from) ? schema.getPossibleTypes(from) : [];
  const wider = isObjectType(from) ? from.getInterfaces() : [];
  return [...edges, ...[...narrower, ...wider].map((to) => ({ from, to, text: `... on ${to.name}` }))];
}
