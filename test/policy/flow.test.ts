import { describe, expect, test } from '@jest/globals';
import { categoriesOf, financialMask, loadPolicy, maskOf, controlCategories } from '../../src/policy/index.js';
import { onProjectCopy, type Edit } from './projectCopy.js';

const guarded = financialMask | maskOf(controlCategories);

/** The problems of the project with the edits made, each as its code and coordinate. */
async function problemsWith(...edits: readonly Edit[]): Promise<[string, string | undefined][]> {
  const policy = await onProjectCopy(edits, loadPolicy);
  return policy.kind === 'ok' ? [] : policy.problems.map(({ code, coordinate }) => [code, coordinate]);
}

describe('the flow of the bank graph', () => {
  const policy = loadPolicy('.');

  test('holds, and hands each subgraph no more than its clearance', () => {
    if (policy.kind === 'problems') throw new Error(JSON.stringify(policy.problems));
    const { flow, clearances, classification } = policy;
    expect(flow.findings).toEqual([]);
    expect([...flow.received.keys()].sort()).toEqual([...clearances.keys()].sort());
    for (const [subgraph, mask] of flow.received) {
      expect([subgraph, categoriesOf(mask & guarded & ~(clearances.get(subgraph) ?? 0))]).toEqual([subgraph, []]);
    }
    expect([...classification.labels.keys()].filter((coordinate) => !flow.reaching.has(coordinate))).toEqual([]);
  });

  test('lists its exceptions, each with a reason and an approver', () => {
    const { declassifications } = policy.kind === 'ok' ? policy.flow : { declassifications: [] };
    expect(declassifications.map(({ subgraph, coordinate }) => `${subgraph} ${coordinate}`).sort()).toEqual([
      'bank Conversation.bank',
      'bank FraudAlert.account',
      'consent Consent.bank',
      'consent Receipt.bank',
      'wallet Mutation.startCheckout(amount:)',
      'wallet Mutation.startCheckout(currency:)',
      'wallet Mutation.startCheckout(idempotencyKey:)',
      'wallet Mutation.startCheckout(merchant:)',
    ]);
    expect(declassifications.every(({ reason, approver }) => reason !== '' && approver !== '')).toBe(true);
  });

  test.each([
    [
      'a clearance is taken away',
      { file: 'policy/clearances.yaml', from: 'directory: [RELATIONSHIP]', to: 'directory: []' },
      [['FLOW_INTO_SUBGRAPH', 'subgraph directory']],
    ],
    [
      'an exception names another category',
      {
        file: 'schema/platform/wallet.graphql',
        from: 'category: RELATIONSHIP\n        reason',
        to: 'category: TERMS\n        reason',
      },
      [
        ['FLOW_INTO_SUBGRAPH', 'subgraph wallet'],
        ['DECLASSIFY_IDLE', 'Mutation.startCheckout(merchant:)'],
      ],
    ],
    [
      'the ads system joins on the key of accounts',
      {
        file: 'schema/platform/ads.graphql',
        from: 'type AdProfile {',
        to: `type BankConnection @key(fields: "bankId reference") {
          bankId: ID! @inaccessible @data(category: RELATIONSHIP)
          reference: ID! @inaccessible @data(category: RELATIONSHIP)
          reach: Int @data(category: AD_PROFILE)
        }
        type AdProfile {`,
      },
      [
        ['FLOW_INTO_COORDINATE', 'BankConnection.reach'],
        ['FLOW_INTO_SUBGRAPH', 'subgraph ads'],
      ],
    ],
  ] as const)('does not hold, and the policy does not load, where %s', async (_, edit, found) => {
    expect(await problemsWith(edit)).toEqual(found);
  });

  test('tells a leak with its way in words, at the line that makes it', async () => {
    const edit = { file: 'policy/clearances.yaml', from: 'directory: [RELATIONSHIP]', to: 'directory: []' };
    const found = await onProjectCopy([edit], loadPolicy);
    expect(found.kind === 'problems' && found.problems).toMatchObject([
      {
        message: expect.stringMatching(
          /^is reached by `RELATIONSHIP`, .* leads to rows of `Bank`; subgraph `directory` is asked/,
        ),
        location: { file: 'schema/platform/directory.graphql' },
      },
    ]);
  });
});
