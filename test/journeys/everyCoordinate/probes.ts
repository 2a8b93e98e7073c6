/** The graph and an asker → one path from the root for every coordinate and every edge that reaches it. */
import { typeOf, type Field, type Graph } from './graph.js';
import { firstDenied, type Asker, type Step } from './oracle.js';

/** A path from the root to one coordinate, with what the domain says of it. */
export interface Probe {
  readonly asker: Asker;
  readonly steps: readonly Step[];
  /** The index of the step that is denied first. */
  readonly denied: number | undefined;
}

/** A way from a type with categories to a leaf or to the next such type, through value types. */
type Chain = readonly Step[];

const roots = ['Query', 'Mutation'];

/**
 * Builds probes for one graph. A probe takes a path that the asker may walk where there is one, so that the coordinate
 * itself is judged; else the shortest.
 */
export class Prober {
  private readonly chains = new Map<string, readonly Chain[]>();
  private readonly links = new Map<string, readonly Chain[]>();
  private readonly edges = new Map<string, Chain[]>();
  private readonly implementers: ReadonlySet<string>;

  constructor(private readonly graph: Graph) {
    this.implementers = new Set([...graph.values()].flatMap(({ implementers }) => [...implementers]));
    for (const { name, isValue } of graph.values()) {
      if (isValue) continue;
      const plain = this.plainChains(name);
      this.chains.set(name, [...plain, ...this.chainsWithOption(name)]);
      this.links.set(name, plain.filter(leadsOn(graph)));
    }
    for (const chain of [...this.links.values()].flat()) this.addEdge(chain);
  }

  /** Every coordinate by every edge that reaches its type; those of an interface's implementers once. */
  everyEdge(asker: Asker): Probe[] {
    const paths = this.pathsOf(asker);
    return this.targets().flatMap(({ type, chain }) =>
      this.implementers.has(type)
        ? [this.probe(asker, this.anyWay(paths, type), chain)]
        : (this.edges.get(type) ?? [[]]).map((edge) => this.probe(asker, this.ways(paths, edge), chain)),
    );
  }

  /** Every coordinate once, by the best way that the asker has. */
  everyCoordinate(asker: Asker): Probe[] {
    const paths = this.pathsOf(asker);
    return this.targets().map(({ type, chain }) => this.probe(asker, this.anyWay(paths, type), chain));
  }

  /** The fields that the gateway keeps to itself, each at the end of the shortest way. */
  everyHiddenField(asker: Asker): Probe[] {
    const { shortest } = this.pathsOf(undefined);
    return [...this.graph.values()].flatMap(({ name, hidden }) =>
      [...hidden].map((field) => {
        const step = { type: name, field, target: 'ID', args: [], onValue: false };
        const steps = [...(shortest.get(name) ?? []), step];
        return { asker, steps, denied: steps.length - 1 };
      }),
    );
  }

  private targets(): { readonly type: string; readonly chain: Chain }[] {
    return [...this.chains].flatMap(([type, chains]) => chains.map((chain) => ({ type, chain })));
  }

  private anyWay(paths: Paths, type: string): readonly Chain[] {
    return (this.edges.get(type) ?? [[]]).flatMap((edge) => this.ways(paths, edge)).sort(readingFirst);
  }

  private probe(asker: Asker, ways: readonly Chain[], chain: Chain): Probe {
    const all = ways.map((way) => {
      const steps = [...way, ...chain];
      return { asker, steps, denied: firstDenied(asker, steps) };
    });
    const furthest = (one: Probe): number => (one.denied === undefined ? Infinity : one.denied - one.steps.length);
    return all.reduce((best, one) => (furthest(one) > furthest(best) ? one : best));
  }

  /** The ways over an edge: permitted ones first, then the shortest. */
  private ways({ permitted, shortest }: Paths, edge: Chain): readonly Chain[] {
    const from = edge[0]?.type;
    if (from === undefined || roots.includes(from)) return [edge];
    const paths = [permitted.get(`${from} item`), permitted.get(from), shortest.get(from)];
    return paths.flatMap((path) => (path === undefined ? [] : [[...path, ...edge]]));
  }

