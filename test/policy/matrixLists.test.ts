/** What the lists of a matrix may say of a graph: each mistake in words, at the key that makes it. */
import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { printProblem } from '../../src/fault/index.js';
import { matrixProblems } from '../../src/policy/matrixCheck.js';
import { familyProblems } from '../../src/policy/matrixFamilies.js';
import { maskOf, type DataCategory, type Matrix, type Purpose } from '../../src/policy/index.js';
import { classifySdl } from '../supergraph/smallGraph.js';

const classified = classifySdl({
  bank: `
    type Query { me: Me @data(category: APP_PUBLIC) profile(id: ID @data(category: AD_PROFILE)): Profile @data(category: AD_PROFILE) }
    type Me { alert: Alert @data(category: FRAUD_SIGNAL) id: ID @data(category: RELATIONSHIP) }
    type Alert { entry: Entry @data(category: [FRAUD_SIGNAL, BALANCE]) money: Money @data(category: BALANCE) bills: Entry @data(category: [BILLS, TERMS]) }
    type Entry { amount: Int @data(category: BALANCE) }
    type Money @value { amount: Int }
    type Profile { interests: String @data(category: AD_PROFILE) }
    type Mutation { lock(on: Boolean @data(category: BALANCE)): Int @data(category: BALANCE) pay: Int @data(category: BALANCE) }
    type Subscription { told: Int @data(category: BALANCE) }`,
});
if (classified.kind === 'problems') throw new Error(classified.problems.map(printProblem).join('\n'));
const { classification } = classified;

const sound: Matrix = {
  rows: new Map([
    [
      'FRAUD_ALERTS',
      new Map([
        ['FRAUD_SIGNAL', 'allow'],
        ['BALANCE', 'item'],
        ['BILLS', 'deny'],
        ['RELATIONSHIP', 'picking'],
      ]),
    ],
    ['AD_TARGETING', new Map([['BALANCE', 'deny']])],
  ]),
  anchors: new Map([['FRAUD_ALERTS', new Set(['Alert.entry'])]]),
  picking: new Set(['Me.id']),
  writes: new Map<string, ReadonlySet<Purpose>>([
    ['Mutation.lock', new Set(['FRAUD_ALERTS'])],
    ['Mutation.pay', new Set(['P2P_PAYMENT', 'CONSENT_MANAGEMENT'])],
  ]),
  open: maskOf(['APP_PUBLIC', 'PLATFORM_PROFILE', 'INSTITUTION_PUBLIC', 'OFFER_PUBLIC']),
  entries: new Map([
    ['AD_PROFILE', new Map([['AD_TARGETING', new Set(['Query.profile', 'Query.profile(id:)', 'Profile.interests'])]])],
  ]),
};

/** The problems of the sound matrix with other lists. */
function problemsOf(changed: Partial<Matrix>): string[] {
  const problems = matrixProblems({ ...sound, ...changed }, classification, (path, code, message) => {
    return { code, message, coordinate: path.join('.') };
  });
  return problems.map(printProblem);
}

const anchors = (purpose: Purpose, ...edges: string[]): Partial<Matrix> => {
  return { anchors: new Map([[purpose, new Set(edges)]]) };
};
const writes = (...entries: [string, Purpose[]][]): Partial<Matrix> => {
  return { writes: new Map([...sound.writes, ...entries.map(([name, words]) => [name, new Set(words)] as const)]) };
};
const entries = (...coordinates: string[]): Partial<Matrix> => {
  return { entries: new Map([['AD_PROFILE', new Map([['AD_TARGETING', new Set(coordinates)]])]]) };
};
const notAnEdge = 'expected an edge from an object to an object';

