import { type DocumentNode, getNamedType, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

/** How many coordinates one line of the log names. */
const maxCoordinates = 50;

/**
 * Coordinates of the whole graph that a document selects and `view` does not hold, sorted: what a refused operation
 * was after. Names only. Linear in the document.
 */
export function wantedCoordinates(document: DocumentNode, whole: GraphQLSchema, view: GraphQLSchema): string[] {
  const wanted = new Set<string>();
  const info = new TypeInfo(whole);
  const note = (): void => {
    const parent = info.getParentType();
    const field = info.getFieldDef();
    if (!parent || !field || field.name.startsWith('__') || wanted.size >= maxCoordinates) return;
    if (!holdsField(view, getNamedType(parent).name, field.name)) wanted.add(`${parent.name}.${field.name}`);
  };
  visit(document, visitWithTypeInfo(info, { Field: { enter: note } }));
  return [...wanted].sort();
}

function holdsField(schema: GraphQLSchema, typeName: string, fieldName: string): boolean {
  const type = schema.getType(typeName);
  return type !== undefined && 'getFields' in type && Object.hasOwn(type.getFields(), fieldName);
}
