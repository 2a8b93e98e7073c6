/** Which labels could change without any check but the lock noticing: what only people who review protect. */
import { isInterfaceType, isUnionType } from 'graphql';
import { compareStated, dataCategories, maskOf, type DataCategory, type Permissions } from '../policy/index.js';
import type { Subject } from './subject.js';

/** A coordinate, and the categories that its label could become without a machine's objection, the lock left out. */
export interface HumanReviewOnly {
  readonly coordinate: string;
  readonly unnoticed: readonly DataCategory[];
}

/** What the list means, for every way of printing it. */
export const humanReviewMeaning =
  'coordinates whose label could become another category with the lock left out and both books still agreeing; beyond ' +
  'them, people alone judge whether what a field returns is what its label says, and a change of both books at once';

/**
 * Relabels the whole graph with each category in turn and asks the second book, which judges each coordinate by itself.
 * An interface's coordinates are stated again by its types, and the policy does not load where the two differ.
 */
export function humanReviewOnly(subject: Subject, permissions?: Permissions): readonly HumanReviewOnly[] {
  const noticed = new Map(dataCategories.map((word) => [word, noticedAs(subject, word, permissions)]));
  const labels = [...subject.classification.labels.values()];
  return labels.flatMap(({ coordinate, categories }) => {
    if (isStatedAgain(subject, coordinate)) return [];
    const others = dataCategories.filter((word) => categories !== maskOf([word]));
    const unnoticed = others.filter((word) => !noticed.get(word)?.has(coordinate));
    return unnoticed.length === 0 ? [] : [{ coordinate, unnoticed }];
  });
}

function noticedAs({ schema, table }: Subject, word: DataCategory, permissions?: Permissions): ReadonlySet<string> {
  const mask = maskOf([word]);
  const needs = (coordinate: string): number => (table.needs(coordinate) === 0 ? 0 : mask);
  // No positions: categories are compared by coordinate, wherever it stands.
  const found = compareStated({ schema, table: { ...table, needs }, ...(permissions ? { permissions } : {}) }, []);
  return new Set(found.flatMap((one) => (one.kind === 'categories' || one.kind === 'missing' ? [one.coordinate] : [])));
}

/** An interface's field, or an argument of one, that some implementing type labels too. */
function isStatedAgain({ schema, classification }: Subject, coordinate: string): boolean {
  const [owner = ''] = coordinate.split('.');
  const type = schema.getType(owner);
  if (!isInterfaceType(type) && !isUnionType(type)) return false;
  const rest = coordinate.slice(owner.length);
  return schema.getPossibleTypes(type).some(({ name }) => classification.labels.has(`${name}${rest}`));
}
