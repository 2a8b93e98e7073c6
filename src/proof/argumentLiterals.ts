/** Arguments of a field → literals of their types: the least that the field can be asked with. */
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

/**
 * `(id: "1", first: 1)`: the required arguments of a field, and the one that the wanted coordinate names or needs; the
 * empty text where there are none.
 */
export function argumentsText(field: GraphQLField<unknown, unknown>, wanted: string, schema: GraphQLSchema): string {
  const argument = /\((.*):\)$/.exec(wanted)?.[1];
  const input = argument === undefined ? inputFieldOf(wanted, schema) : undefined;
  const given = field.args.filter(
    (one) => isRequiredArgument(one) || one.name === argument || (input && holds(one.type, input.type, [])),
  );
  if (given.length === 0) return '';
  return `(${given.map(({ name, type }) => `${name}: ${literalOf(type, { input, within: [] })}`).join(', ')})`;
}

interface InputField {
  readonly type: string;
  readonly field: string;
}

function inputFieldOf(coordinate: string, schema: GraphQLSchema): InputField | undefined {
  const [type = '', field = ''] = coordinate.split('.');
  return isInputObjectType(schema.getType(type)) ? { type, field } : undefined;
}

function holds(type: GraphQLInputType, wanted: string, within: readonly string[]): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named) || within.includes(named.name)) return false;
  if (named.name === wanted) return true;
  return Object.values(named.getFields()).some((field) => holds(field.type, wanted, [...within, named.name]));
}

interface Wish {
  readonly input: InputField | undefined;
  /** Input types around this place: a literal never repeats one, save where the schema demands it for ever. */
  readonly within: readonly string[];
}

const scalars: Readonly<Record<string, string>> = {
  Int: '1',
  Float: '1.5',
  Boolean: 'true',
  Date: '"2026-01-01"',
  DateTime: '"2026-01-01T00:00:00Z"',
  Decimal: '"1.00"',
  CurrencyCode: '"EUR"',
};

function literalOf(type: GraphQLInputType, wish: Wish): string {
  if (isNonNullType(type)) return literalOf(type.ofType, wish);
  if (isListType(type)) return `[${literalOf(type.ofType, wish)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? 'null';
  if (!isInputObjectType(type)) return scalars[type.name] ?? '"1"';
  if (wish.within.includes(type.name)) return '{}';
  const within = [...wish.within, type.name];
  const fields = Object.values(type.getFields())
    .filter((field) => isRequiredInputField(field) || leadsOn(type.name, field, { ...wish, within }))
    .map((field) => `${field.name}: ${literalOf(field.type, { ...wish, within })}`);
  return `{ ${fields.join(', ')} }`;
}

function leadsOn(owner: string, field: { name: string; type: GraphQLInputType }, { input, within }: Wish): boolean {
  if (!input) return false;
  return (owner === input.type && field.name === input.field) || holds(field.type, input.type, within);
}
