import { describe, expect, test } from '@jest/globals';
import {
  alongRequirements,
  parseSubgraph,
  readRestrictions,
  type ReadRestrictions,
} from '../../src/supergraph/index.js';

const federation = '@link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requiresScopes"])';

function read(sdls: Readonly<Record<string, string>>, link = federation): ReadRestrictions {
  const subgraphs = Object.entries(sdls).map(([name, text]) => {
    const parsed = parseSubgraph(name, [{ file: `${name}.graphql`, text: `extend schema ${link}\n${text}` }]);
    if (parsed.kind === 'problems') throw new Error(JSON.stringify(parsed.problems));
    return parsed.subgraph;
  });
  return readRestrictions(subgraphs);
}

/** Coordinate → first word of each demand. */
function words({ restrictions, problems }: ReadRestrictions): Record<string, string[]> {
  expect(problems).toEqual([]);
  return Object.fromEntries(
    [...restrictions].map(([coordinate, demands]) => [coordinate, demands.map(({ anyOf }) => anyOf[0]?.[0] ?? '')]),
  );
}

const x = '@requiresScopes(scopes: [["x"]])';
const y = '@requiresScopes(scopes: [["y"]])';

describe('demands of subgraphs', () => {
  test('on one field are joined over its owners: all must be met', () => {
    expect(words(read({ a: `type T { f: Int ${x} g: Int }`, b: `type T { f: Int ${y} }` }))).toEqual({
      'T.f': ['x', 'y'],
    });
  });

  test.each([
    ['an object', `type Query { one: T many: [T] } type T ${x} { f: Int }`, ['T.f', 'Query.one', 'Query.many']],
    ['a scalar', `type Query { one: S } scalar S ${x}`, ['Query.one']],
    ['an enum', `type Query { one: [E] } enum E ${x} { A }`, ['Query.one']],
  ])('on %s are demands of every field that returns it or belongs to it', (_, sdl, coordinates) => {
    expect(Object.keys(words(read({ a: sdl }))).sort()).toEqual([...coordinates].sort());
  });

  test('on a field of an interface hold for its implementers, and the reverse', () => {
    const family = `interface I { f: Int ${x} g: Int } type A implements I { f: Int g: Int ${y} } type B implements I { f: Int g: Int }`;
    expect(words(read({ a: family }))).toEqual({
      'I.f': ['x'],
      'A.f': ['x'],
      'B.f': ['x'],
      'A.g': ['y'],
      'I.g': ['y'],
    });
  });

  test('on a field of one interface hold where its implementers are read through another', () => {
    const family = `interface I { f: Int } interface J { f: Int ${x} } type A implements I & J { f: Int }`;
    expect(words(read({ a: family }))).toEqual({ 'J.f': ['x'], 'A.f': ['x'], 'I.f': ['x'] });
  });

  test('on an interface hold for what its implementers add', () => {
    const family = `interface I ${x} { f: Int } type A implements I { f: Int more: Int }`;
    expect(Object.keys(words(read({ a: family }))).sort()).toEqual(['A.f', 'A.more', 'I.f']);
  });

  test('on an implementer hold where it is read through its interface', () => {
    const family = `interface I { f: Int } type A implements I ${x} { f: Int }`;
    expect(words(read({ a: family }))).toEqual({ 'A.f': ['x'], 'I.f': ['x'] });
  });

  test.each([
    [
      '@needs',
      '@link(url: "https://specs.apollo.dev/federation/v2.9", import: [{ name: "@requiresScopes", as: "@needs" }])',
    ],
    ['@federation__requiresScopes', federation],
    ['@fed__requiresScopes', '@link(url: "https://specs.apollo.dev/federation/v2.9", as: "fed")'],
    ['@requiresScopes', '@link(url: "https://specs.apollo.dev/requiresScopes/v0.1", for: SECURITY)'],
    ['@lock', '@link(url: "https://specs.apollo.dev/requiresScopes/v0.1", as: "lock", for: SECURITY)'],
  ])('are read under the name `%s`', (directive, link) => {
    expect(words(read({ a: `type T { f: Int ${directive}(scopes: [["x"]]) }` }, link))).toEqual({ 'T.f': ['x'] });
  });

  test.each(['[]', '[[]]', '[["x"], []]', '[[""]]', '[[1]]', 'null'])('of nothing, as %s, are a problem', (scopes) => {
    expect(read({ a: `type T {\n f: Int @requiresScopes(scopes: ${scopes}) }` }).problems).toMatchObject([
      { code: 'EMPTY_REQUIREMENT', coordinate: 'T.f', location: { file: 'a.graphql', line: 3 } },
    ]);
  });

  test.each([
    ['on a field', `type T { f: Int! ${x} }`, ['T.f']],
    ['on a type, all of whose fields demand the same', `type T ${x} { f: Int! }`, []],
  ])('of a non-null field stand in the way of a null: %s', (_, sdl, coordinates) => {
    const { problems } = read({ a: sdl });
    expect(problems.map(({ code, coordinate }) => [code, coordinate])).toEqual(
      coordinates.map((coordinate) => ['DENIABLE_NON_NULL', coordinate]),
    );
  });

  test('travel along every chain of requirements', () => {
    const { restrictions } = read({ a: `type T { f: Int ${x} g: Int h: Int }` });
    const step = { reason: 'requires', words: '' } as const;
    const steps = [
      { ...step, from: 'T.g', to: 'T.h' },
      { ...step, from: 'T.f', to: 'T.g' },
      { ...step, from: 'T.f', to: 'T.other', reason: 'key' } as const,
    ];
    expect([...alongRequirements(restrictions, steps).keys()].sort()).toEqual(['T.f', 'T.g', 'T.h']);
  });
});

describe('a specification with a security purpose', () => {
  test.each(['https://example.com/guard/v1.0', 'https://specs.apollo.dev/vault/v0.1', 'guard'])(
    'that is not understood, as `%s`, is a problem',
    (url) => {
      const link = `@link(url: "${url}", for: SECURITY)`;
      expect(read({ a: 'type T { f: Int }' }, link).problems).toMatchObject([
        { code: 'SECURITY_LINK', location: { file: 'a.graphql', line: 1 } },
      ]);
    },
  );

  test('that is understood, and one with another purpose, are none', () => {
    const link = `@link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY)
      @link(url: "https://example.com/traces/v1.0", for: EXECUTION)`;
    expect(read({ a: 'type T { f: Int }' }, link).problems).toEqual([]);
  });
});