describe('the lists of a matrix', () => {
  test('are sound where every name is of the graph and in its place', () => {
    expect(problemsOf({})).toEqual([]);
  });

  test.each<[string, Partial<Matrix>, string[]]>([
    [
      'an anchor of a purpose without a customer',
      anchors('AD_TARGETING', 'Alert.entry'),
      ['MATRIX anchors.AD_TARGETING.0: opens items to a purpose without a customer: `Alert.entry`'],
    ],
    [
      'an anchor that is not there',
      anchors('FRAUD_ALERTS', 'Alert.entry', 'Alert.none'),
      [`MATRIX anchors.FRAUD_ALERTS.1: ${notAnEdge}: \`Alert.none\``],
    ],
    [
      'an anchor to a value',
      anchors('FRAUD_ALERTS', 'Alert.money'),
      [`MATRIX anchors.FRAUD_ALERTS.0: ${notAnEdge}: \`Alert.money\``],
    ],
    [
      'an anchor to a leaf',
      anchors('FRAUD_ALERTS', 'Entry.amount'),
      [`MATRIX anchors.FRAUD_ALERTS.0: ${notAnEdge}: \`Entry.amount\``],
    ],
    [
      'an anchor that is an argument',
      anchors('FRAUD_ALERTS', 'Query.profile(id:)'),
      [`MATRIX anchors.FRAUD_ALERTS.0: ${notAnEdge}: \`Query.profile(id:)\``],
    ],
    [
      'an anchor over closed cells',
      anchors('FRAUD_ALERTS', 'Alert.bills'),
      ['MATRIX anchors.FRAUD_ALERTS.0: expected the cells of `TERMS`, `BILLS` to be `allow` or `item`: `Alert.bills`'],
    ],
    [
      'an anchor over one closed cell of two',
      {
        ...anchors('FRAUD_ALERTS', 'Alert.entry'),
        rows: new Map([
          [
            'FRAUD_ALERTS',
            new Map([
              ['BALANCE', 'allow'],
              ['FRAUD_SIGNAL', 'own'],
            ]),
          ],
        ]),
      },
      [
        'MATRIX anchors.FRAUD_ALERTS.0: expected the cells of `FRAUD_SIGNAL` to be `allow` or `item`: `Alert.entry`',
        'MATRIX picking.0: `Me.id` carries no category with a cell `picking`',
      ],
    ],
    [
      'an anchor of a purpose without a row',
      anchors('SUPPORT_CHAT', 'Me.alert'),
      ['MATRIX anchors.SUPPORT_CHAT.0: expected the cells of `FRAUD_SIGNAL` to be `allow` or `item`: `Me.alert`'],
    ],
    [
      'picked coordinates that are not there, or that no cell picks',
      { picking: new Set(['Me.id', 'Me.name', 'Entry.amount']) },
      [
        'MATRIX picking.1: names `Me.name`; expected a coordinate of the graph',
        'MATRIX picking.2: `Entry.amount` carries no category with a cell `picking`',
      ],
    ],
    [
      'a mutation without writers',
      { writes: new Map([['Mutation.pay', new Set<Purpose>(['P2P_PAYMENT'])]]) },
      ['MATRIX writes: does not list `Mutation.lock`; expected its purposes'],
    ],
    [
      'writers of what is no mutation',
      writes(
        ['Query.me', ['P2P_PAYMENT']],
        ['Mutation.lock(on:)', ['P2P_PAYMENT']],
        ['Subscription.told', ['P2P_PAYMENT']],
      ),
      ['Query.me', 'Mutation.lock(on:)', 'Subscription.told'].map(
        (name) => `MATRIX writes.${name}: names \`${name}\`; expected a coordinate of the graph`,
      ),
    ],
    [
      'writers without a customer',
      writes(['Mutation.pay', ['P2P_PAYMENT', 'AD_TARGETING', 'COMPLIANCE_AUDIT']]),
      ['AD_TARGETING', 'COMPLIANCE_AUDIT'].map(
        (word, index) =>
          `MATRIX writes.Mutation.pay.${index + 1}: lets \`${word}\` write; expected a first-party purpose`,
      ),
    ],
    [
      'an open category that is listed nowhere, and one that is listed twice',
      { open: maskOf(['APP_PUBLIC', 'PLATFORM_PROFILE', 'INSTITUTION_PUBLIC', 'AD_PROFILE']) },
      ['AD_PROFILE', 'OFFER_PUBLIC'].map(
        (word) => `MATRIX open: expected \`${word}\` under \`open\` or under \`entries\`, and not under both`,
      ),
    ],
    [
      'entries that are not there or carry something else',
      entries('Query.profile', 'Query.other', 'Entry.amount'),
      [
        'MATRIX entries.AD_PROFILE.AD_TARGETING.1: names `Query.other`; expected a coordinate of the graph',
        'MATRIX entries.AD_PROFILE.AD_TARGETING.2: `Entry.amount` does not carry `AD_PROFILE`',
      ],
    ],
  ])('are not, with %s', (_, changed, expected) => {
    expect(problemsOf(changed).toSorted()).toEqual(expected.toSorted());
  });
});

describe('the lists over an interface', () => {
  const graph = parse(`
    type Query { account: Account }
    interface Node { id: ID }
    interface Account implements Node { id: ID name: String }
    type Card implements Account & Node { id: ID name: String limit: Int }
    enum Kind { A }
    union Any = Card`);
  const none: Matrix = { ...sound, anchors: new Map(), picking: new Set(), entries: new Map() };
  const told = (lists: Partial<Matrix>): string[] => familyProblems(graph, { ...none, ...lists }).map(printProblem);
  const line = (list: string, [listed, other]: readonly [string, string]): string =>
    `MATRIX ${other}: \`${list}\` of \`policy/matrix.yaml\` lists \`${listed}\` without \`${other}\`; list both or neither`;

  test('name a field of it and of each implementer, or neither', () => {
    expect(told({})).toEqual([]);
    expect(told({ picking: new Set(['Account.name', 'Card.name', 'Card.limit', 'Query.account']) })).toEqual([]);
  });

  test('are refused where they name one without the other, whichever it is and in whichever list', () => {
    expect(told({ picking: new Set(['Account.name']) })).toEqual([line('picking', ['Account.name', 'Card.name'])]);
    expect(told({ picking: new Set(['Card.name']) })).toEqual([line('picking', ['Card.name', 'Account.name'])]);
    expect(told({ picking: new Set(['Card.id', 'Account.id']) })).toEqual([
      line('picking', ['Account.id', 'Node.id']),
      line('picking', ['Card.id', 'Node.id']),
    ]);
    const category: DataCategory = 'AD_PROFILE';
    expect(told({ entries: new Map([[category, new Map([['ANALYTICS', new Set(['Card.name'])]])]]) })).toEqual([
      line('entries.AD_PROFILE.ANALYTICS', ['Card.name', 'Account.name']),
    ]);
    expect(told({ anchors: new Map([['FRAUD_ALERTS', new Set(['Account.name'])]]) })).toEqual([
      line('anchors.FRAUD_ALERTS', ['Account.name', 'Card.name']),
    ]);
  });
});
