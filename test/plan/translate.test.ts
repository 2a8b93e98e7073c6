import { describe, expect, test } from '@jest/globals';
import type { PlanNode as RawNode } from '@graphql-hive/router-query-planner';
import { InternalFault } from '../../src/fault/index.js';
import { printPlan } from '../../src/plan/index.js';
import { translatePlan } from '../../src/plan/translate.js';

const fetchOf = (operation: string, extra: object = {}): RawNode =>
  ({ kind: 'Fetch', serviceName: 'a', operation, ...extra }) as RawNode;

const entities = 'query($representations:[_Any!]!){_entities(representations: $representations){...on T{x}}}';
const requires = [{ kind: 'Field', name: '__typename' }];
const flatten = (node: RawNode, path: unknown[] = [{ Field: 't' }]): RawNode =>
  ({ kind: 'Flatten', path, node }) as RawNode;

describe('a plan', () => {
  test.each<[string, unknown]>([
    ['a deferred part', { kind: 'Defer', primary: {}, deferred: [] }],
    ['a subscription', { kind: 'Subscription', primary: fetchOf('subscription{a}') }],
    ['an unknown node', { kind: 'Loop' }],
    ['a subscription as a fetch', fetchOf('subscription{a}')],
    ['a kind that the operation is not', fetchOf('{a}', { operationKind: 'mutation' })],
    ['two operations', fetchOf('query a{a} query b{b}')],
    ['a fragment that is missing', fetchOf('{...a}')],
    ['entities without a path', fetchOf(entities, { requires })],
    ['entities that require nothing', flatten(fetchOf(entities))],
    ['entities that are not asked for', flatten(fetchOf('{a}', { requires }))],
    ['an unknown requirement', flatten(fetchOf(entities, { requires: [{ kind: 'FragmentSpread', value: 'x' }] }))],
    ['an unknown segment', flatten(fetchOf(entities, { requires }), [{ Index: 0 }])],
    ['an unknown rewrite', fetchOf('{a}', { outputRewrites: [{ Eraser: { path: [{ Key: 'a' }] } }] })],
    [
      'an unknown segment of a rewrite',
      fetchOf('{a}', { outputRewrites: [{ ValueSetter: { path: [{ At: 1 }], setValueTo: 'x' } }] }),
    ],
    ['a path within a path', flatten(flatten(fetchOf(entities, { requires })))],
  ])('with %s is refused before anything runs', (_, node) => {
    expect(() => translatePlan({ kind: 'QueryPlan', node: node as RawNode })).toThrow(InternalFault);
  });

  test('has its named fragments inlined', () => {
    const node = fetchOf('{a{...f} b{...f @include(if: true)}} fragment f on T {x}');
    expect(printPlan(translatePlan({ kind: 'QueryPlan', node }))).toMatchInlineSnapshot(`
      "fetch a
        {
          a {
            ... on T {
              x
            }
          }
          b {
            ... on T @include(if: true) {
              x
            }
          }
        }"
    `);
  });

  test('is nothing where nothing is to be fetched', () => {
    expect(translatePlan({ kind: 'QueryPlan' })).toBeNull();
    expect(printPlan(null)).toBe('nothing to fetch');
  });
});
