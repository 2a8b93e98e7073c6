import { bank, bankCleared, type Leak } from './directiveLeaks.js';

/** Edges that selections, arguments and outcomes make. */
export const selectionLeaks: readonly Leak[] = [
  {
    title: 'an open list of rows that have nothing open',
    leaking: {
      sdl: {
        bank: `type Query { every: [Account!] @data(category: OFFER_PUBLIC) }
          type Account { id: ID! @data(category: RELATIONSHIP) total: Int @data(category: BALANCE) }`,
      },
      cleared: { bank: bankCleared },
    },
    found: ['FLOW_INTO_COORDINATE Query.every RELATIONSHIP fan-out@bank.graphql:1'],
    fine: {
      sdl: {
        bank: `type Query { every: [Account!] @data(category: RELATIONSHIP) }
          type Account { id: ID! @data(category: RELATIONSHIP) total: Int @data(category: BALANCE) }`,
      },
    },
  },
  {
    title: 'counts and cursors: an open connection of such rows',
    leaking: {
      sdl: {
        bank: `type Query { every: Page @data(category: OFFER_PUBLIC) }
          type Page @value { nodes: [Account!] totalCount: Int }
          type Account { id: ID! @data(category: RELATIONSHIP) }`,
      },
    },
    found: ['FLOW_INTO_COORDINATE Query.every RELATIONSHIP fan-out@bank.graphql:1'],
    fine: {
      sdl: {
        bank: `type Query { every: Page @data(category: RELATIONSHIP) }
          type Page @value { nodes: [Account!] totalCount: Int }
          type Account { id: ID! @data(category: RELATIONSHIP) }`,
      },
    },
  },
  {
    title: 'an open `node` whose interface has financial implementers',
    leaking: {
      sdl: {
        bank: `type Query { node(id: ID! @data(category: OFFER_PUBLIC)): Node @data(category: OFFER_PUBLIC) }
          interface Node { id: ID! @data(category: RELATIONSHIP) }
          type Account implements Node { id: ID! @data(category: RELATIONSHIP) }`,
      },
    },
    found: ['FLOW_INTO_COORDINATE Query.node RELATIONSHIP selection@bank.graphql:1'],
    fine: {
      sdl: {
        bank: `type Query { node(id: ID! @data(category: OFFER_PUBLIC)): Node @data(category: OFFER_PUBLIC) }
          interface Node { id: ID! @data(category: OFFER_PUBLIC) }
          type Offer implements Node { id: ID! @data(category: OFFER_PUBLIC) }`,
      },
    },
  },
  {
    title: 'the outcome of an open mutation over financial rows',
    leaking: {
      sdl: {
        bank: `${bank()} type Mutation { probe: Account @data(category: PLATFORM_PROFILE) }
          type Account { id: ID! @data(category: RELATIONSHIP) }`,
      },
    },
    found: ['FLOW_INTO_COORDINATE Mutation.probe RELATIONSHIP outcome@bank.graphql:3'],
    fine: {
      sdl: {
        bank: `${bank()} type Mutation { probe: Account @data(category: RELATIONSHIP) }
          type Account { id: ID! @data(category: RELATIONSHIP) }`,
      },
    },
  },
  {
    title: 'an edge that leads back to `Query`, whose root fields another subgraph answers',
    leaking: {
      sdl: {
        bank: `${bank('alert: Alert @data(category: FRAUD_SIGNAL)')} extend type Query { trends: Int @shareable @data(category: AD_PROFILE) } type Alert { again: Query @data(category: FRAUD_SIGNAL) }`,
        ads: `type Query { trends: Int @shareable @data(category: AD_PROFILE) }`,
      },
      cleared: { bank: bankCleared },
    },
    found: ['FLOW_INTO_SUBGRAPH subgraph ads FRAUD_SIGNAL selection>selection>call@ads.graphql:1'],
    fine: {
      sdl: {
        bank: `${bank('alert: Alert @data(category: FRAUD_SIGNAL)')} extend type Query { trends: Int @shareable @data(category: AD_PROFILE) } type Alert { at: Int @data(category: FRAUD_SIGNAL) }`,
        ads: `type Query { trends: Int @shareable @data(category: AD_PROFILE) }`,
      },
      cleared: { bank: bankCleared },
    },
  },
  {
    title: 'an argument that is compared with a balance, on an open field',
    leaking: {
      sdl: { bank: bank('rich(over: Int @data(category: BALANCE)): Boolean @data(category: PLATFORM_PROFILE)') },
      cleared: { bank: bankCleared },
    },
    found: ['FLOW_INTO_ARGUMENT Customer.rich(over:) BALANCE argument@bank.graphql:3'],
    fine: {
      sdl: { bank: bank('rich(over: Int @data(category: BALANCE)): Boolean @data(category: BALANCE)') },
      cleared: { bank: bankCleared },
    },
  },
  {
    title: 'the same inside nested input objects, with a default',
    leaking: {
      sdl: {
        bank: `${bank('some(where: Filter = { range: { from: 1 } } @data(category: PLATFORM_PROFILE)): Int @data(category: PLATFORM_PROFILE)')}
          input Filter { range: Range @data(category: PLATFORM_PROFILE) }
          input Range { from: Int @data(category: BALANCE) }`,
      },
      cleared: { bank: bankCleared },
    },
    found: ['FLOW_INTO_ARGUMENT Customer.some(where:) BALANCE argument@bank.graphql:5'],
    fine: {
      sdl: {
        bank: `${bank('some(where: Filter @data(category: BALANCE)): Int @data(category: BALANCE)')}
          input Filter { range: Range @data(category: BALANCE) }
          input Range { from: Int @data(category: BALANCE) }`,
      },
      cleared: { bank: bankCleared },
    },
  },
  {
    title: 'an argument, and an input field below one, handed to a subgraph without clearance',
    leaking: {
      sdl: {
        ads: `type Query { find(at: Filter @data(category: RELATIONSHIP)): Int @data(category: BALANCE) }
          input Filter { over: Int @data(category: BALANCE) }`,
      },
    },
    found: [
      'FLOW_INTO_SUBGRAPH subgraph ads RELATIONSHIP argument@ads.graphql:1',
      'FLOW_INTO_SUBGRAPH subgraph ads BALANCE argument@ads.graphql:1',
    ],
    fine: {
      sdl: {
        ads: `type Query { find(at: Filter @data(category: AD_PROFILE)): Int @data(category: AD_PROFILE) }
          input Filter { over: Int @data(category: AD_PROFILE) }`,
      },
    },
  },
];
