/** A project of two small subgraphs: what a policy is loaded from, and that each of its checks is made. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadPolicy, type LoadedPolicy } from '../../src/policy/loadPolicy.js';
import { hashOf } from '../../src/policy/lock/book.js';

const link = (...imports: string[]): string => `extend schema
  @link(url: "https://specs.apollo.dev/link/v1.0")
  @link(url: "https://specs.apollo.dev/federation/v2.7", import: [${['@key', '@inaccessible', '@shareable', '@composeDirective', ...imports].map((name) => `"${name}"`).join(', ')}])
  @link(url: "https://ringfence.dev/policy/v1.0", import: ["@data", "@value", "@declassify", "DataCategory"])
  @composeDirective(name: "@data")
  @composeDirective(name: "@value")\n`;

const rows = readFileSync('policy/matrix.yaml', 'utf8').split('\n# Edges that open')[0] ?? '';

/** The files of a project that loads. */
const sound: Readonly<Record<string, string>> = {
  'schema/policy.graphql': readFileSync('schema/policy.graphql', 'utf8'),
  'schema/bank.graphql': `${link()}type Query { me: Customer @data(category: PLATFORM_PROFILE) }
type Customer @key(fields: "id") { id: ID! @data(category: PLATFORM_PROFILE) balance: Int @data(category: BALANCE) note: String @data(category: PLATFORM_PROFILE) }
interface Named { name: String @data(category: APP_PUBLIC) }
type App implements Named { name: String @data(category: APP_PUBLIC) }\n`,
  'schema/platform/ads.graphql': `${link('@requires', '@external', '@policy')}type Query { adProfile: AdProfile @data(category: AD_PROFILE) }
type AdProfile { interests: String @data(category: AD_PROFILE) }\n`,
  'policy/matrix.yaml': `${rows}
anchors: {}
picking: []
writes: {}
open: [PLATFORM_PROFILE, INSTITUTION_PUBLIC, OFFER_PUBLIC, APP_PUBLIC]
entries: { AD_PROFILE: { AD_TARGETING: [Query.adProfile, AdProfile.interests] } }\n`,
  'policy/clearances.yaml': 'clearances: { bank: [BALANCE, RELATIONSHIP], ads: [] }\n',
  'policy/clients.yaml': 'clients: { insights: [ANALYTICS] }\n',
};

type Edit = readonly [file: string, from: string, to: string];

