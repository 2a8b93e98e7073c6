/** Probes that need no running system: what a careless edit, a hostile bank or a stolen grant gets past. */
import { readFileSync } from 'node:fs';
import { createOnce } from '../../resolvers/idempotency.js';
import { openPolicy, wholeSchema } from '../../src/gateway/index.js';
import { createSubgraph } from '../../src/partner/index.js';
import { compareBooks, loadPolicy, permissions } from '../../src/policy/index.js';
import { publicProfile } from '../../src/policy/rules.js';
import { readRestrictions } from '../../src/supergraph/index.js';
import { createCaller, grantFor, policyHash } from '../partner/caller.js';
import { account, holding } from '../partition/rows.js';
import { createWorld, standingAt } from '../partition/world.js';
import { type Edit, onProjectCopy } from '../policy/projectCopy.js';
import { directiveLeaks } from '../supergraph/flow/directiveLeaks.js';
import { selectionLeaks } from '../supergraph/flow/selectionLeaks.js';
import { flowOf, subgraphsOf } from '../supergraph/flow/smallFlow.js';
import { classifySdl } from '../supergraph/smallGraph.js';
import type { Probe } from './probe.js';

/** Class → the beginning of the title of a small graph that leaks that way. */
const leaking: readonly (readonly [number, string])[] = [
  [1, '`@interfaceObject`: a field'],
  [5, '`@requires`, under the right label'],
  [11, 'an argument that is compared'],
  [11, 'the same inside nested input objects'],
  [12, 'the outcome of an open mutation'],
  [13, '`@requires` in a chain'],
  [14, '`@requires`: into the field'],
  [15, 'a key that carries a value'],
  [15, 'a nested key that the planner'],
  [16, '`@provides`'],
  [16, '`@override`'],
  [16, '`@shareable`'],
  [16, '`@fromContext`'],
  [19, 'an open `node`'],
  [40, 'a call about rows that hang on alerts'],
];

const leaks = [...directiveLeaks, ...selectionLeaks];

const flows: readonly Probe[] = leaking.map(([of, beginning]) => {
  const leak = leaks.find(({ title }) => title.startsWith(beginning));
  if (leak === undefined) throw new Error(`there is no small graph \`${beginning}\``);
  return {
    of,
    tries: `a graph leaks by ${leak.title}`,
    learns: async () => (flowOf(leak.leaking).findings.length === 0 ? ['the graph is taken'] : []),
  };
});

const family = (more: string) => `type Query { accounts: [Account!] @data(category: RELATIONSHIP) }
  interface Account { nickname: String @data(category: ACCOUNT_IDENTITY) }
  type Loan implements Account { nickname: String @data(category: ACCOUNT_IDENTITY) } ${more}`;

const customer = 'type Customer @key(fields: "ref") { ref: ID! @data(category: PLATFORM_PROFILE)';

const labels: readonly Probe[] = [
  {
    of: 2,
    tries: 'a new implementer has no labels',
    learns: async () => taken(family('type Brokerage implements Account { nickname: String }')),
  },
  {
    of: 4,
    tries: 'a scalar has the label, the field has none',
    learns: async () => taken(`scalar Amount @data(category: BALANCE) ${family('extend type Loan { total: Amount }')}`),
  },
  {
    of: 18,
    tries: 'an open field requires an inaccessible one',
    learns: async () => {
      const { findings } = flowOf({
        sdl: {
          bank: `type Query { me: Customer @data(category: PLATFORM_PROFILE) }
            ${customer} total: Int @inaccessible @data(category: BALANCE) }`,
          ads: `${customer} total: Int @external reach: Int @requires(fields: "total") @data(category: AD_PROFILE) }`,
        },
        cleared: { bank: ['BALANCE'] },
      });
      return findings.length === 0 ? ['the graph is taken'] : [];
    },
  },
];

function taken(sdl: string): readonly string[] {
  return classifySdl({ bank: sdl }).kind === 'ok' ? ['the graph is taken'] : [];
}

/** Serves a copy of the project with an edit, and learns that it would have been served. */
const serving =
  (edit: Edit): Probe['learns'] =>
  async () =>
    onProjectCopy([edit], (root) =>
      openPolicy(root).then(
        () => ['the edited policy is served'],
        () => [],
      ),
    );

