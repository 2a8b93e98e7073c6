/**
 * A schema and a book of permissions → a probe: every field of every object type behind its rule, over resolvers that
 * always answer, so that what comes back null was denied by the book and by nothing else.
 */
import {
  execute,
  getNamedType,
  GraphQLBoolean,
  GraphQLError,
  GraphQLInterfaceType,
  GraphQLObjectType,
  GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  parse,
  type DocumentNode,
  type GraphQLFieldConfig,
} from 'graphql';
import { anchorKey, type Evidence, type ShieldContext } from './evidence.js';
import type { Permissions } from './permissions.js';
import { coveredPart, objectTypesOf } from './permissionsFor.js';
import { machinery } from './rules.js';
import { applyRules } from './shield.js';

/** One field of one parent object: what a permission is asked for. */
export interface Position {
  readonly coordinate: string;
  readonly type: string;
  readonly field: string;
  /** The edge that the parent hangs on, where that may matter. */
  readonly anchor?: string;
}

/** Runs the given positions as GraphQL operations, and says which were permitted. */
export type Probe = (positions: readonly Position[]) => (evidence: Evidence) => Promise<ReadonlySet<Position>>;

/** One error for all denials of a probe: an error that has a path already is not made anew for each field. */
const denial = new GraphQLError('denied', { path: [] });

const rootName = 'RingfenceProbe';

/**
 * Every field of the schema's object types with no anchor, with each edge to its type that `isAnchor` names, and with
 * one other edge to it: the one that must not open anything.
 */
export function positionsOf(schema: GraphQLSchema, isAnchor: (edge: string) => boolean): Position[] {
  const edges = edgesByTarget(schema);
  return objectTypesOf(schema).flatMap((type) => {
    const [anchors, rest] = [true, false].map((wanted) =>
      (edges.get(type.name) ?? []).filter((edge) => isAnchor(edge) === wanted),
    ) as [string[], string[]];
    const others = rest.slice(0, anchors.length > 0 ? 1 : 0);
    return [undefined, ...anchors, ...others].flatMap((anchor) => positionsUnder(type, anchor));
  });
}

/** Object type → the fields that may lead to it, in the order of the schema. */
function edgesByTarget(schema: GraphQLSchema): ReadonlyMap<string, readonly string[]> {
  const edges = new Map<string, string[]>();
  for (const { target, edge } of objectTypesOf(schema).flatMap((type) => edgesFrom(schema, type))) {
    const known = edges.get(target);
    if (known) known.push(edge);
    else edges.set(target, [edge]);
  }
  return edges;
}

function edgesFrom(schema: GraphQLSchema, type: GraphQLObjectType): { target: string; edge: string }[] {
  return Object.values(type.getFields()).flatMap((field) => {
    const target = getNamedType(field.type);
    const reached = isAbstractType(target) ? schema.getPossibleTypes(target) : [target];
    return reached.map(({ name }) => ({ target: name, edge: `${type.name}.${field.name}` }));
  });
}

function positionsUnder(type: GraphQLObjectType, anchor: string | undefined): Position[] {
  return Object.keys(type.getFields()).map((field) => {
    const position = { coordinate: `${type.name}.${field}`, type: type.name, field };
    return anchor === undefined ? position : { ...position, anchor };
  });
}

/** Builds the probe; cost grows with the positions, each run is an execution for every 500 of them. */
export function buildProbe(schema: GraphQLSchema, book: Permissions, positions: readonly Position[]): Probe {
  const parents = parentsOf(positions);
  const rootRules = Object.fromEntries([...parents.keys()].map((parent) => [parent, machinery]));
  const rules = { ...coveredPart(schema, book), [rootName]: rootRules };
  const probed = applyRules(probeSchema(schema, parents), rules, () => denial);
  return (asked) => {
    const operations = chunksOf(asked).map(operationOf);
    return async (evidence) => {
      const permitted: Position[] = [];
      for (const { document, among } of operations) {
        const contextValue: ShieldContext = { evidence };
        const { data } = await execute({ schema: probed, document, contextValue });
        const answered = among.filter(({ parent, position }) => isAnswered(data?.[parent], position.field));
        permitted.push(...answered.map(({ position }) => position));
      }
      return new Set(permitted);
    };
  };
}

/** Fields of one operation: so few that what an execution leaves behind is gone before the next garbage collection. */
const chunkSize = 500;

function chunksOf(asked: readonly Position[]): (readonly Position[])[] {
  const count = Math.ceil(asked.length / chunkSize);
  return Array.from({ length: count }, (_, index) => asked.slice(index * chunkSize, (index + 1) * chunkSize));
}

interface Operation {
  readonly document: DocumentNode;
  readonly among: readonly { readonly position: Position; readonly parent: string }[];
}

function operationOf(asked: readonly Position[]): Operation {
  const among = asked.map((position) => ({ position, parent: parentName(position) }));
  return { document: parse(operationText(asked)), among };
}

function isAnswered(parent: unknown, field: string): boolean {
  return typeof parent === 'object' && parent !== null && (parent as Record<string, unknown>)[field] === true;
}

function parentName({ type, anchor }: Position): string {
  return anchor === undefined ? type : `${type}_on_${anchor.replace('.', '_')}`;
}

function parentsOf(positions: readonly Position[]): Map<string, Position> {
  return new Map(positions.map((position) => [parentName(position), position]));
}

function operationText(positions: readonly Position[]): string {
  const fields = new Map<string, string[]>();
  for (const position of positions) {
    const parent = parentName(position);
    const known = fields.get(parent);
    if (known) known.push(position.field);
    else fields.set(parent, [position.field]);
  }
  const selections = [...fields].map(([parent, names]) => `${parent} { ${names.join(' ')} }`);
  return `{ ${selections.join(' ')} }`;
}

/** The same object types and interfaces, each field nullable and answered; the roots are object types among others. */
function probeSchema(schema: GraphQLSchema, parents: ReadonlyMap<string, Position>): GraphQLSchema {
  const interfaces: ReadonlyMap<string, GraphQLInterfaceType> = new Map(
    Object.values(schema.getTypeMap())
      .filter(isInterfaceType)
      .map((type) => [type.name, new GraphQLInterfaceType(mirrored(type))]),
  );
  const objects = new Map(objectTypesOf(schema).map((type) => [type.name, new GraphQLObjectType(mirrored(type))]));
  const query = new GraphQLObjectType({ name: rootName, fields: rootFields(parents, objects) });
  return new GraphQLSchema({ query, types: [...objects.values(), ...interfaces.values()] });

  function mirrored(type: GraphQLObjectType | GraphQLInterfaceType) {
    const field = { type: GraphQLBoolean, resolve: () => true };
    return {
      name: type.name,
      fields: Object.fromEntries(Object.keys(type.getFields()).map((name) => [name, field])),
      interfaces: () => type.getInterfaces().flatMap(({ name }) => interfaces.get(name) ?? []),
    };
  }
}

type RootFields = Record<string, GraphQLFieldConfig<unknown, unknown>>;

function rootFields(
  parents: ReadonlyMap<string, Position>,
  objects: ReadonlyMap<string, GraphQLObjectType>,
): RootFields {
  const fields: RootFields = {};
  for (const [parent, { type, anchor }] of parents) {
    const object = objects.get(type);
    const stub = { reference: 'probe', accountReference: 'probe', [anchorKey]: anchor };
    if (object !== undefined) fields[parent] = { type: object, resolve: () => stub };
  }
  return fields;
}
