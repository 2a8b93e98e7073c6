/** Random selections that are valid against a schema, out of a list of numbers that fast-check can shrink. */
import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

const literals: Readonly<Record<string, string>> = {
  Int: '1',
  Boolean: 'true',
  Decimal: '"1.00"',
  CurrencyCode: '"USD"',
};

/** Draws selections; the same numbers draw the same text. */
export class Draw {
  private position = 0;
  private aliases = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly numbers: readonly number[],
    private readonly skips: (field: GraphQLField<unknown, unknown>) => boolean = () => false,
  ) {}

  /** A selection set on `type` with braces, at most `depth` levels deep. */
  selections(type: GraphQLCompositeType, depth: number): string {
    const count = 1 + this.choose(4);
    const parts = Array.from({ length: count }, () => this.selection(type, depth));
    return `{ ${parts.join(' ')} }`;
  }

  private choose(options: number): number {
    const number = this.numbers[this.position] ?? 0;
    this.position += 1;
    return number % options;
  }

  private selection(type: GraphQLCompositeType, depth: number): string {
    const kinds = depth > 1 ? this.choose(6) : 0;
    if (kinds === 1) return `... on ${this.narrowed(type).name} ${this.selections(this.narrowed(type), depth - 1)}`;
    if (kinds === 2) return '__typename';
    const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
    const usable = fields.filter(
      (field) => !this.skips(field) && (depth > 1 || !isCompositeType(getNamedType(field.type))),
    );
    const field = usable[this.choose(usable.length || 1)];
    return field ? this.field(field, depth) : '__typename';
  }

  private narrowed(type: GraphQLCompositeType): GraphQLCompositeType {
    if (!isAbstractType(type)) return type;
    const possible = this.schema.getPossibleTypes(type).filter(isObjectType);
    return possible[this.numbers.length % possible.length] ?? type;
  }

  private field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const supplied = field.args.filter((argument) => isNonNullType(argument.type) || this.choose(2) === 1);
    const optional = supplied.some(({ type }) => !isNonNullType(type)) || this.choose(4) === 1;
    const alias = optional ? `x${(this.aliases += 1)}: ` : '';
    const given = supplied.length === 0 ? '' : `(${supplied.map(argumentText).join(', ')})`;
    const target = getNamedType(field.type);
    const below = isCompositeType(target) ? ` ${this.selections(target, depth - 1)}` : '';
    return `${alias}${field.name}${given}${below}`;
  }
}

function argumentText({ name, type }: GraphQLArgument): string {
  const named = getNamedType(type);
  const one = isEnumType(named) ? String(named.getValues()[0]?.name) : (literals[named.name] ?? '"x"');
  const bare = isNonNullType(type) ? type.ofType : type;
  return `${name}: ${isListType(bare) ? `[${one}]` : one}`;
}
