import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Two subgraphs: ads answers one open field, bank answers accounts through an interface. */
export const supergraph = `
schema @link(url: "https://specs.apollo.dev/join/v0.4", for: EXECUTION) { query: Query }
directive @join__graph(name: String!, url: String!) on ENUM_VALUE
directive @data(category: [DataCategory!]!, reduced: Boolean = false) repeatable on FIELD_DEFINITION | ARGUMENT_DEFINITION
enum join__Graph { ADS @join__graph(name: "ads", url: "a") BANK @join__graph(name: "bank", url: "b") }
"""
A description with "quotes", { braces } and # no comment.
"""
type Query @join__type(graph: ADS) @join__type(graph: BANK) {
  adProfile(id: ID! @data(category: AD_PROFILE)): AdProfile @data(category: AD_PROFILE) @join__field(graph: ADS)
  "One line."
  account(id: ID! @data(category: RELATIONSHIP)): Account @data(category: RELATIONSHIP) @join__field(graph: BANK)
}
type AdProfile @join__type(graph: ADS, key: "locale") @join__type(graph: BANK, key: "locale", resolvable: false) {
  locale: String @data(category: AD_PROFILE)
  interests: [String!] @data(category: AD_PROFILE) @join__field(graph: ADS)
}
interface Account @join__type(graph: BANK, key: "id") {
  id: ID! @data(category: RELATIONSHIP)
  balances: [Balance!] @data(category: BALANCE)
}
type DepositAccount implements Account @join__type(graph: BANK, key: "id") {
  id: ID! @data(category: RELATIONSHIP)
  balances: [Balance!] @data(category: BALANCE)
}
type Balance @value @join__type(graph: BANK) { amount: String! }
scalar Decimal @join__type(graph: BANK)
`;

const bank = ['bank'];
const label = (categories: readonly string[], owners: readonly string[]) => ({
  categories,
  from: [],
  reduced: false,
  inaccessible: false,
  owners,
});

const adsReads = ['AdProfile.interests', 'AdProfile.locale', 'Query.adProfile', 'Query.adProfile(id:)'];
const ids = ['Account.id', 'DepositAccount.id', 'Query.account', 'Query.account(id:)'];
const balances = ['Account.balances', 'DepositAccount.balances'];

/** What each purpose reads of that graph, by hand. */
const plain: Readonly<Record<string, readonly string[]>> = {
  ACCOUNT_SERVICING: [...ids, ...balances],
  FRAUD_ALERTS: ids,
  SUPPORT_CHAT: ids,
  P2P_PAYMENT: ids,
  MERCHANT_CHECKOUT: ids,
  CONSENT_MANAGEMENT: [...ids, 'AdProfile.interests', 'AdProfile.locale'],
  COMPLIANCE_AUDIT: [],
  AD_TARGETING: adsReads,
  AD_MEASUREMENT: adsReads,
  CROSS_SELL: [],
  CONTENT_RANKING: [],
  THIRD_PARTY_SHARING: [],
  DATA_SALE: [],
  ANALYTICS: [],
  MODEL_TRAINING: [],
  ELIGIBILITY: [],
};

/** The lists that every certificate repeats. */
function agreed(): Record<string, unknown> {
  const file = new URL('../../docs/review/agreed.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}

/** The hash that a certificate names for a supergraph's text. */
export const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** A certificate of that graph that holds: written by hand but for the lists of `agreed.json`. A new object each time. */
export function certificate() {
  const labels = {
    'Query.adProfile': label(['AD_PROFILE'], ['ads']),
    'Query.adProfile(id:)': label(['AD_PROFILE'], ['ads']),
    'Query.account': label(['RELATIONSHIP'], bank),
    'Query.account(id:)': label(['RELATIONSHIP'], bank),
    'AdProfile.locale': label(['AD_PROFILE'], ['ads', 'bank']),
    'AdProfile.interests': label(['AD_PROFILE'], ['ads']),
    'Account.id': label(['RELATIONSHIP'], bank),
    'Account.balances': label(['BALANCE'], bank),
    'DepositAccount.id': label(['RELATIONSHIP'], bank),
    'DepositAccount.balances': label(['BALANCE'], bank),
  };
  const reaching = Object.fromEntries(Object.entries(labels).map(([at, { categories }]) => [at, [...categories]]));
  return structuredClone({
    ...agreed(),
    format: 'ringfence-certificate/1',
    supergraph: digestOf(supergraph),
    policyHash: '12ab',
    valueTypes: ['Balance'],
    labels,
    reaching: {
      ...reaching,
      'Query.account': ['RELATIONSHIP', 'BALANCE'],
      'rows of Query.account': ['RELATIONSHIP', 'BALANCE'],
      'rows of Account': ['RELATIONSHIP', 'BALANCE'],
    },
    received: { ads: ['AD_PROFILE'], bank: ['RELATIONSHIP', 'BALANCE'] },
    edges: [
      { from: 'Account.id', to: 'subgraph bank', reason: 'key', words: 'bank is called with Account.id' },
      {
        from: 'Account.balances',
        to: 'Query.account',
        reason: 'outcome',
        words: 'a row without balances is no account',
      },
      { from: 'Query.account', to: 'rows of Query.account', reason: 'selection', words: 'an account is there' },
      { from: 'rows of Query.account', to: 'rows of Account', reason: 'selection', words: 'so is its row' },
      { from: 'rows of Account', to: 'subgraph bank', reason: 'call', words: 'bank is called for it' },
    ],
    declassifications: [],
    readable: Object.fromEntries(Object.entries(plain).map(([purpose, list]) => [purpose, { plain: list, item: [] }])),
  }) as unknown as Certificate;
}

/** The parts that tests plant breaches in. */
export interface Certificate {
  [key: string]: unknown;
  labels: Record<string, { categories: string[]; owners: string[]; reduced: boolean; inaccessible: boolean }>;
  reaching: Record<string, string[]>;
  received: Record<string, string[]>;
  clearances: Record<string, string[]>;
  matrix: Record<string, Record<string, string>>;
  writes: Record<string, string[]>;
  edges: { from: string; to: string; reason: string; words: string }[];
  declassifications: object[];
  readable: Record<string, { plain: string[]; item: string[] }>;
}
