/** The benchmark's graph: its SDL, its operations, the supergraph over given addresses, and its one-schema reference. */
import { readFileSync } from 'node:fs';
import { composeServices } from '@theguild/federation-composition';
import { buildSchema, graphqlSync, parse } from 'graphql';
import { products, reviews, shippingEstimateOf, users } from './data.mjs';
import { withResolvers } from './resolvers.mjs';

/** The four subgraphs. */
export const subgraphNames = ['accounts', 'products', 'reviews', 'inventory'];

/** The SDL of one subgraph, as peers compose it. */
export function sdlOf(name) {
  return read(`${name}.graphql`);
}

/** What is asked: by workload, the operation and its variables. */
export const operations = {
  nested: { query: read('nested.graphql'), variables: {} },
  small: { query: read('small.graphql'), variables: { id: '3' } },
};

/** The supergraph of the four, each at `urlOf(name)`. Throws where they do not compose. */
export function composeGraph(urlOf) {
  const services = subgraphNames.map((name) => ({ name, url: urlOf(name), typeDefs: parse(sdlOf(name)) }));
  const { supergraphSdl, errors } = composeServices(services);
  if (errors) throw new Error(`the benchmark's graph does not compose: ${errors.map(String).join('; ')}`);
  return supergraphSdl;
}

/** What one graphql-js schema over the same rows answers: every gateway's answer is compared with it. */
export function referenceAnswer({ query, variables }) {
  return graphqlSync({ schema: wholeSchema(), source: query, variableValues: variables });
}

function wholeSchema() {
  const writtenBy = (user) => reviews.filter(({ authorId }) => authorId === user.id);
  const writtenOn = (product) => reviews.filter(({ upc }) => upc === product.upc);
  return withResolvers(buildSchema(read('whole.graphql')), {
    Query: {
      users: () => users,
      user: (_, { id }) => users.find((user) => user.id === id) ?? null,
      topProducts: (_, { first }) => products.slice(0, first),
    },
    User: { reviews: writtenBy },
    Product: { reviews: writtenOn, shippingEstimate: shippingEstimateOf },
    Review: {
      author: ({ authorId }) => users.find(({ id }) => id === authorId),
      product: ({ upc }) => products.find((product) => product.upc === upc),
    },
  });
}

function read(file) {
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}
