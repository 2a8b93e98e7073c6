/** A subgraph's SDL and resolvers in, an executable Federation schema out. */
import { createRequire } from 'node:module';
import type { IExecutableSchemaDefinition } from '@graphql-tools/schema';
import {
  GraphQLError,
  Kind,
  parse,
  print,
  visit,
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { maskError } from './maskError.js';

/** The CommonJS build: graphql-middleware loads most of it already, and the other one would double that. */
const { makeExecutableSchema } = createRequire(import.meta.url)(
  '@graphql-tools/schema',
) as typeof import('@graphql-tools/schema');

/** Resolvers by type and field, as @graphql-tools/schema takes them, with `__resolveReference` on entity types. */
export type SubgraphResolvers = Readonly<Record<string, object>>;

type Built = Required<IExecutableSchemaDefinition>;

/** A resolver as this kit calls it. */
type Resolver = (parent: unknown, args: unknown, context: unknown, info: GraphQLResolveInfo) => unknown;

/** Finds the entity behind a representation; null where it is unknown, or not this customer's. */
type ReferenceResolver = (reference: object, context: unknown, info: GraphQLResolveInfo) => unknown;

/** The longest list of representations that one call may bring. */
const mostRepresentations = 1000;

/**
 * The schema that a gateway can ask: the SDL's own types plus `_entities` and `_service`. Directives are dropped from
 * the executable form (`_service` keeps them). Throws for resolvers that do not fit the SDL, and for an entity without
 * `__resolveReference`.
 */
export function executableSubgraph(sdl: string, resolvers: SubgraphResolvers): GraphQLSchema {
  const document = parse(sdl);
  const entities = entityNames(document);
  return makeExecutableSchema({
    typeDefs: [withoutDirectives(document), parse(machinery(document, entities))],
    resolvers: [
      fieldResolvers(resolvers),
      machineryResolvers(sdl, entities, referenceResolvers(resolvers)),
    ] as Built['resolvers'],
    resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
  });
}

function withoutDirectives(document: DocumentNode): DocumentNode {
  return visit(document, {
    Directive: (node) => (node.name.value === 'deprecated' ? undefined : null),
    DirectiveDefinition: () => null,
    SchemaExtension: () => null,
  }) as DocumentNode;
}

function entityNames(document: DocumentNode): string[] {
  const objects = document.definitions.filter(
    (node): node is ObjectTypeDefinitionNode => node.kind === Kind.OBJECT_TYPE_DEFINITION,
  );
  return objects.filter((node) => node.directives?.some(isResolvableKey)).map((node) => node.name.value);
}

function isResolvableKey({ name, arguments: args }: ConstDirectiveNode): boolean {
  const resolvable = args?.find((argument) => argument.name.value === 'resolvable');
  return name.value === 'key' && (resolvable === undefined || print(resolvable.value) !== 'false');
}

function machinery(document: DocumentNode, entities: readonly string[]): string {
  const hasQuery = document.definitions.some(
    (node) => node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === 'Query',
  );
  const entityField = entities.length > 0 ? '_entities(representations: [_Any!]!): [_Entity]!' : '';
  const entityTypes = entities.length > 0 ? `scalar _Any union _Entity = ${entities.join(' | ')}` : '';
  return `type _Service { sdl: String } ${entityTypes}
    ${hasQuery ? 'extend type' : 'type'} Query { _service: _Service! ${entityField} }`;
}

function referenceResolvers(resolvers: SubgraphResolvers): ReadonlyMap<string, ReferenceResolver> {
  const found = new Map<string, ReferenceResolver>();
  for (const [type, fields] of Object.entries(resolvers)) {
    const resolve = (fields as Record<string, unknown>)['__resolveReference'];
    if (typeof resolve === 'function') found.set(type, resolve as ReferenceResolver);
  }
  return found;
}

/** The resolvers without `__resolveReference`, which are not GraphQL's own. */
function fieldResolvers(resolvers: SubgraphResolvers): SubgraphResolvers {
  const types = Object.entries(resolvers).map(([type, fields]) => [type, withoutReference(fields)] as const);
  return Object.fromEntries(types);
}

function withoutReference(fields: object): object {
  if (!Object.hasOwn(fields, '__resolveReference')) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== '__resolveReference'));
}

function machineryResolvers(
  sdl: string,
  entities: readonly string[],
  references: ReadonlyMap<string, ReferenceResolver>,
): SubgraphResolvers {
  const missing = entities.filter((name) => !references.has(name));
  if (missing.length > 0) throw new TypeError(`no \`__resolveReference\` for ${missing.join(', ')}`);
  const service = { Query: { _service: () => ({ sdl }) } };
  if (entities.length === 0) return service;
  const resolveAll = entityResolver(references);
  return {
    Query: { ...service.Query, _entities: resolveAll },
    _Entity: { __resolveType: (row: { __typename: string }) => row.__typename },
  };
}

function entityResolver(references: ReadonlyMap<string, ReferenceResolver>): Resolver {
  return (_parent, args, context, info) => {
    const { representations } = args as { representations: readonly unknown[] };
    if (representations.length > mostRepresentations) return new GraphQLError('too many representations');
    return representations.map(async (representation) => {
      const typename = typenameOf(representation);
      const resolve = references.get(typename);
      if (resolve === undefined) return null;
      try {
        return named(await resolve(representation as object, context, info), typename);
      } catch (error) {
        return maskError(error);
      }
    });
  };
}

function typenameOf(representation: unknown): string {
  if (typeof representation !== 'object' || representation === null) return '';
  const { __typename } = representation as { __typename?: unknown };
  return typeof __typename === 'string' ? __typename : '';
}

/** The row with its type's name, which a reference to an interface may leave to the row. */
function named(row: unknown, typename: string): unknown {
  return typeof row === 'object' && row !== null ? { __typename: typename, ...row } : null;
}
