/** The double entry of arguments, and the edges below which positions are asked: without execution, on a small graph. */
import { describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { compareArguments } from '../../src/policy/doubleEntryArguments.js';
import { positionsOf, type Position } from '../../src/policy/doubleEntryProbe.js';
import type { PolicyTable } from '../../src/policy/policyTable.js';
import type { Purpose } from '../../src/policy/vocabulary.js';

const schema = buildSchema(`
  type Query { entry(id: ID, other: ID): Entry plain: Int }
  type Alert { entry: Entry again: Entry third: Entry }
  type Entry { a(first: Int): Int }
`);
const chat: Purpose = 'SUPPORT_CHAT';

/** What the first book allows, each as `PURPOSE coordinate`, with `!` as an item. */
function table(...allowed: string[]): PolicyTable {
  const verdict = (purpose: Purpose, coordinate: string, item: boolean) =>
    allowed.includes(`${purpose} ${coordinate}${item ? '!' : ''}`) ? 'allow' : 'deny';
  const anchors = (purpose: Purpose, edge: string) => purpose === chat && edge === 'Alert.entry';
  return { verdict, anchors } as unknown as PolicyTable;
}

/** The second book's page: `first` of `Entry.a` may be given by these, each as `PURPOSE`, with an edge behind. */
function differing(first: PolicyTable, givers: readonly string[], positions: readonly Position[]) {
  const permits = (purpose: Purpose, anchor: string | undefined) =>
    givers.includes([purpose, anchor].filter(Boolean).join(' '));
  const argumentPermissions = { Entry: { a: { first: { categories: [], permits } } } };
  return compareArguments({ schema, table: first, argumentPermissions, positions });
}

const at = (anchor?: string): Position => ({
  coordinate: 'Entry.a',
  type: 'Entry',
  field: 'a',
  ...(anchor !== undefined && { anchor }),
});
const difference = { kind: 'argument', coordinate: 'Entry.a(first:)', purpose: chat } as const;

describe('the two books on an argument', () => {
  const open = `${chat} Entry.a`;
  const given = `${chat} Entry.a(first:)`;

  test('agree where both permit or both deny, and where its field is denied anyway', () => {
    expect(differing(table(open, given), [chat], [at()])).toEqual([]);
    expect(differing(table(open), [], [at()])).toEqual([]);
    expect(differing(table(given), [], [at()])).toEqual([]);
    expect(differing(table(), [chat], [at()])).toEqual([]);
    expect(differing(table(open, given), [], [])).toEqual([]);
  });

  test('differ where one permits what the other denies', () => {
    expect(differing(table(open), [chat], [at()])).toEqual([{ ...difference, table: 'deny', permissions: 'permit' }]);
    expect(differing(table(open, given), [], [at()])).toEqual([
      { ...difference, table: 'permit', permissions: 'deny' },
    ]);
  });

  test('are compared at every position of its field: as an item on an anchor edge of the purpose, and nowhere else', () => {
    const anchor = 'Alert.entry';
    const items = table(`${open}!`, `${given}!`, open);
    expect(differing(items, [`${chat} ${anchor}`], [at(), at(anchor)])).toEqual([]);
    expect(differing(items, [], [at(anchor), at()])).toEqual([
      { ...difference, anchor, table: 'permit', permissions: 'deny' },
    ]);
    expect(differing(items, [chat, `${chat} ${anchor}`], [at(anchor), at()])).toEqual([
      { ...difference, table: 'deny', permissions: 'permit' },
    ]);
    expect(differing(items, [`${chat} Alert.again`], [at('Alert.again')])).toEqual([
      { ...difference, anchor: 'Alert.again', table: 'deny', permissions: 'permit' },
    ]);
  });
});

describe('the positions of a graph', () => {
  const asked = (...anchors: string[]): string[] =>
    positionsOf(schema, (edge) => anchors.includes(edge)).map(({ coordinate, anchor }) =>
      [coordinate, anchor].filter(Boolean).join(' below '),
    );
  const fields = ['Query.entry', 'Query.plain', 'Alert.entry', 'Alert.again', 'Alert.third'];

  test('are its fields, where no edge is an anchor', () => {
    expect(asked().toSorted()).toEqual([...fields, 'Entry.a'].toSorted());
  });

  test('are the fields of an item below each anchor edge too, and below one edge that is none', () => {
    expect(asked('Alert.entry', 'Alert.again').filter((line) => line.startsWith('Entry'))).toEqual([
      'Entry.a',
      'Entry.a below Alert.entry',
      'Entry.a below Alert.again',
      expect.stringMatching(/^Entry\.a below (?:Query\.entry|Alert\.third)$/),
    ]);
  });
});