/** The policy of the sound project with some texts replaced. */
function loaded(...edits: readonly Edit[]): LoadedPolicy {
  const root = mkdtempSync(join(tmpdir(), 'ringfence-small-'));
  try {
    for (const [file, text] of Object.entries(sound)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    for (const edit of edits) make(root, edit);
    const policy = loadPolicy(root);
    expect(['ok', 'problems']).toContain(policy.kind);
    return policy;
  } finally {
    rmSync(root, { recursive: true });
  }
}

function make(root: string, [file, from, to]: Edit): void {
  const text = from === '' ? '' : readFileSync(join(root, file), 'utf8');
  if (!text.includes(from)) throw new Error(`\`${file}\` does not hold \`${from}\``);
  writeFileSync(join(root, file), text.replace(from, to));
}

function problemsOf(...edits: readonly Edit[]): string[] {
  const policy = loaded(...edits);
  return policy.kind === 'ok'
    ? []
    : policy.problems.map(({ code, coordinate }) => `${code} ${coordinate ?? ''}`.trim());
}

const bank = 'schema/bank.graphql';
const ads = 'schema/platform/ads.graphql';

describe('a project', () => {
  test('that is sound becomes a policy of all its files', () => {
    const policy = loaded();
    if (policy.kind === 'problems') throw new Error(JSON.stringify(policy.problems));
    expect(policy.subgraphs.map(({ name }) => name)).toEqual(['bank', 'ads']);
    expect(policy.supergraphSdl).toContain('url: "http://ads.subgraph.ringfence"');
    expect(policy.classification.labels.has('Customer.balance')).toBe(true);
    expect(policy.table.verdict('ACCOUNT_SERVICING', 'Customer.balance', false)).toBe('allow');
    expect(policy.table.verdict('AD_TARGETING', 'AdProfile.interests', false)).toBe('allow');
    expect(Object.keys(policy.views)).toEqual(['first-party', 'ads', 'open', 'audit']);
    expect([policy.flow.findings, [...policy.flow.received.keys()]]).toEqual([[], ['bank', 'ads']]);
    expect([policy.clients.has('insights'), policy.clearances.get('ads'), policy.policies.size]).toEqual([true, 0, 0]);
    expect(policy.hash).toBe(hashOf(policy.book));
    expect(policy.book['clients']).toEqual({ insights: ['ANALYTICS'] });
  });

  test.each<[string, Edit[], string[]]>([
    ['SDL that does not parse', [[bank, 'type Query {', 'type Query {{']], ['SYNTAX']],
    [
      'a field without a label',
      [[bank, 'balance: Int @data(category: BALANCE)', 'balance: Int']],
      ['UNCLASSIFIED Customer.balance'],
    ],
    [
      'a file that is missing a row',
      [['policy/matrix.yaml', '  ELIGIBILITY: *never\n', '']],
      ['POLICY_FILE rows.ELIGIBILITY'],
    ],
    [
      'a cell that nobody can consent to',
      [
        [
          'policy/matrix.yaml',
          '&never\n    RELATIONSHIP: deny\n    ACCOUNT_IDENTITY: deny',
          '&never\n    RELATIONSHIP: deny\n    ACCOUNT_IDENTITY: item',
        ],
      ],
      [
        'AD_TARGETING',
        'AD_MEASUREMENT',
        'CROSS_SELL',
        'CONTENT_RANKING',
        'THIRD_PARTY_SHARING',
        'DATA_SALE',
        'ANALYTICS',
        'MODEL_TRAINING',
        'ELIGIBILITY',
      ].map((purpose) => `NEVER_CONSENTABLE rows.${purpose}.ACCOUNT_IDENTITY`),
    ],
    [
      'a list of what is not there',
      [['policy/matrix.yaml', 'picking: []', 'picking: [Customer.name]']],
      ['MATRIX picking.0'],
    ],
    [
      'a list of half a family',
      [['policy/matrix.yaml', 'anchors: {}\npicking: []', 'anchors: { FRAUD_ALERTS: [App.name] }\npicking: []']],
      ['MATRIX anchors.FRAUD_ALERTS.0', 'MATRIX Named.name'],
    ],
    ['a subgraph without clearance', [['policy/clearances.yaml', ', ads: []', '']], ['CLEARANCE clearances']],
    ['a client without purposes', [['policy/clients.yaml', '[ANALYTICS]', '[]']], ['POLICY_FILE clients.insights']],
    [
      'a field that may be denied and not be null',
      [[bank, 'balance: Int ', 'balance: Int! ']],
      ['DENIABLE_NON_NULL Customer.balance'],
    ],
    [
      'a policy that no file names',
      [[ads, 'interests: String', 'interests: String @policy(policies: [["figures"]])']],
      ['POLICY_NAME AdProfile.interests'],
    ],
    [
      'an empty demand',
      [[ads, 'interests: String', 'interests: String @policy(policies: [])']],
      ['EMPTY_REQUIREMENT AdProfile.interests'],
    ],
    [
      'an exception that stops nothing',
      [[bank, 'note: String', 'note: String @declassify(category: BALANCE, reason: "r", approver: "a")']],
      ['DECLASSIFY_IDLE Customer.note'],
    ],
    [
      'subgraphs that do not compose',
      [
        [
          ads,
          'type AdProfile {',
          'type Customer @key(fields: "id") { id: ID! @shareable @data(category: PLATFORM_PROFILE) balance: String @shareable @data(category: BALANCE) }\ntype AdProfile {',
        ],
      ],
      ['COMPOSITION', 'COMPOSITION', 'FLOW_INTO_SUBGRAPH subgraph ads'],
    ],
    [
      'a value that ads would be handed',
      [
        [
          ads,
          'type AdProfile {',
          'type Customer @key(fields: "id") { id: ID! @data(category: PLATFORM_PROFILE) balance: Int @external @data(category: BALANCE) reach: Int @requires(fields: "balance") @data(category: AD_PROFILE) }\ntype AdProfile {',
        ],
      ],
      ['FLOW_INTO_COORDINATE Customer.reach', 'FLOW_INTO_SUBGRAPH subgraph ads'],
    ],
  ])('does not become one with %s', (_, edits, expected) => {
    expect(problemsOf(...edits)).toEqual(expected);
  });

  test('does not become one with what composition brings forth and nobody labelled, arguments included', () => {
    const renamed: Edit[] = [
      [ads, 'extend schema', 'schema'],
      [ads, '@composeDirective(name: "@value")', '@composeDirective(name: "@value") { query: Ads }'],
      [ads, 'type Query { adProfile:', 'type Ads { adProfile(id: ID @data(category: AD_PROFILE)):'],
    ];
    expect(problemsOf(...renamed).filter((line) => line.startsWith('UNCLASSIFIED'))).toEqual([
      'UNCLASSIFIED Query.adProfile',
      'UNCLASSIFIED Query.adProfile(id:)',
    ]);
    const policy = loaded(...renamed);
    expect(policy.kind === 'problems' && policy.problems.find(({ code }) => code === 'UNCLASSIFIED')?.message).toBe(
      'is in the composed graph and in no classification',
    );
  });

  test('does not become one with policies that do not read, and meets a demand by those that do', () => {
    const demand: Edit = [ads, 'interests: String', 'interests: String @policy(policies: [["figures"]])'];
    const named = (purpose: string): Edit => ['policy/policies.yaml', '', `policies: { figures: [${purpose}] }`];
    expect(problemsOf(demand, named('CURIOSITY'))).toEqual(['POLICY_FILE policies.figures.0']);
    const policy = loaded(demand, named('AD_TARGETING'));
    if (policy.kind === 'problems') throw new Error(JSON.stringify(policy.problems));
    expect(policy.restrictions.has('AdProfile.interests')).toBe(true);
    expect(policy.table.meets('AD_TARGETING', 'AdProfile.interests', new Set())).toBe(true);
    expect(policy.table.meets('AD_MEASUREMENT', 'AdProfile.interests', new Set())).toBe(false);
  });

  test('lets the relationship flow into what is financial, which implies it', () => {
    const edits: Edit[] = [
      ['policy/clearances.yaml', 'ads: []', 'ads: [BALANCE, RELATIONSHIP]'],
      [bank, 'note: String', 'linked: Int @data(category: RELATIONSHIP) note: String'],
      [
        ads,
        'type AdProfile {',
        `type Customer @key(fields: "id") { id: ID! @data(category: PLATFORM_PROFILE) linked: Int @external @data(category: RELATIONSHIP)
          derived: Int @requires(fields: "linked") @data(category: BALANCE) }\ntype AdProfile {`,
      ],
    ];
    expect(problemsOf(...edits)).toEqual([]);
    const open: Edit = [
      ads,
      '@requires(fields: "linked") @data(category: BALANCE)',
      '@requires(fields: "linked") @data(category: APP_PUBLIC)',
    ];
    expect(problemsOf(...edits, open)).toEqual(['FLOW_INTO_COORDINATE Customer.derived']);
  });

  test('with problems is a draft where it compiled, and nothing where it did not', () => {
    const draftOf = (edit: Edit): unknown => {
      const policy = loaded(edit);
      return policy.kind === 'problems' && policy.draft?.hash;
    };
    expect(draftOf([bank, 'balance: Int ', 'balance: Int! '])).toMatch(/^[0-9a-f]{64}$/);
    expect(draftOf([bank, 'balance: Int @data(category: BALANCE)', 'balance: Int'])).toBeUndefined();
  });
});
