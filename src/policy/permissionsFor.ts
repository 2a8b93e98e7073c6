/** The second book, cut to the object types and fields that one subgraph's schema has. */
import { isIntrospectionType, isObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { InternalFault } from '../fault/index.js';
import { permissions as wholeBook, type Permissions } from './permissions.js';
import type { Rule } from './rule.js';
import { machinery } from './rules.js';

/** What federation adds to a subgraph; clients of the gateway never reach it. */
const federation: Permissions = {
  Query: { _entities: machinery, _service: machinery },
  _Service: { sdl: machinery },
};

/** The object types of a schema, introspection's own left out. */
export function objectTypesOf(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !isIntrospectionType(type));
}

/**
 * The rules for a schema. Throws an `InternalFault` that lists the fields without a rule: the fallback would deny
 * them, but a subgraph with a field that nobody judged has no business serving.
 */
export function permissionsFor(schema: GraphQLSchema, book: Permissions = wholeBook): Permissions {
  const missing = fieldsWithoutRule(schema, book);
  if (missing.length > 0) {
    throw new InternalFault(`no rule in the permissions for ${missing.map((field) => `\`${field}\``).join(', ')}`);
  }
  return coveredPart(schema, book);
}

/** The coordinates of object fields that the book has no rule for, sorted. */
export function fieldsWithoutRule(schema: GraphQLSchema, book: Permissions = wholeBook): string[] {
  return fieldsOf(schema)
    .filter(({ type, field }) => ruleOf(book, type.name, field) === undefined)
    .map(({ type, field }) => `${type.name}.${field}`)
    .toSorted();
}

/** The rules that the schema has fields for, without objecting to fields that have none. */
export function coveredPart(schema: GraphQLSchema, book: Permissions): Permissions {
  const part: Record<string, Record<string, Rule>> = {};
  for (const { type, field } of fieldsOf(schema)) {
    const rule = ruleOf(book, type.name, field);
    if (rule !== undefined) (part[type.name] ??= {})[field] = rule;
  }
  return part;
}

function fieldsOf(schema: GraphQLSchema): { readonly type: GraphQLObjectType; readonly field: string }[] {
  return objectTypesOf(schema).flatMap((type) => Object.keys(type.getFields()).map((field) => ({ type, field })));
}

/** The book's rule for a field, or federation's own; undefined where nobody judged the field. */
export function ruleOf(book: Permissions, type: string, field: string): Rule | undefined {
  return ownRule(book, type, field) ?? ownRule(federation, type, field);
}

/** Own properties only: a field called `constructor` has no rule by accident. */
function ownRule(book: Permissions, type: string, field: string): Rule | undefined {
  const rules = Object.hasOwn(book, type) ? book[type] : undefined;
  return rules !== undefined && Object.hasOwn(rules, field) ? rules[field] : undefined;
}
