import { describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { apiSchemaOf, createPlanner, plainSubgraph, type SubgraphPort } from '../../src/plan/index.js';
import { ask, type Graph } from '../federation/graph.js';

interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}
interface BenchGraph {
  readonly subgraphNames: readonly string[];
  readonly operations: { readonly nested: Operation; readonly small: Operation };
  composeGraph(urlOf: (name: string) => string): string;
  referenceAnswer(operation: Operation): object;
}
interface BenchSubgraphs {
  subgraphSchema(name: string): object;
  answerTo(schema: object, text: string): string;
}

const load = async <M>(file: string): Promise<M> =>
  (await import(pathToFileURL(join(process.cwd(), 'bench/graph', file)).href)) as M;

const bench = await load<BenchGraph>('graph.mjs');
const { subgraphSchema, answerTo } = await load<BenchSubgraphs>('subgraphs.mjs');

/** The engine over the benchmark's subgraphs, and the size of each of their answers. */
function openGraph(): { readonly graph: Graph; readonly answerBytes: Map<string, number> } {
  const planner = createPlanner(bench.composeGraph((name) => `http://${name}.invalid`));
  const answerBytes = new Map<string, number>();
  const portOf = (name: string): SubgraphPort => {
    const schema = subgraphSchema(name);
    const send = async (body: string) => {
      const bytes = Buffer.from(answerTo(schema, body));
      answerBytes.set(name, Math.max(answerBytes.get(name) ?? 0, bytes.length));
      return { kind: 'answer', bytes } as const;
    };
    return plainSubgraph({ send, errorText: 'kept' });
  };
  const ports = new Map(bench.subgraphNames.map((name) => [name, portOf(name)]));
  return { graph: { planner, schema: apiSchemaOf(planner), ports, asked: [] }, answerBytes };
}

const plain = (answer: object): unknown => JSON.parse(JSON.stringify(answer));

describe('the graph of the benchmark', () => {
  test.each(['nested', 'small'] as const)(
    'Ringfence answers `%s` as one schema over the same rows does',
    async (name) => {
      const operation = bench.operations[name];
      const { text } = await ask(openGraph().graph, operation.query, operation.variables);
      expect(JSON.parse(text)).toEqual(plain(bench.referenceAnswer(operation)));
    },
  );

  test('the nested answer is 87 KB, and most of it is one answer of `reviews`', async () => {
    const { graph, answerBytes } = openGraph();
    const { text } = await ask(graph, bench.operations.nested.query);
    expect(Math.abs(Buffer.byteLength(text) - 87_000)).toBeLessThan(2_000);
    expect(Math.abs((answerBytes.get('reviews') ?? 0) - 79_000)).toBeLessThan(2_000);
  });

  test('the small answer is half a kilobyte from one subgraph', async () => {
    const { graph, answerBytes } = openGraph();
    const { query, variables } = bench.operations.small;
    const { text } = await ask(graph, query, variables);
    expect(Math.abs(Buffer.byteLength(text) - 500)).toBeLessThan(50);
    expect([...answerBytes.keys()]).toEqual(['accounts']);
  });
});