const edits: readonly Probe[] = [
  {
    of: 14,
    tries: 'the ads system joins on the key of accounts',
    learns: serving({
      file: 'schema/platform/ads.graphql',
      from: 'type AdProfile {',
      to: `type BankConnection @key(fields: "bankId reference") { bankId: ID! @inaccessible @data(category: RELATIONSHIP)
        reference: ID! @inaccessible @data(category: RELATIONSHIP) reach: Int @data(category: AD_PROFILE) } type AdProfile {`,
    }),
  },
  {
    of: 37,
    tries: 'a label of less weight',
    learns: serving({
      file: 'schema/bank.graphql',
      from: 'payment: Payment @data(category: [CONVERSATION, PAYMENT_ACTIVITY])',
      to: 'payment: Payment @data(category: CONVERSATION)',
    }),
  },
  {
    of: 52,
    tries: 'one person lets another client in',
    learns: serving({
      file: 'policy/clients.yaml',
      from: 'insights: [ANALYTICS]',
      to: 'insights: [ANALYTICS, ACCOUNT_SERVICING]',
    }),
  },
  {
    of: 31,
    tries: 'a field that can be denied, declared non-null',
    learns: async () => {
      const from = '  transaction: Transaction @data(category: [CONVERSATION, TRANSACTION_CORE])';
      const edit = { file: 'schema/bank.graphql', from, to: from.replace('Transaction @', 'Transaction! @') };
      const loaded = await onProjectCopy([edit], loadPolicy);
      return loaded.kind === 'ok' ? ['the policy loads'] : [];
    },
  },
  {
    of: 35,
    tries: 'a rule of the shield that lets everybody read',
    learns: async () => {
      const policy = loadPolicy('.');
      if (policy.kind === 'problems') throw new Error('the policy of the repository has problems');
      const { DepositAccount = {}, ...rest } = permissions;
      const open = { ...DepositAccount, balances: publicProfile };
      const book = { ...rest, DepositAccount: open } as typeof permissions;
      const schema = wholeSchema(policy.supergraphSdl);
      const found = await compareBooks({ schema, table: policy.table, permissions: book });
      return found.length === 0 ? ['nobody objects'] : [];
    },
  },
  {
    of: 17,
    tries: 'a requirement that is empty, under a name of its own',
    learns: async () => {
      const link =
        'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [{ name: "@requiresScopes", as: "@needs" }])';
      const { problems } = readRestrictions(
        subgraphsOf({ bank: 'type Query { total: Int @needs(scopes: [[]]) }' }, link),
      );
      return problems.length === 0 ? ['nobody objects'] : [];
    },
  },
];

const rowsOf = (reference: string) => holding({ accounts: [account(reference)] });

const partners: readonly Probe[] = [
  {
    of: 20,
    tries: 'a bank answers with an account that was not granted',
    learns: async () => {
      const world = createWorld({
        banks: [standingAt('harbor', { a1: ['ACCOUNT_IDENTITY'] })],
        rows: { harbor: rowsOf('a9') },
      });
      return /nickname of a9/.exec(await world.text('{ me { accounts { id nickname } } }')) ?? [];
    },
  },
  {
    of: 49,
    tries: 'an idempotency key of another customer',
    learns: async () => {
      const once = createOnce(() => new Date());
      const pay = (holder: string, amount: string) =>
        once(
          { holder, client: 'messenger', purpose: 'P2P_PAYMENT', key: 'same', body: ['sendPayment', amount] },
          () => amount,
        );
      pay('wl-1', '3.00');
      try {
        return pay('wl-2', '4.00') === '4.00' ? [] : ['the payment of another'];
      } catch {
        return ['the key is in use'];
      }
    },
  },
  {
    of: 41,
    tries: 'a grant is used with another body',
    learns: async () => {
      const now = (): Date => new Date('2026-11-22T12:00:00Z');
      const caller = createCaller(now);
      const sdl = `${readFileSync('schema/policy.graphql', 'utf8')}
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])
        type Query { app(id: ID! @data(category: APP_PUBLIC)): App @data(category: APP_PUBLIC) }
        type App @key(fields: "id") { id: ID! @data(category: APP_PUBLIC) name: String @data(category: APP_PUBLIC) }`;
      const resolvers = {
        Query: { app: () => ({ id: '2', name: 'two' }) },
        App: { __resolveReference: () => null },
      };
      const options = { name: 'apps', sdl, resolvers, keys: caller.keys, agreement: 'none', policyHash, now } as const;
      const [bound, sent] = ['1', '2'].map((id) => JSON.stringify({ query: `{ app(id: "${id}") { name } }` }));
      const grant = grantFor({ aud: 'apps', purpose: 'ANALYTICS' }, now());
      const headers = await caller.headers(grant, bound ?? '');
      const { body } = await createSubgraph(options).answer({ headers, body: sent ?? '' });
      return body.includes('two') ? ['the call was answered'] : [];
    },
  },
];

/** Probes of single parts: milliseconds each. */
export const partProbes: readonly Probe[] = [...flows, ...labels, ...partners];

/** Probes that put a whole project together, a second or two each. */
export const editProbes: readonly Probe[] = edits;
