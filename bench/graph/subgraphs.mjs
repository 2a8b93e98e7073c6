/** The four subgraphs as executable schemas, `_entities` and `_service` included. */
import { buildASTSchema, graphqlSync, Kind, parse, visit } from 'graphql';
import { products, reviews, shippingEstimateOf, users } from './data.mjs';
import { sdlOf } from './graph.mjs';
import { withResolvers } from './resolvers.mjs';

const userOf = ({ id }) => users.find((user) => user.id === id) ?? null;
const productOf = ({ upc }) => products.find((product) => product.upc === upc) ?? null;

/** What each resolves: fields by type, and the entity behind a representation by type. */
const subgraphs = {
  accounts: {
    fields: { Query: { users: () => users, user: (_, key) => userOf(key) } },
    entities: { User: userOf },
  },
  products: {
    fields: { Query: { topProducts: (_, { first }) => products.slice(0, first) } },
    entities: { Product: productOf },
  },
  reviews: {
    fields: {
      User: { reviews: ({ id }) => reviews.filter(({ authorId }) => authorId === id) },
      Product: { reviews: (product) => reviews.filter(({ upc }) => upc === product.upc) },
      Review: { author: ({ authorId }) => userOf({ id: authorId }), product: ({ upc }) => ({ upc }) },
    },
    entities: {
      User: ({ id }) => ({ id }),
      Product: ({ upc }) => ({ upc }),
      Review: (key) => reviews.find(({ id }) => id === key.id) ?? null,
    },
  },
  inventory: {
    fields: { Product: { shippingEstimate: shippingEstimateOf } },
    // Price and weight belong to `products`: they are what the gateway sends, or nothing.
    entities: { Product: ({ upc, price, weight }) => ({ upc, price, weight, inStock: productOf({ upc }).inStock }) },
  },
};

/** One subgraph's schema. `shownSdl` is what `_service` answers. */
export function subgraphSchema(name, shownSdl = sdlOf(name)) {
  const { fields, entities } = subgraphs[name];
  const own = withoutFederation(parse(sdlOf(name)));
  const machinery = parse(machineryFor(own, Object.keys(entities)));
  const definitions = [...own.definitions, ...machinery.definitions];
  const schema = buildASTSchema({ kind: Kind.DOCUMENT, definitions }, { assumeValidSDL: true });
  const find = (representation) => {
    const entity = entities[representation.__typename]?.(representation);
    return entity ? { ...entity, __typename: representation.__typename } : null;
  };
  schema.getType('_Entity').resolveType = ({ __typename }) => __typename;
  withResolvers(schema, fields);
  return withResolvers(schema, {
    [schema.getQueryType().name]: {
      _entities: (_, { representations }) => representations.map(find),
      _service: () => ({ sdl: shownSdl }),
    },
  });
}

/** What a subgraph answers to the text of a request, as text. */
export function answerTo(schema, text) {
  try {
    const { query, variables, operationName } = JSON.parse(text);
    return JSON.stringify(graphqlSync({ schema, source: query, variableValues: variables, operationName }));
  } catch (error) {
    return JSON.stringify({ errors: [{ message: String(error) }] });
  }
}

function withoutFederation(document) {
  return visit(document, { Directive: () => null, SchemaExtension: () => null });
}

/** `buildASTSchema` takes no extensions: the fields are put into the one `Query` that the SDL has, or make it. */
function machineryFor(document, entityTypes) {
  const fields = '_entities(representations: [_Any!]!): [_Entity]! _service: _Service!';
  const types = `scalar _Any union _Entity = ${entityTypes.join(' | ')} type _Service { sdl: String! }`;
  const query = document.definitions.find((node) => node.name?.value === 'Query');
  if (!query) return `type Query { ${fields} } ${types}`;
  const [added] = parse(`type Query { ${fields} }`).definitions;
  document.definitions[document.definitions.indexOf(query)] = { ...query, fields: [...query.fields, ...added.fields] };
  return types;
}
