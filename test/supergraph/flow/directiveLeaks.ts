import type { SmallGraph } from './smallFlow.js';

/** One kind of edge: a graph that leaks over it, what is found, and the same graph without the leak. */
export interface Leak {
  readonly title: string;
  readonly leaking: SmallGraph;
  readonly found: readonly string[];
  readonly fine: SmallGraph;
}

/** What subgraph `bank` is cleared for in most cases. */
export const bankCleared = ['RELATIONSHIP', 'BALANCE', 'FRAUD_SIGNAL', 'ACCOUNT_IDENTITY'] as const;

/** Subgraph `bank`, whose customer carries a balance and whatever else a case adds. */
export function bank(more = '', keys = '@key(fields: "ref")'): string {
  return `type Query { me: Customer @data(category: PLATFORM_PROFILE) }
    type Customer ${keys} { ref: ID! @data(category: PLATFORM_PROFILE) name: String @data(category: PLATFORM_PROFILE)
      balance: Int @data(category: BALANCE) ${more} }`;
}

/** The customer as subgraph `ads` sees it; its fields begin on line 2. */
function ads(fields: string, keys = '@key(fields: "ref")'): string {
  return `type Customer ${keys} { ref: ID! @data(category: PLATFORM_PROFILE)
    ${fields} }`;
}

const required = ads('balance: Int @external segment: Int @requires(fields: "balance") @data(category: AD_PROFILE)');
const harmless = ads('name: String @external segment: Int @requires(fields: "name") @data(category: AD_PROFILE)');

const accounts = `type Query { accounts: [Account!] @data(category: RELATIONSHIP) }
  interface Account @key(fields: "id") { id: ID! @data(category: RELATIONSHIP) balance: Int @data(category: BALANCE) }
  type Loan implements Account @key(fields: "id") { id: ID! @data(category: RELATIONSHIP) balance: Int @data(category: BALANCE) }`;

/** Subgraph `ads`, which adds a score to every account. */
function scored(category: string): string {
  return `type Account @interfaceObject @key(fields: "id") { id: ID! @data(category: RELATIONSHIP) balance: Int @external
    score: Int @requires(fields: "balance") @data(category: ${category}) }`;
}

