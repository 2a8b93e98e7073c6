/** Choices → values of arguments: literals, variables with and without defaults, both mixed. */
import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLArgument,
  getNullableType,
} from 'graphql';
import type { Dice } from './dice.js';

/** Variables of one operation: their definitions as text, and what is sent for them. */
export class Variables {
  readonly definitions: string[] = [];
  readonly values: Record<string, unknown> = {};
  private readonly conditions: string[] = [];

  /** Declares a variable; `value` undefined sends none. */
  declare(type: string, value: unknown): string {
    const name = `v${this.definitions.length}`;
    this.definitions.push(`$${name}: ${type}`);
    if (value !== undefined) this.values[name] = value;
    return name;
  }

  /** A boolean variable for `@skip` and `@include`; three in all. */
  condition(dice: Dice): string {
    const known = this.conditions[dice.below(3)];
    if (known !== undefined) return known;
    const value = dice.chance(50);
    const form = dice.below(3);
    const name =
      form === 0
        ? this.declare('Boolean!', value)
        : form === 1
          ? this.declare(`Boolean! = ${String(value)}`, undefined)
          : this.declare(`Boolean = ${String(!value)}`, value);
    this.conditions.push(name);
    return name;
  }
}

const texts = ['', 'ab', 'quote " \\', 'ünï 🙂', '__proto__'];

/** Arguments in parentheses; empty when none is supplied. */
export function randomArguments(dice: Dice, args: readonly GraphQLArgument[], variables: Variables): string {
  const supplied = args.flatMap((argument) => {
    const isNeeded = isNonNullType(argument.type) && argument.defaultValue === undefined;
    if (!isNeeded && dice.chance(45)) return [];
    return [`${argument.name}: ${new InputWriter(dice, variables).write(argument)}`];
  });
  return supplied.length > 0 ? `(${supplied.join(', ')})` : '';
}

class InputWriter {
  constructor(
    private readonly dice: Dice,
    private readonly variables: Variables,
  ) {}

  write({ type, defaultValue }: { readonly type: GraphQLInputType; readonly defaultValue?: unknown }): string {
    return this.dice.chance(40) ? this.variable(type, defaultValue !== undefined) : this.literal(type, 0);
  }

  /** A variable where a value of the type may stand. A nullable one may stand before a default. */
  private variable(type: GraphQLInputType, hasDefault: boolean): string {
    const nullable = getNullableType(type);
    if (!isNonNullType(type)) {
      const form = this.dice.below(4);
      if (form === 0) return `$${this.variables.declare(String(type), undefined)}`;
      if (form === 1) return `$${this.variables.declare(`${String(type)} = ${this.constant(nullable)}`, undefined)}`;
      return `$${this.variables.declare(String(type), form === 2 && this.dice.chance(30) ? null : this.json(nullable, 0))}`;
    }
    if (hasDefault && this.dice.chance(50)) return `$${this.variables.declare(String(nullable), undefined)}`;
    if (this.dice.chance(30))
      return `$${this.variables.declare(`${String(nullable)} = ${this.constant(nullable)}`, this.json(nullable, 0))}`;
    return `$${this.variables.declare(String(type), this.json(nullable, 0))}`;
  }

  private constant(type: GraphQLInputType): string {
    return new InputWriter(this.dice, new NoVariables()).literal(type, 1);
  }

  literal(type: GraphQLInputType, depth: number): string {
    const mayVary = depth > 0 && !(this.variables instanceof NoVariables);
    if (mayVary && this.dice.chance(15)) return this.variable(type, false);
    if (isNonNullType(type)) return this.literal(type.ofType, depth);
    if (this.dice.chance(10) && depth !== 1) return 'null';
    if (isListType(type)) {
      if (this.dice.chance(15) && !isListType(getNullableType(type.ofType)))
        return this.literal(getNullableType(type.ofType), 9);
      return `[${Array.from({ length: this.dice.below(3) }, () => this.literal(type.ofType, depth + 1)).join(', ')}]`;
    }
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) => isNonNullType(field.type) || (this.dice.chance(45) && (depth < 3 || !isInputObjectType(field.type))),
      );
      return `{${fields.map((field) => `${field.name}: ${this.literal(field.type, depth + 2)}`).join(', ')}}`;
    }
    if (isEnumType(type)) return this.dice.pick(type.getValues()).name;
    return this.leafLiteral(type.name);
  }

  private leafLiteral(name: string): string {
    if (name === 'Int') return this.dice.pick(['0', '3', '-2', '2147483647']);
    if (name === 'Float') return this.dice.pick(['1', '-0.5', '1.5e3', '2E-3']);
    if (name === 'Boolean') return String(this.dice.chance(50));
    if (name === 'ID') return this.dice.pick(['7', '"x"', '""']);
    if (name === 'String') return this.dice.pick([...texts.map((text) => JSON.stringify(text)), '"""block\n  text"""']);
    return this.dice.pick(['1', '"t"', '{a: [1, null], b: {c: ENUM}}', '[]', '{}', 'true', '{__proto__: 1}']);
  }

  private json(type: GraphQLInputType, depth: number): unknown {
    if (isNonNullType(type)) return this.json(type.ofType, depth);
    if (depth > 0 && this.dice.chance(10)) return null;
    if (isListType(type)) {
      const inner = type.ofType;
      return Array.from({ length: this.dice.below(3) }, () => this.json(inner, isNonNullType(inner) ? 0 : depth + 1));
    }
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) => depth < 3 && this.dice.chance(45) && field.name !== 'inner',
      );
      return Object.fromEntries(
        fields.map((field) => [field.name, this.json(field.type, isNonNullType(field.type) ? 0 : depth + 1)]),
      );
    }
    if (isEnumType(type)) return this.dice.pick(type.getValues()).name;
    if (type.name === 'Int') return this.dice.pick([0, 3, -2, -2147483648]);
    if (type.name === 'Float') return this.dice.pick([1, -0.5, 1e21]);
    if (type.name === 'Boolean') return this.dice.chance(50);
    if (type.name === 'ID') return this.dice.pick(['7', 7, 'x']);
    if (type.name === 'String') return this.dice.pick(texts);
    return this.dice.pick([1, 't', { a: [1, null] }, [], true]);
  }
}

/** Constants hold no variables. */
class NoVariables extends Variables {}
