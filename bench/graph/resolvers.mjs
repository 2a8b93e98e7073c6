/** A built schema and a map of resolvers → the same schema with them. */
export function withResolvers(schema, resolvers) {
  for (const [typeName, fields] of Object.entries(resolvers)) {
    const defined = schema.getType(typeName).getFields();
    for (const [field, resolve] of Object.entries(fields)) defined[field].resolve = resolve;
  }
  return schema;
}
