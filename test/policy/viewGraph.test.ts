/** What is left of a graph when coordinates are taken away: nothing from which a hidden one can be read. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildASTSchema, type GraphQLSchema, Kind, parse, print, validateSchema, visit } from 'graphql';
import {
  type Cell,
  compileTable,
  type DataCategory,
  maskOf,
  type Matrix,
  projectViews,
  type Purpose,
} from '../../src/policy/index.js';
import { printProblem } from '../../src/fault/index.js';
import { bareGraph, keepReachable, projectGraph } from '../../src/policy/viewGraph.js';
import { classifySdl } from '../supergraph/smallGraph.js';

const line = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What is left of an SDL without the named coordinates. */
function without(sdl: string, ...hidden: string[]): string {
  return line(print(projectGraph(parse(sdl), (coordinate) => !hidden.includes(coordinate))));
}

describe('a graph without labels', () => {
  test('keeps the directives of GraphQL itself and no others', () => {
    const sdl = `directive @data(category: String) on FIELD_DEFINITION
      scalar Date @specifiedBy(url: "https://a.example") @data
      type Query @data { a: Date @deprecated(reason: "b") @data(category: "X") }`;
    expect(line(print(bareGraph(parse(sdl))))).toBe(
      'scalar Date @specifiedBy(url: "https://a.example") type Query { a: Date @deprecated(reason: "b") }',
    );
  });
});

