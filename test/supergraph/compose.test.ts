import { describe, expect, test } from '@jest/globals';
import { Kind } from 'graphql';
import { compose, loadSubgraphs, readSupergraph } from '../../src/supergraph/index.js';
import { onProjectCopy } from '../policy/projectCopy.js';
import { subgraphOf } from './smallGraph.js';

const urlOf = (name: string): string => `http://${name}.test`;

describe('compose', () => {
  test('subgraphs that contradict each other are problems, not a throw', () => {
    const subgraphs = [
      subgraphOf('bank', 'type Query { a: Int @data(category: BALANCE) }'),
      subgraphOf('ads', 'type Query { a: String @data(category: BALANCE) }'),
    ];
    const composed = compose(subgraphs, urlOf);
    expect(composed).toMatchObject({
      kind: 'problems',
      problems: expect.arrayContaining([expect.objectContaining({ code: 'COMPOSITION' })]),
    });
  });

  test('a document that the composer cannot digest is a problem, not a throw', () => {
    const document = { kind: Kind.DOCUMENT, definitions: [{ kind: Kind.OBJECT_TYPE_DEFINITION }] };
    const composed = compose([{ name: 'bank', document: document as never }], urlOf);
    expect(composed).toMatchObject({ kind: 'problems', problems: [{ code: 'COMPOSITION' }] });
  });

  test('a supergraph names its subgraphs and links the policy', () => {
    const composed = compose([subgraphOf('bank', 'type Query { a: Int @data(category: BALANCE) }')], urlOf);
    if (composed.kind === 'problems') throw new Error(JSON.stringify(composed.problems));
    expect(readSupergraph(composed.supergraphSdl)).toMatchObject({
      kind: 'ok',
      subgraphs: new Map([['bank', 'http://bank.test']]),
      linksPolicy: true,
    });
  });
});

describe('readSupergraph', () => {
  const graphs = 'enum join__Graph { A @join__graph(name: "a", url: "http://a.test") }';

  test('a supergraph without the policy spec says so', () => {
    expect(readSupergraph(`${graphs} type Query { a: Int }`)).toMatchObject({ kind: 'ok', linksPolicy: false });
  });

  test.each([
    'schema @link(url: "https://ringfence.dev/policy/v9.9") { query: Query }',
    'extend schema @link(url: "https://ringfence.dev/policy/v1.0", as: "p")',
    'directive @data(category: [String!]!) on FIELD_DEFINITION',
  ])('%s declares the policy', (sdl) => {
    expect(readSupergraph(`${graphs} type Query { a: Int } ${sdl}`)).toMatchObject({ linksPolicy: true });
  });

  test.each([
    ['type Query {', 'SYNTAX'],
    ['', 'SYNTAX'],
    [`type Query { a: ${'['.repeat(20_000)}`, 'SYNTAX'],
    ['type Query { a: Int }', 'NOT_A_SUPERGRAPH'],
    [`${graphs} schema @core(feature: "https://specs.apollo.dev/join/v0.1") { query: Query }`, 'JOIN_V0_1'],
    [`${graphs} directive @join__owner(graph: join__Graph!) on OBJECT`, 'JOIN_V0_1'],
    [`${graphs} schema @link(url: "https://specs.apollo.dev/join/v0.3", as: "j") { query: Query }`, 'JOIN_RENAMED'],
    [
      `${graphs} schema @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY) { query: Query }`,
      'SECURITY_FEATURE',
    ],
    [
      `${graphs} type Query { a(x: Int): Int @join__field(graph: A, contextArguments: [{ context: "c", name: "x" }]) }`,
      'CONTEXT_ARGUMENT',
    ],
  ])('%#: what is no supergraph, or none that can be served, is a problem', (sdl, code) => {
    expect(readSupergraph(sdl)).toMatchObject({ kind: 'problems', problems: [{ code }] });
  });
});

describe('loadSubgraphs', () => {
  test('the bank comes first, the platform by name', () => {
    const loaded = loadSubgraphs('.');
    const names = loaded.kind === 'ok' ? loaded.subgraphs.map(({ name }) => name) : [];
    expect(names).toEqual(['bank', 'ads', 'apps', 'consent', 'directory', 'offers', 'wallet']);
  });

  test('a syntax error is told at its own line of its own file', async () => {
    const edit = { file: 'schema/platform/apps.graphql', from: 'publisher: String', to: 'publisher String' };
    const loaded = await onProjectCopy([edit], loadSubgraphs);
    expect(loaded).toMatchObject({
      problems: [{ code: 'SYNTAX', location: { file: 'schema/platform/apps.graphql', line: 19, column: 13 } }],
    });
  });

  test('a project without a schema names the files that it lacks', () => {
    const loaded = loadSubgraphs('/nonexistent');
    const files = loaded.kind === 'problems' ? loaded.problems.map(({ location }) => location?.file) : [];
    expect(files).toEqual(['schema/policy.graphql', 'schema/bank.graphql', 'schema/platform']);
  });
});
