import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { authorizeOperation, Verdicts } from '../../src/authorize/index.js';
import { defaultOperationLimits, parseOperation } from '../../src/operation/index.js';
import { previewAsked, type PreviewRules } from '../../src/partition/index.js';
import {
  compilePlan,
  createPlanner,
  type EntityFetchNode,
  type Exchange,
  type PlanNode,
  type RootFetchNode,
} from '../../src/plan/index.js';
import { type Agreement, financialMask, maskOf } from '../../src/policy/index.js';
import { contracts, createWorld, policy, principalOf, sealer, standingAt } from './world.js';

const planner = createPlanner(policy.supergraphSdl);
const principal = principalOf({});
const partners = ['harbor', 'summit', 'prairie'];
const withoutBalances = financialMask & ~maskOf(['BALANCE']);
const banks = [
  standingAt('harbor', { a1: ['BALANCE', 'ACCOUNT_IDENTITY'], a2: ['ACCOUNT_IDENTITY'] }),
  standingAt('summit', { b1: ['BALANCE', 'ACCOUNT_IDENTITY'] }),
];

async function rulesHere(): Promise<PreviewRules> {
  const agreement = (bank: string): Agreement => {
    const covers = new Map([['ACCOUNT_SERVICING', bank === 'summit' ? withoutBalances : financialMask] as const]);
    return { bank, status: 'LIVE', region: 'US', covers };
  };
  const schema = contracts.get('bank');
  if (!schema) throw new Error('no contract');
  const consents = { standing: async () => ({ epoch: 1, banks }), epoch: async () => 1, knownEpoch: () => 1 };
  const agreements = { agreement, agreements: () => partners.map(agreement) };
  return { table: policy.table, partners, agreements, consents, sealer, schema };
}

function fetchesOf(node: PlanNode | null): readonly (RootFetchNode | EntityFetchNode)[] {
  if (node?.kind === 'sequence' || node?.kind === 'parallel') return node.nodes.flatMap(fetchesOf);
  return node?.kind === 'rootFetch' || node?.kind === 'entityFetch' ? [node] : [];
}

async function previewsOf(source: string, variables: Readonly<Record<string, unknown>> = {}) {
  const { schema } = policy.views['first-party'];
  const parsed = parseOperation({ document: parse(source), schema }, defaultOperationLimits);
  const authorized = authorizeOperation(parsed, new Verdicts(policy.table, principal));
  const silent = { prepare: () => async () => ({ data: null, faults: [] }) };
  const ports = new Map([...contracts.keys()].map((name) => [name, silent] as const));
  const plan = await compilePlan({ authorized, planner, ports });
  const node = await plan.nodeFor({ variables });
  const exchange: Exchange = {
    requestId: 'r',
    principal,
    standing: { epoch: 1, banks },
    variables,
    deadlineAt: Number.POSITIVE_INFINITY,
    signal: new AbortController().signal,
    now: new Date(),
  };
  const rules = await rulesHere();
  const own = fetchesOf(node).filter(({ step }) => step.subgraph === 'bank');
  return (await Promise.all(own.map((fetch) => previewAsked(rules, fetch, exchange)))).flat();
}

/** What the banks of a running world received for the same. */
async function received(source: string, variables: Readonly<Record<string, unknown>> = {}) {
  const world = createWorld({ banks, agreed: { summit: withoutBalancesWords }, rows: {}, registry: partners });
  await world.ask(source, variables);
  return world.asked.map(({ bank, query }) => ({ bank, document: query }));
}

const withoutBalancesWords = ['RELATIONSHIP', 'ACCOUNT_IDENTITY', 'TRANSACTION_CORE'] as const;

const asked = (previews: Awaited<ReturnType<typeof previewsOf>>) =>
  previews.flatMap((preview) => preview.asked.map(({ bank, document }) => ({ bank, document })));

const overview = '{ me { accounts { nickname balances { kind } transactions { edges { node { id } } } } } }';

/** Requests of one fetch leave together: which arrives first is chance. */
const sorted = (requests: readonly object[]): readonly string[] =>
  requests.map((request) => JSON.stringify(request)).toSorted();

describe('a preview of a fetch', () => {
  test('is what the partners of a running gateway receive, document by document', async () => {
    const [previews, real] = [await previewsOf(overview), await received(overview)];
    expect(real).toHaveLength(3);
    expect(sorted(asked(previews))).toEqual(sorted(real));
  });

  test('is that of the one bank that a sealed id names', async () => {
    const id = sealer.seal(
      { kind: 'ACCOUNT', customer: String(principal.customer) },
      { bank: 'harbor', reference: 'a1' },
    );
    const source = 'query($id: ID!) { account(id: $id) { nickname balances { kind } } }';
    const [previews, real] = [await previewsOf(source, { id }), await received(source, { id })];
    expect(real.map(({ bank }) => bank)).toEqual(['harbor']);
    expect(asked(previews)).toEqual(real);
    expect(asked(await previewsOf(source, { id: 'nothing' }))).toEqual([]);
  });

  test('says what no request to a bank holds, and why', async () => {
    const previews = await previewsOf(overview);
    expect(previews.map(({ bank, leftOut }) => ({ bank, leftOut }))).toEqual([
      {
        bank: 'harbor',
        leftOut: [{ coordinate: 'Account.transactions', code: 'CONSENT_REQUIRED', missing: ['TRANSACTION_CORE'] }],
      },
      {
        bank: 'summit',
        leftOut: [
          { coordinate: 'Account.balances', code: 'BANK_EXCLUDED', missing: ['BALANCE'] },
          { coordinate: 'Account.transactions', code: 'CONSENT_REQUIRED', missing: ['TRANSACTION_CORE'] },
        ],
      },
    ]);
    expect(asked(previews).map(({ document }) => document)).not.toContainEqual(expect.stringMatching(/transactions/));
  });

  test('states the grant of each request, account by account', async () => {
    const [harbor] = await previewsOf(overview);
    expect(harbor?.asked.map(({ accounts }) => accounts)).toEqual([
      [{ reference: 'a1', categories: ['RELATIONSHIP', 'ACCOUNT_IDENTITY', 'BALANCE'], anchored: [] }],
      [{ reference: 'a2', categories: ['RELATIONSHIP', 'ACCOUNT_IDENTITY'], anchored: [] }],
    ]);
  });

  test('takes every account that the customer could hold where only an answer would tell which', async () => {
    const previews = await previewsOf('{ me { connections { accounts { nickname } } } }');
    expect(asked(previews).map(({ bank }) => bank)).toEqual(['harbor', 'harbor', 'summit']);
  });
});
