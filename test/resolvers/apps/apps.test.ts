import { expect, test } from '@jest/globals';
import { createAppsSubgraph } from '../../../resolvers/apps/apps.js';
import { ask, partsOf, type GrantFacts } from '../platform/call.js';

const insights: GrantFacts = { aud: 'apps', purpose: 'ANALYTICS' };
const query = 'query ($id: ID!) { app(id: $id) { id name publisher } }';

test('an unknown app is null', async () => {
  const apps = createAppsSubgraph(await partsOf('apps'));
  expect(await ask(apps, insights, { query, variables: { id: 'constructor' } })).toEqual({ data: { app: null } });
});

test('a listed app has a name and a publisher', async () => {
  const apps = createAppsSubgraph(await partsOf('apps'));
  const { data } = await ask(apps, insights, { query, variables: { id: 'app-1' } });
  expect(data).toEqual({ app: { id: 'app-1', name: 'Tandem Planner', publisher: 'Larkfield Software' } });
});
