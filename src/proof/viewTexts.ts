/** A schema → every text in it that people wrote freely, with where it stands. */
import {
  astFromValue,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  print,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

/** One text and its place, in words. */
export interface FreeText {
  readonly where: string;
  readonly kind: 'description' | 'deprecation reason' | 'default value' | 'specification link';
  readonly text: string;
}

/** All descriptions, deprecation reasons, default values and specification links. Linear in the schema. */
export function textsOf(schema: GraphQLSchema): readonly FreeText[] {
  const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type));
  const own = types.filter((type) => !isBuiltIn(type));
  return [...about('the schema', schema), ...own.flatMap(textsOfType)];
}

function isBuiltIn(type: GraphQLNamedType): boolean {
  return isScalarType(type) && ['String', 'Int', 'Float', 'Boolean', 'ID'].includes(type.name);
}

function textsOfType(type: GraphQLNamedType): FreeText[] {
  const where = `\`${type.name}\``;
  const link = isScalarType(type) ? type.specifiedByURL : undefined;
  const texts = [...about(where, type), ...(link ? [{ where, kind: 'specification link', text: link } as const] : [])];
  if (isEnumType(type)) {
    return [...texts, ...type.getValues().flatMap((value) => about(`\`${type.name}.${value.name}\``, value))];
  }
  if (isInputObjectType(type)) {
    return [...texts, ...Object.values(type.getFields()).flatMap((field) => textsOfInput(type.name, field))];
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return texts;
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const coordinate = `${type.name}.${field.name}`;
    return [...about(`\`${coordinate}\``, field), ...field.args.flatMap((one) => textsOfInput(coordinate, one))];
  });
  return [...texts, ...fields];
}

function textsOfInput(owner: string, input: GraphQLArgument | GraphQLInputField): FreeText[] {
  const where = `\`${owner}(${input.name}:)\``;
  const value = input.defaultValue === undefined ? undefined : astFromValue(input.defaultValue, input.type);
  return [...about(where, input), ...(value ? [{ where, kind: 'default value', text: print(value) } as const] : [])];
}

interface Described {
  readonly description?: string | null | undefined;
  readonly deprecationReason?: string | null | undefined;
}

function about(where: string, { description, deprecationReason }: Described): FreeText[] {
  return [
    ...(description ? [{ where, kind: 'description', text: description } as const] : []),
    ...(deprecationReason ? [{ where, kind: 'deprecation reason', text: deprecationReason } as const] : []),
  ];
}
