/** What the groups answered → the questions by which the rules of a book are told apart, and who must answer them. */
import type { Group } from './doubleEntryGroups.js';
import type { Flags } from './doubleEntryFlags.js';
import type { Purpose } from './vocabulary.js';

/** One purpose under one evidence; compared by identity. */
export interface Asked {
  readonly purpose: Purpose;
  readonly flags: Flags;
}

/** A group, and what the shield answered for it: true where it permitted. */
export interface Answered {
  readonly group: Group;
  readonly answers: ReadonlyMap<Asked, boolean>;
}

/** A question that all members of the groups must answer for themselves. */
export interface Test {
  readonly asked: Asked;
  readonly groups: readonly Answered[];
}

/**
 * For any two groups that ever answered differently, a test which holds both and which they answer differently. Under
 * these tests and the first ones, which are put to all groups, a position behind another group's rule is found out.
 * Groups that never answered differently share all tests, and nothing told them apart on the whole domain either.
 * Costs groups × questions × the depth of the tree, which is the logarithm of the groups where they divide evenly.
 */
export function testsApart(groups: readonly Answered[], first: readonly Asked[]): Test[] {
  const classes = first.reduce<readonly (readonly Answered[])[]>(
    (parts, asked) => parts.flatMap((part) => halves(part, asked)),
    [groups],
  );
  return classes.flatMap(testsWithin);
}

/**
 * INVARIANT: groups were asked the same questions, or they answered one that both were asked differently, so that a
 * class which no common question divides is one of equal answers.
 */
function testsWithin(part: readonly Answered[]): Test[] {
  const asked = mostEven(part);
  if (asked === undefined) return [];
  return [{ asked, groups: part }, ...halves(part, asked).flatMap(testsWithin)];
}

/** The question that splits the members of a class most evenly; undefined where none splits it. */
function mostEven([one, ...others]: readonly Answered[]): Asked | undefined {
  if (one === undefined || others.length === 0) return undefined;
  const part = [one, ...others];
  let best: { readonly asked: Asked; readonly smaller: number } | undefined;
  for (const asked of one.answers.keys()) {
    if (others.some(({ answers }) => !answers.has(asked))) continue;
    const sizes = halves(part, asked).map(sizeOf);
    const smaller = sizes.length === 2 ? Math.min(...sizes) : 0;
    if (smaller > (best?.smaller ?? 0)) best = { asked, smaller };
  }
  return best?.asked;
}

function sizeOf(part: readonly Answered[]): number {
  return part.reduce((sum, { group }) => sum + group.members.length, 0);
}

/** Those who permitted and those who denied; one class where all answered alike. */
function halves(part: readonly Answered[], asked: Asked): (readonly Answered[])[] {
  const permitted = part.filter(({ answers }) => answers.get(asked) === true);
  if (permitted.length === 0 || permitted.length === part.length) return [part];
  return [permitted, part.filter(({ answers }) => answers.get(asked) !== true)];
}