/** Edges that directives of federation make between fields and subgraphs. */
export const directiveLeaks: readonly Leak[] = [
  {
    title: '`@requires`: into the field and into the subgraph',
    leaking: { sdl: { bank: bank(), ads: required } },
    found: [
      'FLOW_INTO_COORDINATE Customer.segment BALANCE requires@ads.graphql:2',
      'FLOW_INTO_SUBGRAPH subgraph ads BALANCE requires@ads.graphql:2',
    ],
    fine: { sdl: { bank: bank(), ads: harmless } },
  },
  {
    title: '`@requires`, under the right label but without clearance',
    leaking: { sdl: { bank: bank(), ads: required.replace('AD_PROFILE) }', 'BALANCE) }') } },
    found: ['FLOW_INTO_SUBGRAPH subgraph ads BALANCE requires@ads.graphql:2'],
    fine: {
      sdl: { bank: bank(), ads: required.replace('AD_PROFILE) }', 'BALANCE) }') },
      cleared: { ads: ['BALANCE'] },
    },
  },
  {
    title: '`@requires` in a chain over a second subgraph',
    leaking: {
      sdl: {
        bank: bank(),
        score: ads(
          'balance: Int @external score: Int @requires(fields: "balance") @data(category: DERIVED, from: [BALANCE])',
        ),
        ads: ads('score: Int @external segment: Int @requires(fields: "score") @data(category: AD_PROFILE)'),
      },
      cleared: { score: ['BALANCE'] },
    },
    found: [
      'FLOW_INTO_COORDINATE Customer.segment BALANCE+DERIVED requires@ads.graphql:2',
      'FLOW_INTO_SUBGRAPH subgraph ads BALANCE+DERIVED requires@ads.graphql:2',
    ],
    fine: {
      sdl: {
        bank: bank(),
        score: ads(
          'balance: Int @external score: Int @requires(fields: "balance") @data(category: DERIVED, from: [BALANCE])',
        ),
        ads: ads('segment: Int @data(category: AD_PROFILE)'),
      },
      cleared: { score: ['BALANCE'] },
    },
  },
  {
    title: '`@requires` of something nested, with arguments, in a fragment on an interface',
    leaking: {
      sdl: {
        bank: `${bank('main: Holding @data(category: PLATFORM_PROFILE)')}
          interface Holding { label: String @data(category: PLATFORM_PROFILE) }
          type Gold implements Holding { label: String @data(category: PLATFORM_PROFILE)
            worth(in: String @data(category: BALANCE)): Int @data(category: BALANCE) }`,
        ads: `${ads('main: Holding @external segment: Int @requires(fields: "main { ... on Gold { worth(in: \\"EUR\\") } }") @data(category: AD_PROFILE)')}
          interface Holding { label: String @external }
          type Gold implements Holding { label: String @external worth(in: String @data(category: BALANCE)): Int @external }`,
      },
      cleared: { bank: bankCleared },
    },
    found: [
      'FLOW_INTO_COORDINATE Customer.segment BALANCE requires@ads.graphql:2',
      'FLOW_INTO_SUBGRAPH subgraph ads BALANCE requires@ads.graphql:2',
    ],
    fine: { sdl: { bank: bank(), ads: harmless } },
  },
  {
    title: 'a key that carries a value',
    leaking: {
      sdl: {
        bank: bank('number: ID! @data(category: ACCOUNT_IDENTITY)', '@key(fields: "ref") @key(fields: "number")'),
        ads: `type Customer @key(fields: "number") { number: ID! @external
          segment: Int @data(category: AD_PROFILE) }`,
      },
      cleared: { bank: bankCleared },
    },
    found: [
      'FLOW_INTO_COORDINATE Customer.balance ACCOUNT_IDENTITY key@bank.graphql:2',
      'FLOW_INTO_COORDINATE Customer.name ACCOUNT_IDENTITY key@bank.graphql:2',
      'FLOW_INTO_COORDINATE Customer.ref ACCOUNT_IDENTITY key@bank.graphql:2',
      'FLOW_INTO_COORDINATE Customer.segment ACCOUNT_IDENTITY key@ads.graphql:1',
      'FLOW_INTO_SUBGRAPH subgraph ads ACCOUNT_IDENTITY key@ads.graphql:1',
    ],
    fine: { sdl: { bank: bank(), ads: ads('segment: Int @data(category: AD_PROFILE)') } },
  },
  {
    title: 'a nested key that the planner could choose beside a harmless one',
    leaking: {
      sdl: {
        bank: `${bank('home: Home @shareable @data(category: PLATFORM_PROFILE)', '@key(fields: "ref") @key(fields: "home { iban }")')}
          type Home { iban: ID! @shareable @data(category: ACCOUNT_IDENTITY) zip: ID @data(category: PLATFORM_PROFILE) }`,
        ads: `type Customer @key(fields: "ref") @key(fields: "home { iban }") { ref: ID! @data(category: PLATFORM_PROFILE)
            home: Home @external segment: Int @data(category: AD_PROFILE) }
          type Home { iban: ID! @external }`,
      },
      cleared: { bank: bankCleared },
    },
    found: ['FLOW_INTO_SUBGRAPH subgraph ads ACCOUNT_IDENTITY key@ads.graphql:1'],
    fine: { sdl: { bank: bank(), ads: ads('segment: Int @data(category: AD_PROFILE)') } },
  },
  {
    title: 'a call about rows that hang on alerts, by a harmless key',
    leaking: {
      sdl: {
        bank: `${bank('alerts: [Alert!] @data(category: FRAUD_SIGNAL)')}
          type Alert { id: ID! @data(category: FRAUD_SIGNAL) shop: Shop @data(category: FRAUD_SIGNAL) }
          type Shop @key(fields: "id") { id: ID! @data(category: OFFER_PUBLIC) }`,
        ads: `type Shop @key(fields: "id") { id: ID! @data(category: OFFER_PUBLIC)
          rank: Int @data(category: OFFER_PUBLIC) }`,
      },
      cleared: { bank: bankCleared },
    },
    found: ['FLOW_INTO_SUBGRAPH subgraph ads FRAUD_SIGNAL selection>selection>call@ads.graphql:1'],
    fine: {
      sdl: {
        bank: `${bank('shops: [Shop!] @data(category: OFFER_PUBLIC)')}
          type Shop @key(fields: "id") { id: ID! @data(category: OFFER_PUBLIC) }`,
        ads: `type Shop @key(fields: "id") { id: ID! @data(category: OFFER_PUBLIC)
          rank: Int @data(category: OFFER_PUBLIC) }`,
      },
    },
  },
  {
    title: '`@provides` of an open field below a financial edge',
    leaking: {
      sdl: {
        bank: `${bank('top: Shop @provides(fields: "name") @data(category: BALANCE)')}
          type Shop @key(fields: "id") { id: ID! @data(category: OFFER_PUBLIC) name: String @external }`,
        offers: `type Shop @key(fields: "id") { id: ID! @data(category: OFFER_PUBLIC) name: String @shareable @data(category: OFFER_PUBLIC) }`,
      },
      cleared: { bank: bankCleared, offers: ['BALANCE'] },
    },
    found: ['FLOW_INTO_COORDINATE Shop.name BALANCE provides@bank.graphql:3'],
    fine: {
      sdl: {
        bank: `${bank('top: Shop @provides(fields: "name") @data(category: OFFER_PUBLIC)')}
          type Shop @key(fields: "id") { id: ID! @data(category: OFFER_PUBLIC) name: String @external }`,
        offers: `type Shop @key(fields: "id") { id: ID! @data(category: OFFER_PUBLIC) name: String @shareable @data(category: OFFER_PUBLIC) }`,
      },
    },
  },
  {
    title: '`@override`, progressive: whoever takes a field over needs clearance for it',
    leaking: {
      sdl: {
        bank: bank(),
        ads: ads('balance: Int @override(from: "bank", label: "percent(1)") @data(category: AD_PROFILE)'),
      },
      cleared: { bank: bankCleared },
    },
    found: ['FLOW_INTO_SUBGRAPH subgraph ads BALANCE override@ads.graphql:2'],
    fine: {
      sdl: { bank: bank(), ads: ads('name: String @override(from: "bank") @data(category: PLATFORM_PROFILE)') },
      cleared: { bank: bankCleared },
    },
  },
  {
    title: '`@shareable`: an owner that labels less is bound by the one that labels more',
    leaking: {
      sdl: {
        bank: bank('mood: Int @shareable @data(category: BALANCE)'),
        ads: ads('mood: Int @shareable @data(category: AD_PROFILE)'),
      },
      cleared: { bank: bankCleared },
    },
    found: ['FLOW_INTO_SUBGRAPH subgraph ads BALANCE shareable@ads.graphql:2'],
    fine: {
      sdl: {
        bank: bank('mood: Int @shareable @data(category: PLATFORM_PROFILE)'),
        ads: ads('mood: Int @shareable @data(category: AD_PROFILE)'),
      },
    },
  },
  {
    title: '`@interfaceObject`: a field that another subgraph adds to every implementer',
    leaking: {
      sdl: { bank: accounts, ads: scored('AD_PROFILE') },
      cleared: { bank: bankCleared, ads: ['BALANCE', 'RELATIONSHIP'] },
    },
    found: [
      'FLOW_INTO_COORDINATE Account.score RELATIONSHIP key@ads.graphql:1',
      'FLOW_INTO_COORDINATE Account.score BALANCE requires@ads.graphql:2',
      'FLOW_INTO_COORDINATE Loan.score RELATIONSHIP key>interfaceObject@ads.graphql:2',
      'FLOW_INTO_COORDINATE Loan.score BALANCE requires>interfaceObject@ads.graphql:2',
    ],
    fine: {
      sdl: { bank: accounts, ads: scored('BALANCE') },
      cleared: { bank: bankCleared, ads: ['BALANCE', 'RELATIONSHIP'] },
    },
  },
  {
    title: '`@interfaceObject`: the key alone',
    leaking: { sdl: { bank: accounts, ads: scored('BALANCE') }, cleared: { bank: bankCleared, ads: ['BALANCE'] } },
    found: ['FLOW_INTO_SUBGRAPH subgraph ads RELATIONSHIP key@ads.graphql:1'],
    fine: {
      sdl: { bank: accounts, ads: scored('BALANCE') },
      cleared: { bank: bankCleared, ads: ['BALANCE', 'RELATIONSHIP'] },
    },
  },
  {
    title: '`@fromContext`: a value above the field becomes its argument',
    leaking: {
      sdl: {
        bank: `type Query { me: Customer @data(category: PLATFORM_PROFILE) }
          type Customer @key(fields: "ref") @context(name: "who") { ref: ID! @data(category: PLATFORM_PROFILE)
            balance: Int @data(category: BALANCE) nook: Nook @data(category: PLATFORM_PROFILE) }
          type Nook @key(fields: "id") { id: ID! @data(category: PLATFORM_PROFILE)
            hint(of: Int @fromContext(field: "$who { balance }") @data(category: BALANCE)): Int @data(category: PLATFORM_PROFILE) }`,
      },
      cleared: { bank: bankCleared },
    },
    found: [
      'FLOW_INTO_COORDINATE Nook.hint BALANCE fromContext@bank.graphql:5',
      'FLOW_INTO_ARGUMENT Nook.hint(of:) BALANCE argument@bank.graphql:5',
    ],
    fine: { sdl: { bank: bank() } },
  },
];
