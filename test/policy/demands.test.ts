/** What subgraphs demand of a field beyond its labels: who meets it, who ever can, and which names must be known. */
import { describe, expect, test } from '@jest/globals';
import { printProblem } from '../../src/fault/index.js';
import { compileDemands, unknownPolicies } from '../../src/policy/policies.js';
import { financialMask, maskOf, type purposes } from '../../src/policy/vocabulary.js';

describe('policies', () => {
  const known = new Map([['figures', new Set(['ANALYTICS'] as const)]]);

  test('that a field demands must be in the file, each said once', () => {
    const demands = [
      {
        kind: 'policies',
        anyOf: [
          ['figures', 'secrets'],
          ['secrets', 'more'],
        ],
      },
      { kind: 'scopes', anyOf: [['other']] },
    ] as never;
    expect(unknownPolicies(new Map([['A.b', demands]]), known).map(printProblem)).toEqual(
      ['secrets', 'more'].map(
        (name) =>
          `POLICY_NAME A.b: demands policy \`${name}\`, which \`policy/policies.yaml\` does not name; list the purposes that satisfy it there`,
      ),
    );
  });
});

describe('a demand', () => {
  const demand = (kind: 'scopes' | 'policies', ...anyOf: string[][]) => ({ kind, anyOf });
  const demands = compileDemands(
    new Map([
      ['A.scopes', [demand('scopes', ['data:balance', 'data:terms'], ['ads:targeting'])]],
      ['A.policy', [demand('policies', ['figures'], ['unknown'])]],
      ['A.both', [demand('scopes', ['data:balance']), demand('policies', ['figures'])]],
      ['A.empty', [demand('scopes', [])]],
      ['A.receipt', [demand('scopes', ['data:receipt'])]],
      ['A.public', [demand('scopes', ['data:app-public'])]],
      ['A.manage', [demand('scopes', ['consent:manage'])]],
    ] as never),
    new Map([['figures', new Set(['ANALYTICS', 'ACCOUNT_SERVICING'] as const)]]),
  );
  const meets = (purpose: (typeof purposes)[number], field: string, ...words: string[]): boolean =>
    demands.meets(purpose, field, new Set(words));

  test('is met by all words of one of its lists', () => {
    expect(meets('ACCOUNT_SERVICING', 'A.scopes', 'data:balance', 'data:terms')).toBe(true);
    expect(meets('ACCOUNT_SERVICING', 'A.scopes', 'data:balance')).toBe(false);
    expect(meets('AD_TARGETING', 'A.scopes', 'ads:targeting')).toBe(true);
    expect(meets('AD_TARGETING', 'A.none')).toBe(true);
    expect(meets('AD_TARGETING', 'A.empty')).toBe(false);
  });

  test('for a policy is met by the purposes of that name alone, whatever the token says', () => {
    expect(meets('ANALYTICS', 'A.policy')).toBe(true);
    expect(meets('AD_TARGETING', 'A.policy', 'figures', 'unknown')).toBe(false);
  });

  test('must be met beside every other demand', () => {
    expect(meets('ACCOUNT_SERVICING', 'A.both', 'data:balance')).toBe(true);
    expect(meets('ACCOUNT_SERVICING', 'A.both')).toBe(false);
    expect(meets('FRAUD_ALERTS', 'A.both', 'data:balance')).toBe(false);
  });

  test('can be met where some token of the purpose may carry the words', () => {
    const readable = financialMask | maskOf(['RECEIPT', 'APP_PUBLIC']);
    const can = (purpose: (typeof purposes)[number], field: string, mask = readable): boolean =>
      demands.canMeet(purpose, field, mask);
    expect(can('ACCOUNT_SERVICING', 'A.scopes')).toBe(true);
    expect(can('ACCOUNT_SERVICING', 'A.scopes', maskOf(['BALANCE']))).toBe(false);
    expect(can('AD_TARGETING', 'A.scopes')).toBe(true);
    expect(can('AD_MEASUREMENT', 'A.scopes')).toBe(false);
    expect(can('ACCOUNT_SERVICING', 'A.receipt')).toBe(true);
    expect(can('COMPLIANCE_AUDIT', 'A.receipt')).toBe(false);
    expect(can('ACCOUNT_SERVICING', 'A.public')).toBe(false);
    expect([can('CONSENT_MANAGEMENT', 'A.manage'), can('ACCOUNT_SERVICING', 'A.manage')]).toEqual([true, false]);
    expect([can('ANALYTICS', 'A.policy'), can('AD_TARGETING', 'A.policy')]).toEqual([true, false]);
  });
});