  private pathsOf(asker: Asker | undefined): Paths {
    return { permitted: this.search(asker), shortest: this.search(undefined) };
  }

  /** Breadth first from the roots, reading before writing. */
  private search(asker: Asker | undefined): ReadonlyMap<string, Chain> {
    const found = new Map<string, Chain>(roots.map((root) => [root, []]));
    for (const root of roots) {
      const queue: Arrival[] = [{ key: root, type: root, steps: [] }];
      for (const arrival of queue) queue.push(...this.next(arrival, asker, found));
    }
    return found;
  }

  private next({ type, steps }: Arrival, asker: Asker | undefined, found: Map<string, Chain>): Arrival[] {
    const paths = (this.links.get(type) ?? []).map((chain) => ({ chain, path: [...steps, ...chain] }));
    return paths
      .filter(({ path }) => asker === undefined || firstDenied(asker, path) === undefined)
      .flatMap(({ chain, path }) => this.arrivals(chain, path))
      .filter((arrival) => isNew(arrival, found));
  }

  private arrivals(chain: Chain, steps: Chain): Arrival[] {
    const last = chain.at(-1);
    if (last === undefined) return [];
    // Of an item, everything that may hang on an anchor is apart from the same type elsewhere.
    const anchored = ['Message', 'Checkout', 'FraudAlert'].includes(last.type) ? ' item' : '';
    return this.covers(last.target).map((type) => ({ key: `${type}${anchored}`, type, steps }));
  }

  private addEdge(chain: Chain): void {
    const target = chain.at(-1)?.target ?? '';
    for (const type of this.covers(target)) this.edges.set(type, [...(this.edges.get(type) ?? []), chain]);
  }

  private covers(name: string): readonly string[] {
    return [name, ...typeOf(this.graph, name).implementers];
  }

  private plainChains(name: string): readonly Chain[] {
    return [...typeOf(this.graph, name).fields.values()].flatMap((field) =>
      this.expand(stepOf(name, field, { args: field.required, onValue: false })),
    );
  }

  /** One chain is enough to supply an argument. */
  private chainsWithOption(name: string): readonly Chain[] {
    return [...typeOf(this.graph, name).fields.values()].flatMap((field) =>
      field.optional.map((arg) => {
        const all = this.expand(stepOf(name, field, { args: [...field.required, arg], onValue: false }));
        return all.find((chain) => !leadsOn(this.graph)(chain)) ?? all[0] ?? [];
      }),
    );
  }

  private expand(step: Step): Chain[] {
    const target = this.graph.get(step.target);
    if (target?.isValue !== true) return [[step]];
    const below = [...target.fields.values()].map((field) => stepOf(target.name, field, { args: [], onValue: true }));
    return below.flatMap((next) => this.expand(next).map((chain) => [step, ...chain]));
  }
}

interface Paths {
  readonly permitted: ReadonlyMap<string, Chain>;
  readonly shortest: ReadonlyMap<string, Chain>;
}

interface Arrival {
  readonly key: string;
  readonly type: string;
  readonly steps: Chain;
}

/** Notes an arrival at a place that no shorter way has found. */
function isNew({ key, steps }: Arrival, found: Map<string, Chain>): boolean {
  if (found.has(key)) return false;
  found.set(key, steps);
  return true;
}

function leadsOn(graph: Graph): (chain: Chain) => boolean {
  return (chain) => graph.has(chain.at(-1)?.target ?? '');
}

/** A read shows what the world holds; a write only what it has just made. */
function readingFirst(one: Chain, other: Chain): number {
  const cost = (way: Chain): number => way.length + (way[0]?.type === 'Mutation' ? 100 : 0);
  return cost(one) - cost(other);
}

function stepOf(type: string, field: Field, rest: Pick<Step, 'args' | 'onValue'>): Step {
  return { type, field: field.name, target: field.target, ...rest };
}
