/** Choices → an operation that is valid in a schema. */
import {
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import type { Dice } from './dice.js';
import { randomArguments, Variables } from './randomInput.js';

/** An operation and the variables that are sent with it. */
export interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A random operation; once in a while one that merges fields which differ, which validation then refuses. */
export function randomOperation(dice: Dice, schema: GraphQLSchema): Operation {
  return new OperationWriter(dice, schema).write();
}

/** What is selected at one position under one response key, and what is selected below it. */
interface Taken {
  readonly signature: string;
  readonly text: string;
  readonly below: Scope;
}

type Scope = Map<string, Taken>;

const aliases = [
  'a',
  'b',
  'id',
  'name',
  'code',
  '__proto__',
  'constructor',
  '_entities',
  'as_a',
  'as_id',
  '_internal_qp_alias_0',
  '__typename',
  'toString',
];
const maxFields = 28;
const maxDepth = 5;

class OperationWriter {
  private readonly variables = new Variables();
  private readonly fragments: { readonly name: string; readonly on: string; readonly text: string }[] = [];
  private fields = 0;

  constructor(
    private readonly dice: Dice,
    private readonly schema: GraphQLSchema,
  ) {}

  write(): Operation {
    const mutation = this.schema.getMutationType();
    const isMutation = mutation && this.dice.chance(15);
    const root = isMutation ? mutation : this.schema.getQueryType();
    if (!root) throw new TypeError('a schema without a query type');
    const selections = this.selections(root, new Map(), 0);
    const { definitions, values } = this.variables;
    const head = definitions.length > 0 ? `(${definitions.join(', ')})` : '';
    const name = this.dice.chance(30) ? ' Named' : '';
    const fragments = this.fragments.map((fragment) => `fragment ${fragment.name} on ${fragment.on} ${fragment.text}`);
    return {
      query: [`${isMutation ? 'mutation' : 'query'}${name}${head} ${selections}`, ...fragments].join('\n'),
      variables: values,
    };
  }

  private selections(type: GraphQLCompositeType, scope: Scope, depth: number): string {
    const parts = Array.from({ length: this.dice.between(1, depth === 0 ? 4 : 3) }, () =>
      this.selection(type, scope, depth),
    );
    return `{ ${parts.join(' ')} }`;
  }

  private selection(type: GraphQLCompositeType, scope: Scope, depth: number): string {
    if (this.dice.chance(isAbstractType(type) ? 45 : 12) && depth < maxDepth) return this.fragment(type, scope, depth);
    const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    const usable = fields.filter((field) => this.mayDeepen(depth) || !isCompositeType(getNamedType(field.type)));
    const field = this.dice.chance(8) ? undefined : this.dice.pickAny(usable);
    return field ? this.field({ field, scope, depth }) : this.typename(scope);
  }

  private mayDeepen(depth: number): boolean {
    return depth < maxDepth && this.fields < maxFields;
  }

  private typename(scope: Scope): string {
    const key = this.dice.chance(70) ? '__typename' : this.freeKey(scope);
    const taken = scope.get(key);
    if (taken && taken.signature !== '__typename') return '__typename';
    scope.set(key, { signature: '__typename', text: '', below: new Map() });
    return `${key === '__typename' ? '' : `${key}: `}__typename${this.condition(12)}`;
  }

  private freeKey(scope: Scope): string {
    const alias = this.dice.pick(aliases);
    return scope.has(alias) ? `x${this.fields}${scope.size}` : alias;
  }

  private field({
    field,
    scope,
    depth,
  }: {
    readonly field: GraphQLField<unknown, unknown>;
    readonly scope: Scope;
    readonly depth: number;
  }): string {
    this.fields += 1;
    const named = getNamedType(field.type);
    const wanted = this.dice.chance(35) ? this.dice.pick(aliases) : field.name;
    const before = scope.get(wanted);
    const signature = `${field.name}: ${String(field.type)}`;
    const isSame = before?.signature === signature && wanted !== '__typename';
    const key = (before && !isSame) || (wanted === '__typename' && before) ? this.freeKey(scope) : wanted;
    const supplied = isSame ? before.text : randomArguments(this.dice, field.args, this.variables);
    const taken: Taken = scope.get(key) ?? { signature, text: supplied, below: new Map() };
    scope.set(key, taken);
    const below = isCompositeType(named) ? ` ${this.selections(named, taken.below, depth + 1)}` : '';
    return `${key === field.name ? '' : `${key}: `}${field.name}${supplied}${this.condition(14)}${below}`;
  }

  private fragment(type: GraphQLCompositeType, scope: Scope, depth: number): string {
    const condition = this.dice.chance(15) ? undefined : this.conditionType(type);
    const known = this.fragments.filter(({ on }) => on === condition?.name);
    const [again] = known;
    if (again && this.dice.chance(30)) return `...${again.name}${this.condition(15)}`;
    const text = this.selections(condition ?? type, scope, depth + 1);
    if (!condition || this.dice.chance(65))
      return `...${condition ? ` on ${condition.name}` : ''}${this.condition(20)} ${text}`;
    const name = `F${this.fragments.length}`;
    this.fragments.push({ name, on: condition.name, text });
    return `...${name}${this.condition(20)}`;
  }

  /** A type that overlaps with the given one. */
  private conditionType(type: GraphQLCompositeType): GraphQLCompositeType {
    const possible = new Set(isAbstractType(type) ? this.schema.getPossibleTypes(type) : [type]);
    const overlapping = Object.values(this.schema.getTypeMap()).filter((other): other is GraphQLCompositeType => {
      if (!isCompositeType(other) || other.name.startsWith('__')) return false;
      return isAbstractType(other)
        ? this.schema.getPossibleTypes(other).some((one) => possible.has(one))
        : possible.has(other as never);
    });
    return this.dice.pickAny(overlapping) ?? type;
  }

  private condition(percent: number): string {
    if (!this.dice.chance(percent)) return '';
    const one = (name: 'skip' | 'include'): string => {
      const value = this.dice.chance(75) ? `$${this.variables.condition(this.dice)}` : String(this.dice.chance(50));
      return ` @${name}(if: ${value})`;
    };
    return this.dice.chance(12) ? one('skip') + one('include') : one(this.dice.chance(50) ? 'skip' : 'include');
  }
}
