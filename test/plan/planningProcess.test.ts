import { describe, expect, test } from '@jest/globals';
import { composeServices, assertCompositionSuccess } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { loadHere } from '../../src/plan/library.js';

/** As built: the process that it starts is JavaScript. */
const built = '../../dist/src/plan/planningProcess.js';
const { loadApart } = (await import(built)) as typeof import('../../src/plan/planningProcess.js');

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires", "@shareable"])';

function supergraphOf(sdls: Readonly<Record<string, string>>): string {
  const services = Object.entries(sdls).map(([name, sdl]) => ({ name, typeDefs: parse(`${link} ${sdl}`) }));
  const composed = composeServices(services);
  assertCompositionSuccess(composed);
  return composed.supergraphSdl;
}

/** The library ends its process over `{ me { computed } }` here. */
const deadly = supergraphOf({
  c: `type User @key(fields: "id") @key(fields: "ref { x }") { id: ID! ref: Ref! name: Money @external
        computed: String @requires(fields: "name { size }") }
      type Ref { x: ID! } type Money { size: String @shareable }`,
  d: `type User @key(fields: "id") { id: ID! name: Money } type Money { size: String @shareable } type Query { me: User }`,
});
const asked = (document: string) => ({ document, labels: [], drawn: 0 });

describe('a planning process', () => {
  test('plans as the library does in this one', async () => {
    const document = '{me{name{size}}}';
    const [here, apart] = [loadHere(deadly), await loadApart(deadly)];
    expect(await apart.plan(asked(document))).toEqual(JSON.parse(JSON.stringify(await here.plan(asked(document)))));
    expect(apart.consumerSchema).toBe(here.consumerSchema);
  });

  test('ends over an operation without the gateway, and is there again for the next', async () => {
    const planner = await loadApart(deadly);
    const [died, behind] = await Promise.allSettled([
      planner.plan(asked('{me{computed}}')),
      planner.plan(asked('{me{id}}')),
    ]);
    expect(died).toMatchObject({ status: 'rejected', reason: { message: 'the planner ended over the operation' } });
    expect(behind).toMatchObject({ status: 'fulfilled' });
    await expect(planner.plan(asked('{me{computed}}'))).rejects.toThrow('the planner ended over the operation');
    expect(await planner.plan(asked('{me{name{size}}}'))).toMatchObject({ kind: 'QueryPlan' });
  });

  test('says why an operation or a supergraph is refused', async () => {
    const planner = await loadApart(deadly);
    await expect(planner.plan(asked('{nothing}'))).rejects.toThrow('the operation cannot be planned');
    await expect(loadApart('type Query {')).rejects.toThrow('the supergraph does not load into the planner');
  });
});
