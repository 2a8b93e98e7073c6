/** The forms that leaf values of the contract have on the wire. */
import { type GraphQLLeafType, isEnumType } from 'graphql';

/** What tells whether a value that is not null has the declared form. Amounts are text: a JSON number has lost its digits. */
export function formOf(type: GraphQLLeafType): (value: unknown) => boolean {
  if (!isEnumType(type)) return forms[type.name] ?? (() => false);
  const members = new Set<unknown>(type.getValues().map(({ name }) => name));
  return (value) => members.has(value);
}

const matches =
  (pattern: RegExp, longest: number) =>
  (value: unknown): boolean =>
    typeof value === 'string' && value.length <= longest && pattern.test(value);

const isInt = (value: unknown): boolean => Number.isInteger(value) && (value as number) === ((value as number) | 0);

const forms: Readonly<Record<string, (value: unknown) => boolean>> = {
  ID: (value) => (typeof value === 'string' && value.length > 0 && value.length <= 512) || isInt(value),
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Int: isInt,
  Float: (value) => typeof value === 'number' && Number.isFinite(value),
  Decimal: matches(/^-?(0|[1-9]\d*)(\.\d+)?$/, 40),
  CurrencyCode: matches(/^[A-Z]{3}$/, 3),
  DateTime: matches(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/, 40),
  Date: matches(/^\d{4}-\d{2}-\d{2}$/, 10),
};
