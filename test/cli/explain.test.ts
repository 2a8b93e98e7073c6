import { describe, expect, test } from '@jest/globals';
import { explain, type Explanation } from '../../src/cli/explanation.js';
import { explainedAsker } from '../../src/cli/explainedAsker.js';
import { explanationText } from '../../src/cli/explanationText.js';
import { defaultScope } from '../../src/cli/devIssuer.js';
import { admittedBy } from '../../src/principal/index.js';
import { examples } from '../repository/example.js';
import { policy } from '../partition/world.js';

async function explained(text: string, claims: object, variables = {}): Promise<Explanation> {
  const asker = await explainedAsker(policy, { kind: 'claims', json: JSON.stringify(claims) });
  if (asker.kind === 'refused') throw new Error(asker.why);
  return explain(policy, { text, variables }, asker.principal);
}

const servicing = (customer: string, scope: string) => ({
  client_id: 'messenger',
  purpose: 'ACCOUNT_SERVICING',
  sub: customer,
  scope,
});
const adTargeting = { client_id: 'ads-engine', purpose: 'AD_TARGETING', scope: 'ads:targeting' };
const widely = 'data:balance data:transaction-core';
const accounts =
  '{ me { accounts { balances { money { amount } } transactions { edges { node { amount { amount } } } } } } }';

describe('an explanation', () => {
  test('shows that harbor is not asked for transactions that customer-2 did not consent to', async () => {
    const text = explanationText(await explained(accounts, servicing('customer-2', widely)));
    const [, banks = ''] = text.split('\nbanks\n');
    expect(banks).toContain('harbor is asked');
    expect(banks).toContain('granted on hb-20533-1: RELATIONSHIP BALANCE');
    expect(banks).toContain('not asked: Account.transactions: CONSENT_REQUIRED (TRANSACTION_CORE)');
    expect(banks).not.toMatch(/ {6}transactions|hb-20533-2/);
    expect(banks).toContain('summit: not asked, no active consent of this customer for this purpose');
    expect(banks).toContain('union: not asked, its agreement is NOT_PARTICIPATING');
  });

  test('shows a denied position without planning it', async () => {
    const text = explanationText(await explained(accounts, servicing('customer-1', 'data:balance')));
    expect(text).toMatch(/deny +me\.accounts\.transactions .* the scope lacks data:transaction-core/);
    const [, plan = ''] = text.split('\nplan\n');
    expect(plan).toContain('balances');
    expect(plan).not.toContain('transactions');
  });

  test('names what an ads token wanted and its view does not have, without a suggestion', async () => {
    const refused = await explained(accounts, adTargeting);
    expect(refused).toMatchObject({
      kind: 'refused',
      errors: ['Cannot query field "accounts" on type "Customer".'],
      hidden: expect.arrayContaining(['Customer.accounts', 'Account.balances', 'Account.transactions']),
    });
  });

  test.each(examples().map((example) => [example.name, example] as const))(
    'can be made of the example %s',
    async (_, { client, purpose, customer, source, variables }) => {
      const scope = defaultScope(purpose, admittedBy(policy.table));
      const claims = { client_id: client, purpose, scope, ...(customer !== undefined && { sub: customer }) };
      const explanation = await explained(source, claims, variables);
      expect(explanation).toMatchObject({ kind: 'explained', problems: [] });
    },
  );

  test('asks no bank for an ads token whose operation is valid', async () => {
    const text = explanationText(await explained('{ adProfile(id: "ad-1") { interests } }', adTargeting));
    expect(text).toContain('fetch ads');
    expect(text).toContain('no bank is ever asked for this purpose');
  });

  test('leaves open what banks are asked while a variable has no value', async () => {
    const source = 'query($id: ID!) { account(id: $id) { nickname } }';
    const text = explanationText(await explained(source, servicing('customer-1', 'data:account-identity')));
    expect(text).toContain('Variable "$id" of required type "ID!" was not provided.');
    expect(text).toContain('once there are no problems');
  });

  test.each([
    ['a scope that the purpose does not admit', { ...adTargeting, scope: 'data:balance' }, /scope names a word/],
    ['a customer where none may be', { ...adTargeting, sub: 'customer-1' }, /forbids the one that is there/],
    ['a client that is not registered for the purpose', { ...adTargeting, client_id: 'insights' }, /not registered/],
    ['no purpose at all', { client_id: 'ads-engine', scope: '' }, /claim is missing/],
  ])('refuses %s in words', async (_, claims, words) => {
    const asker = await explainedAsker(policy, { kind: 'claims', json: JSON.stringify(claims) });
    expect(asker).toEqual({ kind: 'refused', why: expect.stringMatching(words) });
  });

  test('refuses what is no token in words', async () => {
    const asker = await explainedAsker(policy, { kind: 'token', token: 'a.b.c' });
    expect(asker).toEqual({ kind: 'refused', why: expect.stringMatching(/`ringfence token` prints one/) });
  });

  test('is refused for text that is no GraphQL', async () => {
    await expect(explained('{ me', adTargeting)).rejects.toThrow(/is no GraphQL/);
  });
});
