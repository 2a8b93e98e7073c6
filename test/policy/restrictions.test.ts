import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Verdicts } from '../../src/authorize/index.js';
import { loadPolicy, type LoadedPolicy, type Policy, type Purpose } from '../../src/policy/index.js';
import { onProjectCopy, type Edit } from './projectCopy.js';

const file = 'schema/platform/offers.graphql';
const imports: Edit = {
  file,
  from: '"@composeDirective"]',
  to: '"@composeDirective", "@policy", "@authenticated", { name: "@requiresScopes", as: "@needs" }]',
};
const text = '  text: String @data(category: OFFER_PUBLIC)';

/** The policy of the project in which the text of an offer carries more directives. */
function withDemand(demand: string, policies?: string): Promise<LoadedPolicy> {
  const edit = { file, from: text, to: `${text} ${demand}` };
  return onProjectCopy([imports, edit], (root) => {
    if (policies !== undefined) writeFileSync(join(root, 'policy/policies.yaml'), policies);
    return loadPolicy(root);
  });
}

function served(policy: LoadedPolicy): Policy {
  if (policy.kind === 'problems') throw new Error(JSON.stringify(policy.problems));
  return policy;
}

function reads({ table }: Policy, purpose: Purpose, ...words: string[]): boolean {
  return new Verdicts(table, { purpose, scope: 0, scopeWords: new Set(words) }).permits('MerchantOffer.text', false);
}

function viewsWith(policy: Policy, field: RegExp): string[] {
  return Object.entries(policy.views).flatMap(([name, { sdl }]) => (field.test(sdl) ? [name] : []));
}

describe('a demand of a subgraph', () => {
  test('for scopes, renamed on import, is met by all words of one of its lists, and hidden where no token can', async () => {
    const policy = served(await withDemand('@needs(scopes: [["data:balance", "data:terms"], ["ads:targeting"]])'));
    expect(reads(policy, 'ACCOUNT_SERVICING', 'data:balance')).toBe(false);
    expect(reads(policy, 'ACCOUNT_SERVICING', 'data:balance', 'data:terms')).toBe(true);
    expect(reads(policy, 'AD_TARGETING')).toBe(false);
    expect(reads(policy, 'AD_TARGETING', 'ads:targeting')).toBe(true);
    expect(policy.table.meets('AD_TARGETING', 'MerchantOffer.id', new Set())).toBe(true);
    expect(viewsWith(policy, /type MerchantOffer \{[^}]*\btext\b/)).toEqual(['first-party', 'ads']);
  });

  test('for a policy is met by the purposes that a file of the project gives its name to', async () => {
    const policy = served(await withDemand('@policy(policies: [["figures"]])', 'policies: { figures: [ANALYTICS] }'));
    expect(reads(policy, 'ANALYTICS')).toBe(true);
    expect(reads(policy, 'ACCOUNT_SERVICING')).toBe(false);
    expect(viewsWith(policy, /type MerchantOffer \{[^}]*\btext\b/)).toEqual(['first-party', 'open']);
  });

  test('for a policy that no file names does not load', async () => {
    const policy = await withDemand('@policy(policies: [["figures"]])');
    expect(policy.kind === 'problems' && policy.problems).toMatchObject([
      { code: 'POLICY_NAME', coordinate: 'MerchantOffer.text' },
    ]);
  });

  test('never opens what the matrix denies', async () => {
    const policy = served(
      await onProjectCopy(
        [
          { ...imports, file: 'schema/bank.graphql', from: '"@composeDirective"]' },
          {
            file: 'schema/bank.graphql',
            from: 'type Merchant @value {\n  name: String!\n  "Merchant category code, ISO 18245."\n  mcc: String',
            to: 'type Merchant @value {\n  name: String!\n  mcc: String @needs(scopes: [["ads:targeting"]])',
          },
        ],
        loadPolicy,
      ),
    );
    const verdicts = new Verdicts(policy.table, { purpose: 'ACCOUNT_SERVICING', scope: -1, scopeWords: new Set() });
    expect(verdicts.permits('Transaction.merchant', false)).toBe(true);
    expect(verdicts.permits('Merchant.mcc', false)).toBe(false);
    expect(policy.table.verdict('AD_TARGETING', 'Transaction.merchant', false)).toBe('deny');
  });

  test('to be authenticated is met by every token', async () => {
    expect(reads(served(await withDemand('@authenticated')), 'ANALYTICS')).toBe(true);
  });
});
