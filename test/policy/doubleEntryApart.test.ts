import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testsApart, type Answered, type Asked } from '../../src/policy/doubleEntryApart.js';
import { wholeFlags } from '../../src/policy/doubleEntryFlags.js';

const questions: readonly Asked[] = Array.from({ length: 9 }, () => ({ purpose: 'FRAUD_ALERTS', flags: wholeFlags }));
const first = questions.slice(0, 2);

function answering(answers: readonly boolean[], index: number): Answered {
  const position = { coordinate: `T.f${index}`, type: 'T', field: `f${index}` };
  const given = answers.map((answer, place) => [questions[place] ?? questions[0], answer] as const);
  return { group: { first: position, members: [position] }, answers: new Map(given as [Asked, boolean][]) };
}

const groupsOf = (rows: readonly (readonly boolean[])[]): Answered[] => rows.map(answering);

describe('testsApart', () => {
  test('asks nothing of groups that answered alike, and nothing more of those that the first questions tell apart', () => {
    expect(testsApart(groupsOf([[true, true, false]]), first)).toEqual([]);
    expect(testsApart(groupsOf([[true, true, false], [true, true, false]]), first)).toEqual([]); // prettier-ignore
    expect(testsApart(groupsOf([[true, true, false], [true, false, true]]), first)).toEqual([]); // prettier-ignore
  });

  test('puts any two groups that ever answered differently to one test that they answer differently', () => {
    const rows = fc.array(fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }), { minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(rows, (answers) => {
        const groups = groupsOf(answers);
        const tests = [...first.map((asked) => ({ asked, groups })), ...testsApart(groups, first)];
        for (const one of groups) for (const other of groups) expect(areTold(one, other, tests)).toBe(true);
      }),
    );
  });

  test('never tells groups apart by a question that one of them was not asked', () => {
    const short = answering([true, false], 0);
    const long = answering([true, true, false], 1);
    const same = answering([true, true, true], 2);
    const tests = testsApart([short, long, same], first);
    expect(tests.map(({ asked, groups }) => [questions.indexOf(asked), groups])).toEqual([[2, [long, same]]]);
    const alike = answering([true, true], 3);
    expect(testsApart([long, same, alike], first)).toEqual([]);
    expect(testsApart([], first)).toEqual([]);
  });
});

function areTold(one: Answered, other: Answered, tests: ReturnType<typeof testsApart>): boolean {
  const differ = (asked: Asked): boolean => one.answers.get(asked) !== other.answers.get(asked);
  if (!questions.some(differ)) return true;
  return tests.some(({ asked, groups }) => groups.includes(one) && groups.includes(other) && differ(asked));
}