describe('a graph without some coordinates', () => {
  test.each<[string, string, string[], string]>([
    ['nothing', 'type Query { a(b: Int): Int }', [], 'type Query { a(b: Int): Int }'],
    ['a description', '"q" type Query { "a" a("b" b: Int): Int }', [], 'type Query { a(b: Int): Int }'],
    ['a field', 'type Query { a: Int b: Int }', ['Query.a'], 'type Query { b: Int }'],
    [
      'a field of an interface',
      'interface I { a: Int b: Int } type Query implements I { a: Int b: Int }',
      ['I.a', 'Query.a'],
      'interface I { b: Int } type Query implements I { b: Int }',
    ],
    ['an argument', 'type Query { a(b: Int, c: Int): Int }', ['Query.a(b:)'], 'type Query { a(c: Int): Int }'],
    [
      'an argument that must be given, and its field',
      'type Query { a(b: Int!): Int c: Int }',
      ['Query.a(b:)'],
      'type Query { c: Int }',
    ],
    ['an argument with a default', 'type Query { a(b: Int! = 1): Int }', ['Query.a(b:)'], 'type Query { a: Int }'],
    [
      'an argument beside one that must be given',
      'type Query { a(b: Int, c: Int!): Int }',
      ['Query.a(b:)'],
      'type Query { a(c: Int!): Int }',
    ],
    [
      'an argument that must be given beside one that need not',
      'type Query { a(b: Int!, c: Int): Int d: Int }',
      ['Query.a(b:)'],
      'type Query { d: Int }',
    ],
    [
      'a neighbour of a field with arguments',
      'type Query { a(b: Int): Int c: C } type C { d: Int }',
      ['C.d'],
      'type Query { a(b: Int): Int }',
    ],
    [
      'one of two interfaces',
      'interface I { a: Int } interface J { b: Int } type Query implements I & J { a: Int b: Int }',
      ['I.a'],
      'interface J { b: Int } type Query implements J { a: Int b: Int }',
    ],
    [
      'all fields of a type, and what leads to it',
      'type Query { a: A b: Int } type A { c: Int }',
      ['A.c'],
      'type Query { b: Int }',
    ],
    [
      'a type behind a type',
      'type Query { a: A d: Int } type A { b: [B!]! } type B { c: Int }',
      ['B.c'],
      'type Query { d: Int }',
    ],
    [
      'a member of a union',
      'type Query { u: U } union U = A | B type A { a: Int } type B { b: Int }',
      ['A.a'],
      'type Query { u: U } union U = B type B { b: Int }',
    ],
    [
      'all members of a union',
      'type Query { u: U c: Int } union U = A type A { a: Int }',
      ['A.a'],
      'type Query { c: Int }',
    ],
    [
      'an interface that is left without fields',
      'interface I { a: Int } type Query implements I { a: Int b: Int }',
      ['I.a'],
      'type Query { a: Int b: Int }',
    ],
    [
      'an input field',
      'input F { a: Int b: Int } type Query { c(f: F): Int }',
      ['F.a'],
      'input F { b: Int } type Query { c(f: F): Int }',
    ],
    [
      'an input field that must be given, and the whole input',
      'input F { a: Int! b: Int } type Query { c(f: F): Int }',
      ['F.a'],
      'type Query { c: Int }',
    ],
    [
      'an input that an argument demands',
      'input F { a: Int! b: Int } type Query { c(f: F!): Int d: Int }',
      ['F.a'],
      'type Query { d: Int }',
    ],
    [
      'an input field with a default',
      'input F { a: Int! = 1 b: Int } type Query { c(f: F): Int }',
      ['F.a'],
      'input F { b: Int } type Query { c(f: F): Int }',
    ],
    [
      'an input inside an input',
      'input G { a: Int } input F { g: G b: Int } type Query { c(f: F): Int }',
      ['G.a'],
      'input F { b: Int } type Query { c(f: F): Int }',
    ],
    [
      'an input that an input demands',
      'input G { a: Int } input F { g: [G!]! b: Int } type Query { c(f: F): Int }',
      ['G.a'],
      'type Query { c: Int }',
    ],
    [
      'an enum and a scalar, which have no coordinates',
      'enum E { A } scalar S type Query { e: E s: S a: Int }',
      ['Query.a'],
      'enum E { A } scalar S type Query { e: E s: S }',
    ],
    [
      'an output beside every built-in type',
      'type Query { a: A b: String c: Float d: Boolean e: ID f: Int } type A { a: Int }',
      ['A.a'],
      'type Query { b: String c: Float d: Boolean e: ID f: Int }',
    ],
  ])('has lost %s', (_, ...[sdl, hidden, left]) => {
    expect(without(sdl, ...hidden)).toBe(left);
  });

  test('says nothing of what is hidden, whatever is hidden, and is whole', () => {
    const graph = parse(`
      interface Node { id: ID secret: Int }
      type Query { node(id: ID!, filter: Filter): Node any: Any one(of: Kind!): One list: [Two!]! kind: Kind }
      type One implements Node { id: ID secret: Int two(first: Int = 1, filter: Filter!): Two }
      type Two implements Node { id: ID secret: Int one: One any: Any }
      union Any = One | Two
      enum Kind { A B }
      input Filter { min: Int! = 0 inner: Inner must: Range! }
      input Inner { again: Filter text: String }
      input Range { from: Int }`);
    const coordinates = graph.definitions.flatMap((type) => {
      if (!('fields' in type)) return [];
      return (type.fields ?? []).flatMap((field) => {
        const coordinate = `${type.name.value}.${field.name.value}`;
        const given = field.kind === Kind.FIELD_DEFINITION ? (field.arguments ?? []) : [];
        return [coordinate, ...given.map(({ name }) => `${coordinate}(${name.value}:)`)];
      });
    });
    fc.assert(
      fc.property(fc.subarray(coordinates), (hidden) => {
        const left = projectGraph(graph, (coordinate) => !hidden.includes(coordinate));
        const kept = new Set<string>();
        const names = new Set(['Int', 'ID', 'String']);
        for (const type of left.definitions) {
          if (!('name' in type) || !type.name) continue;
          names.add(type.name.value);
          if (!('fields' in type)) continue;
          expect(type.fields).not.toHaveLength(0);
          for (const field of type.fields ?? []) kept.add(`${type.name.value}.${field.name.value}`);
        }
        expect(hidden.filter((coordinate) => kept.has(coordinate))).toEqual([]);
        visit(left, { NamedType: ({ name }) => expect(names).toContain(name.value) });
      }),
      { numRuns: 60 },
    );
  });
});

