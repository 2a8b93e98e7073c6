import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { Verdicts } from '../../src/authorize/index.js';
import { checkedPort } from '../../src/gateway/planCheck.js';
import type { FetchStep, SubgraphPort } from '../../src/plan/index.js';
import type { DataCategory, Purpose } from '../../src/policy/index.js';
import { contracts, policy, principalOf } from '../partition/world.js';

/** What preparing a bank's step under the check comes to: `prepared`, or why not. */
function prepared(text: string, purpose: Purpose, scope?: readonly DataCategory[]): string {
  const asker = principalOf({ purpose, ...(scope && { scope }) });
  const schema = contracts.get('bank');
  if (!schema) throw new Error('no contract');
  const port: SubgraphPort = { prepare: () => async () => ({ data: null, faults: [] }) };
  const check = { table: policy.table, asker, verdicts: new Verdicts(policy.table, asker) };
  const step: FetchStep = {
    subgraph: 'bank',
    operation: 'query',
    document: parse(text),
    text,
    variables: [],
    slots: [],
  };
  try {
    checkedPort(port, schema, check).prepare(step);
    return 'prepared';
  } catch (error) {
    return (error as Error).message;
  }
}

const entities = (selection: string): string =>
  `query($r: [_Any!]!) { _entities(representations: $r) { ... on Customer ${selection} } }`;

describe('a plan’s fetch', () => {
  test('is refused for a coordinate outside the verdicts, wherever it hides', () => {
    const outside = 'a plan asks for `Account.balances` outside the verdicts';
    expect(prepared(entities('{ accounts { id: balances { kind } } }'), 'FRAUD_ALERTS')).toBe(outside);
    expect(prepared(entities('{ accounts { ... { ... on Account { balances { kind } } } } }'), 'P2P_PAYMENT')).toBe(
      outside,
    );
    expect(prepared('{ account(id: "x") { balances { kind } } }', 'ACCOUNT_SERVICING', ['TERMS'])).toBe(outside);
  });

  test('is refused for an argument outside the verdicts', () => {
    const text = 'mutation { setCardLock(accountId: "x", locked: true) { id } }';
    expect(prepared(text, 'ACCOUNT_SERVICING')).toBe('prepared');
    expect(prepared(text, 'FRAUD_ALERTS')).toMatch(/outside the verdicts/);
  });

  test('is refused for an entry that no anchor of the purpose reaches', () => {
    expect(prepared(entities('{ fraudAlerts { transaction { id } } }'), 'FRAUD_ALERTS')).toBe('prepared');
    expect(prepared(entities('{ fraudAlerts { transaction { id } } }'), 'SUPPORT_CHAT')).toMatch(
      /outside the verdicts/,
    );
  });

  test('may hold keys that are never emitted', () => {
    expect(prepared(entities('{ accounts { bankId reference __typename } }'), 'FRAUD_ALERTS')).toBe('prepared');
    expect(prepared(entities('{ accounts { bankId } }'), 'AD_TARGETING')).toMatch(/outside the verdicts/);
  });

  test.each([
    ['a field that the subgraph lacks', '{ nothing }'],
    ['a type that the subgraph lacks', entities('{ accounts { ... on Nothing { id } } }')],
    ['entities of no type', 'query($r: [_Any!]!) { _entities(representations: $r) { accounts { id } } }'],
    ['a named fragment', '{ ...F } fragment F on Query { account(id: "x") { id } }'],
  ])('is refused for %s', (_, text) => {
    expect(prepared(text, 'ACCOUNT_SERVICING')).toMatch(/^a plan /);
  });
});
