import { beforeAll, expect, test } from '@jest/globals';
import type { Subgraph } from '../../../src/partner/index.js';
import { createAdsSubgraph } from '../../../resolvers/ads/ads.js';
import { ask, askEntity, listAt, partsOf, type GrantFacts } from '../platform/call.js';

const engine: GrantFacts = { aud: 'ads', purpose: 'AD_TARGETING' };
let ads: Subgraph;

beforeAll(async () => {
  ads = createAdsSubgraph(await partsOf('ads'));
});

const query = 'query ($id: ID!) { adProfile(id: $id) { interests locale } }';

test.each(['ad-99', '', '__proto__', 'customer-1'])(
  'an unknown id `%s` gives an empty profile of the same shape',
  async (id) => {
    const { data } = await ask(ads, engine, { query, variables: { id } });
    expect(data).toEqual({ adProfile: { interests: [], locale: null } });
  },
);

test.each(['ad-1', 'ad-2', 'ad-3', 'ad-4'])('knows `%s`', async (id) => {
  const answer = await ask(ads, engine, { query, variables: { id } });
  expect(listAt(answer, 'adProfile.interests').length).toBeGreaterThan(0);
});

test('an analytics principal reads no profile', async () => {
  const answer = await ask(ads, { ...engine, purpose: 'ANALYTICS' }, { query, variables: { id: 'ad-1' } });
  expect(answer.data).toEqual({ adProfile: null });
  expect(answer.errors?.[0]?.extensions.code).toBe('PURPOSE_DENIED');
});

test('shows a customer under CONSENT_MANAGEMENT what the ads system believes', async () => {
  const key = { __typename: 'Customer', adId: 'ad-1' };
  const { data } = await askEntity(
    ads,
    { aud: 'ads', purpose: 'CONSENT_MANAGEMENT' },
    { key, fields: 'adProfile { locale }' },
  );
  expect(data).toEqual({ adProfile: { locale: 'en-US' } });
});