describe('what an operation can meet', () => {
  const reached = (sdl: string): string => line(print(keepReachable(parse(sdl))));

  test.each([
    [
      'through fields, lists and arguments',
      'type Query { a(f: F): [A!]! } type A { b: S } input F { k: K } scalar S enum K { X }',
      null,
    ],
    [
      'through a union and an interface',
      'type Query { u: U i: I } union U = A interface I { a: Int } type A { a: Int } type B implements I { a: Int }',
      null,
    ],
    [
      'from a mutation and a subscription',
      'type Query { a: Int } type Mutation { b: A } type Subscription { c: B } type A { a: Int } type B { b: Int }',
      null,
    ],
    ['round a circle', 'type Query { a: A } type A { b: B } type B { a: A }', null],
    ['not by being there', 'type Query { a: Int } type A { a: Int }', 'type Query { a: Int }'],
    ['not by leading to it', 'type Query { a: Int } type A { q: Query }', 'type Query { a: Int }'],
    [
      'not where it has no query',
      'type Mutation { a: A } type A { a: Int } type B { b: Int }',
      'type Mutation { a: A } type A { a: Int }',
    ],
  ])('is met %s', (_, sdl, left) => {
    expect(reached(sdl)).toBe(left ?? sdl);
  });

  test('is not a directive', () => {
    expect(reached('directive @a on FIELD type Query { a: Int }')).toBe('type Query { a: Int }');
  });
});

describe('the views of a small graph', () => {
  const sdl = `type Query { me: Me @data(category: APP_PUBLIC) ads(id: ID @data(category: AD_PROFILE)): Ads @data(category: AD_PROFILE) audit: Audit @data(category: RECEIPT, reduced: true) }
    type Me { name: String @data(category: APP_PUBLIC) demanded: Int @data(category: APP_PUBLIC) balance: Int @data(category: BALANCE) }
    type Ads { interests: String @data(category: AD_PROFILE) }
    type Audit { count: Int @data(category: RECEIPT, reduced: true) }`;
  const classified = classifySdl({ bank: sdl });
  if (classified.kind === 'problems') throw new Error(classified.problems.map(printProblem).join('\n'));
  const ads = new Set(['Query.ads', 'Query.ads(id:)', 'Ads.interests']);
  const matrix: Matrix = {
    rows: new Map<Purpose, ReadonlyMap<DataCategory, Cell>>([
      ['ACCOUNT_SERVICING', new Map([['BALANCE', 'allow']])],
      ['COMPLIANCE_AUDIT', new Map([['RECEIPT', 'reduced']])],
    ]),
    anchors: new Map(),
    picking: new Set(),
    writes: new Map(),
    open: maskOf(['APP_PUBLIC']),
    entries: new Map([['AD_PROFILE', new Map<Purpose, ReadonlySet<string>>([['AD_MEASUREMENT', ads]])]]),
  };
  const canMeet = (purpose: Purpose, coordinate: string): boolean =>
    coordinate !== 'Me.demanded' || purpose === 'DATA_SALE';
  const table = compileTable(classified.classification, matrix, { meets: () => true, canMeet });
  const views = projectViews(parse(sdl), table);

  test('hold what some purpose of theirs may read and can meet, and the first-party view holds all', () => {
    const shown = Object.fromEntries(Object.entries(views).map(([name, view]) => [name, line(view.sdl)]));
    const me = (fields: string): string => `type Me { ${fields} }`;
    expect(shown).toEqual({
      'first-party': `type Ads { interests: String } type Audit { count: Int } ${me('balance: Int demanded: Int name: String')} type Query { ads(id: ID): Ads audit: Audit me: Me }`,
      ads: `type Ads { interests: String } ${me('name: String')} type Query { ads(id: ID): Ads me: Me }`,
      open: `${me('demanded: Int name: String')} type Query { me: Me }`,
      audit: `type Audit { count: Int } ${me('name: String')} type Query { audit: Audit me: Me }`,
    });
  });

  test('are schemas, printed as they are served', () => {
    for (const { schema, sdl: printed } of Object.values(views)) {
      expect(validateSchema(schema)).toEqual([]);
      const names = (of: GraphQLSchema): string[] => Object.keys(of.getTypeMap()).toSorted();
      expect(names(buildASTSchema(parse(printed)))).toEqual(names(schema));
      expect(printed.endsWith('}\n')).toBe(true);
    }
  });
});
