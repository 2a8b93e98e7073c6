/** Random operations that are valid against a random graph: aliases, fragments, abstract types, arguments, input objects. */
import type { Books } from './policyBooks.js';
import type { Dice } from './dice.js';

const oddKeys = ['constructor', 'toString', '_typename', 'id', '__proto__'];

/** Writes one operation and the fragments that it spreads. */
export class OperationDraw {
  private readonly fragments: string[] = [];
  private readonly free: string[];
  private count = 0;
  /** Selection sets that may still be wide. */
  private left = 14;

  constructor(
    private readonly dice: Dice,
    private readonly books: Books,
    private readonly possible: Readonly<Record<string, readonly string[]>>,
  ) {
    this.free = dice.shuffled(oddKeys);
  }

  /** A document with one operation. */
  document(): string {
    const kind = this.dice.pick(['query', 'query', 'query', 'query', 'mutation', 'subscription']);
    const root = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' }[kind] ?? 'Query';
    const body = kind === 'subscription' ? `{ ${this.field(root, 4)} }` : this.selections(root, 4);
    return [`${kind} ${body}`, ...this.fragments].join('\n');
  }

  private selections(type: string, depth: number): string {
    const parts = Array.from({ length: (this.left -= 1) > 0 ? this.dice.between(1, 4) : 1 }, () =>
      this.selection(type, depth),
    );
    return `{ ${parts.join(' ')} }`;
  }

  private selection(type: string, depth: number): string {
    const { dice } = this;
    const roll = this.left > 0 ? dice.below(10) : 9;
    const narrowed = dice.pick(this.possible[type] ?? [type]);
    if (roll === 0 || (type === 'U' && roll < 8)) return `... on ${narrowed} ${this.selections(narrowed, depth)}`;
    if (roll === 1 && depth > 1) return this.spread(narrowed, depth);
    if (roll === 2 && type !== 'Mutation') return `... ${this.selections(type, depth)}`;
    if (type === 'U' || (roll === 3 && !/Mutation|Subscription/.test(type))) return '__typename';
    return this.field(type, depth);
  }

  private spread(type: string, depth: number): string {
    const name = `S${(this.count += 1)}`;
    this.fragments.push(`fragment ${name} on ${type} ${this.selections(type, depth)}`);
    return `...${name}`;
  }

  private field(type: string, depth: number): string {
    const { dice, books } = this;
    const own = Object.keys(books.targets).filter((one) => one.startsWith(`${type}.`) && !one.includes('('));
    const coordinate = dice.pick(own);
    const target = books.targets[coordinate] ?? '';
    const isLeaf = /^(String|Int|ID)$/.test(target);
    const known = Object.keys(books.targets).filter((one) => one.startsWith(`${coordinate}(`));
    const given = dice.some(known, 40).map((one) => `${/\((\w+):/.exec(one)?.[1]}: ${this.value(one, 3)}`);
    const name = coordinate.slice(type.length + 1);
    const alias = given.length > 0 || dice.chance(20) ? `${this.key()}: ` : '';
    const below = isLeaf ? '' : depth > 1 ? ` ${this.selections(target, depth - 1)}` : ' { __typename }';
    return `${alias}${name}${given.length > 0 ? `(${given.join(', ')})` : ''}${below}`;
  }

  /** A response key of its own, sometimes one that means something elsewhere. */
  private key(): string {
    return (this.dice.chance(20) ? this.free.pop() : undefined) ?? `k${(this.count += 1)}`;
  }

  private value(coordinate: string, depth: number): string {
    const fields = this.books.inputs[this.books.targets[coordinate] ?? ''];
    if (!fields) return '"x"';
    const given = depth > 0 ? this.dice.some(fields, 50) : [];
    return `{ ${given.map((one) => `${one.split('.')[1]}: ${this.value(one, depth - 1)}`).join(', ')} }`;
  }
}
