import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Subgraph } from '../../../src/partner/index.js';
import { createOffersSubgraph, offersAt } from '../../../resolvers/offers/offers.js';
import { ask, at, listAt, noon, partsOf, type GrantFacts } from '../platform/call.js';

const engine: GrantFacts = { aud: 'offers', purpose: 'AD_MEASUREMENT' };
const query = `query ($first: Int, $after: String) {
  merchantOffers(first: $first, after: $after) {
    edges { cursor node { id merchant text validUntil } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

let offers: Subgraph;

beforeAll(async () => {
  offers = createOffersSubgraph(await partsOf('offers'));
});

const page = (variables: Record<string, unknown>) => ask(offers, engine, { query, variables });

describe('merchantOffers', () => {
  test('refuses a negative page and a cursor that it did not give', async () => {
    for (const variables of [{ first: -1 }, { after: 'ember-kitchen-tenth' }, { after: '' }]) {
      const { errors } = await ask(offers, engine, { query, variables });
      expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  });

  test('gives 25 a page, and everything to who asks for more than there is', async () => {
    expect(at(await page({}), 'merchantOffers.edges')).toHaveLength(25);
    expect(at(await page({ first: 100_000 }), 'merchantOffers.edges')).toHaveLength(offersAt(noon).length);
    expect(offersAt(noon).length).toBeGreaterThanOrEqual(40);
  });

  test('an empty page still says that there is more', async () => {
    expect(at(await page({ first: 0 }), 'merchantOffers')).toEqual({
      edges: [],
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  test('pages of any size give every offer once, in order', async () => {
    for (const first of [1, 7, 42, 1000]) {
      const seen: unknown[] = [];
      let after: unknown = null;
      for (let more: unknown = true; more;) {
        const answer = await page({ first, after });
        seen.push(...listAt(answer, 'merchantOffers.edges.*.node.id'));
        more = at(answer, 'merchantOffers.pageInfo.hasNextPage');
        after = at(answer, 'merchantOffers.pageInfo.endCursor');
      }
      expect(seen).toEqual(offersAt(noon).map(({ id }) => id));
    }
  });

  test('is the same for every reader and every run', async () => {
    const elsewhere = createOffersSubgraph(await partsOf('offers'));
    const other = await ask(elsewhere, { ...engine, purpose: 'ANALYTICS' }, { query });
    expect(other).toEqual(await ask(offers, engine, { query }));
  });
});
