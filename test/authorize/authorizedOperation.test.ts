/** What an operation is authorized as: what is asked of no one, what is named as a write, and what is a fault of this program. */
import { describe, expect, test } from '@jest/globals';
import { Kind, parse } from 'graphql';
import { admitOperation, authorizeOperation, rulingsOf, Verdicts } from '../../src/authorize/index.js';
import { defaultOperationLimits, parseOperation, type ParsedOperation } from '../../src/operation/index.js';
import { compileTable, type Purpose, viewOf } from '../../src/policy/index.js';
import { askerOf, policy } from './asker.js';

function parsed(text: string, purpose: Purpose): ParsedOperation {
  const { schema } = policy.views[viewOf(purpose)];
  return parseOperation({ document: parse(text), schema }, defaultOperationLimits);
}

function authorized(text: string, purpose: Purpose) {
  return authorizeOperation(parsed(text, purpose), new Verdicts(policy.table, askerOf({ purpose })));
}

const line = (text: string): string => text.replace(/\s+/g, ' ');

describe('what is asked', () => {
  test('leaves introspection to the gateway, inside fragments of the root too', () => {
    const query =
      '{ ... on Query { __typename ... on Query { __schema { queryType { name } } } me { __typename id } } }';
    expect(line(authorized(query, 'FRAUD_ALERTS').permittedText)).toBe('{ ... on Query { me { __typename id } } }');
  });

  test('is whether an object is there, once, where nested fragments lose all they select', () => {
    const query = '{ me { accounts { id ... on CardAccount { ... on CardAccount { balances { kind } } } } } }';
    expect(line(authorized(query, 'FRAUD_ALERTS').permittedText)).toBe('{ me { accounts { id __typename } } }');
  });

  test('names no writes for a query, and nothing at all where all is denied', () => {
    expect(authorized('{ me { id } }', 'FRAUD_ALERTS').writes).toEqual([]);
    const lock = 'mutation { setCardLock(accountId: "a", locked: true) { state } }';
    expect(authorized(lock, 'FRAUD_ALERTS')).toMatchObject({ permitted: null, permittedText: '', writes: [] });
  });

  test('is everything in plain mode', () => {
    const admitted = admitOperation(parsed('{ me { accounts { balances { kind } } } }', 'FRAUD_ALERTS'));
    expect([admitted.denied.size, admitted.refused, admitted.writes]).toEqual([0, [], []]);
    expect(line(admitted.permittedText)).toBe('{ me { accounts { balances { kind } } } }');
  });
});

describe('a verdict', () => {
  test('is a denial where a subgraph demands more than the token has, whatever the matrix allows', () => {
    const demands = { meets: (_: Purpose, coordinate: string) => coordinate !== 'Customer.id', canMeet: () => true };
    const table = compileTable(policy.classification, policy.table.matrix, demands);
    const verdicts = new Verdicts(table, askerOf({ purpose: 'ACCOUNT_SERVICING' }));
    const { permitted, refused } = authorizeOperation(parsed('{ me { id locale } }', 'ACCOUNT_SERVICING'), verdicts);
    expect([refused, permitted && JSON.stringify(permitted).includes('"id"')]).toEqual([['Customer.id'], false]);
  });
});

describe('an operation that is not of its view', () => {
  const verdicts = new Verdicts(policy.table, askerOf({ purpose: 'AD_TARGETING' }));
  const { schema } = policy.views.ads;
  const of = (text: string): ParsedOperation => ({ ...parsed(text, 'SUPPORT_CHAT'), schema });

  test.each([
    ['a field', '{ me { accounts { id } } }', 'the view has no field `Customer.accounts`'],
    ['a type', '{ me { ... on CardAccount { id } } }', 'the view has no composite type `CardAccount`'],
    [
      'an operation type',
      'mutation { sendMessage(conversationId: "c", text: "t") { id } }',
      'the view has no mutation type',
    ],
  ])('for %s is a fault of this program and gets no verdict', (_, text, message) => {
    expect(() => verdicts.judge(of(text))).toThrow(message);
    expect(() => rulingsOf(of(text), policy.table, askerOf({ purpose: 'AD_TARGETING' }))).toThrow(message);
  });

  test('because it still has fragment spreads is a fault of this program too', () => {
    const [operation] = parse('{ ...Q } fragment Q on Query { me { id } }').definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('not an operation');
    const spread = { ...of('{ me { id } }'), operation };
    expect(() => verdicts.judge(spread)).toThrow('a fragment spread reached authorization');
  });
});
