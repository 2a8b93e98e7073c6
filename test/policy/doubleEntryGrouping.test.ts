/** Which positions of the double entry may answer for each other: those that differ in nothing that a rule or the table can see. */
import { describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { groupsOf } from '../../src/policy/doubleEntryGroups.js';
import type { Position } from '../../src/policy/doubleEntryProbe.js';
import type { Permissions } from '../../src/policy/permissions.js';
import type { PolicyTable } from '../../src/policy/policyTable.js';
import { named, type Rule } from '../../src/policy/rule.js';
import { graphqlShield } from '../../src/policy/shieldLibrary.js';
import type { Purpose } from '../../src/policy/vocabulary.js';

const schema = buildSchema(`
  type Query { a: Int }
  interface Account { reference: ID }
  type Card implements Account { reference: ID a: Int }
  type Entry { accountReference: ID a: Int }
  type Plain { a: Int b: Int c: Int d: Int e: Int value: Int }
  type Money { a: Int }
`);
const [one, two] = [named('one', [], () => true), named('two', [], () => true)];
const foreign = graphqlShield.rule('foreign')(() => true) as unknown as Rule;

const book: Permissions = {
  Card: { a: one },
  Entry: { a: one },
  Plain: { a: one, b: one, c: two, d: foreign, e: foreign },
  Money: { a: one },
};

/** A table that says the same everywhere, but for what is given. */
function table(said: Partial<PolicyTable> = {}): PolicyTable {
  const same = { verdict: () => 'allow', anchors: () => false, needs: () => 1, isValueType: () => false };
  return { ...same, ...said } as unknown as PolicyTable;
}

const at = (coordinate: string, anchor?: string): Position => {
  const [type = '', field = ''] = coordinate.split('.');
  return { coordinate, type, field, ...(anchor !== undefined && { anchor }) } as Position;
};

/** The members of each group, by coordinate; the first of each answers for it. */
function grouped(positions: readonly Position[], said: Partial<PolicyTable> = {}): string[][] {
  const groups = groupsOf(positions, { schema, table: table(said), permissions: book });
  for (const { first, members } of groups) expect(members[0]).toBe(first);
  return groups.map(({ members }) => members.map(({ coordinate, anchor = '' }) => `${coordinate}${anchor}`));
}

describe('positions', () => {
  test('of one rule, one kind of row and one line of the table share an answer, in their order', () => {
    expect(grouped([at('Plain.a'), at('Plain.c'), at('Plain.b')])).toEqual([['Plain.a', 'Plain.b'], ['Plain.c']]);
    expect(grouped([])).toEqual([]);
  });

  test('behind rules of another making stand alone, and so does what has no rule beside what has', () => {
    expect(grouped([at('Plain.d'), at('Plain.e'), at('Plain.x'), at('Plain.a'), at('Plain.y')])).toEqual([
      ['Plain.d'],
      ['Plain.e'],
      ['Plain.x', 'Plain.y'],
      ['Plain.a'],
    ]);
  });

  test('whose rows name accounts in another way stand apart', () => {
    expect(grouped([at('Plain.a'), at('Card.a'), at('Entry.a')])).toEqual([['Plain.a'], ['Card.a'], ['Entry.a']]);
  });

  test('on another edge stand apart', () => {
    expect(grouped([at('Plain.a'), at('Plain.a', '!A'), at('Plain.b', '!A'), at('Plain.b', '!B')])).toEqual([
      ['Plain.a'],
      ['Plain.a!A', 'Plain.b!A'],
      ['Plain.b!B'],
    ]);
  });

  const pair = [at('Plain.a'), at('Plain.b')];
  const apart = [['Plain.a'], ['Plain.b']];

  test('of which the table says something else stand apart: needs, value types, the verdict of any purpose', () => {
    expect(grouped(pair, { needs: (coordinate) => (coordinate === 'Plain.a' ? 1 : 2) })).toEqual(apart);
    expect(grouped([at('Plain.a'), at('Money.a')], { isValueType: (type) => type === 'Money' })).toEqual([
      ['Plain.a'],
      ['Money.a'],
    ]);
    for (const purpose of ['ACCOUNT_SERVICING', 'ELIGIBILITY'] as Purpose[]) {
      const verdict = (asked: Purpose, coordinate: string) =>
        asked === purpose && coordinate === 'Plain.a' ? 'deny' : 'allow';
      expect(grouped(pair, { verdict })).toEqual(apart);
    }
    const swapped = (asked: Purpose, coordinate: string) =>
      (asked === 'SUPPORT_CHAT') === (coordinate === 'Plain.a') ? 'allow' : 'deny';
    expect(grouped(pair, { verdict: swapped })).toEqual(apart);
  });

  test('are judged as items by the purposes whose edge they hang on, and by no others', () => {
    const anchors = (purpose: Purpose, edge: string) => purpose === 'SUPPORT_CHAT' && edge === '!A';
    const verdict = (purpose: Purpose, coordinate: string, item: boolean) =>
      coordinate === 'Plain.a' && item && purpose === 'SUPPORT_CHAT' ? 'allow' : 'deny';
    const hanging = (edge: string) => [at('Plain.a', edge), at('Plain.b', edge)];
    expect(grouped(hanging('!A'), { anchors, verdict })).toEqual([['Plain.a!A'], ['Plain.b!A']]);
    expect(grouped(hanging('!B'), { anchors, verdict })).toEqual([['Plain.a!B', 'Plain.b!B']]);
    expect(grouped(pair, { anchors: () => true, verdict })).toEqual([['Plain.a', 'Plain.b']]);
  });
});
