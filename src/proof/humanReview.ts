/** Which labels could change without any check but the lock noticing: what only people who review protect. */
import { isInterfaceType, isUnionType } from 'graphql';
import {
  argumentPermissions,
  compareLabels,
  dataCategories,
  maskOf,
  permissions as wholeBook,
  statementsOf,
  type DataCategory,
  type Permissions,
  type Statement,
} from '../policy/index.js';
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
 * Relabels the graph with each category in turn and asks the second book, which judges each coordinate by itself: one
 * coordinate answers for all of which the books say the same. An interface's coordinates are stated again by its types,
 * and the policy does not load where the two differ.
 */
export function humanReviewOnly(subject: Subject, permissions?: Permissions): readonly HumanReviewOnly[] {
  const noticed = noticedCategories(subject, permissions);
  return [...subject.classification.labels.values()].flatMap(({ coordinate, categories }) => {
    if (isStatedAgain(subject, coordinate)) return [];
    const seen = noticed.get(coordinate);
    const unnoticed = dataCategories.filter((word) => categories !== maskOf([word]) && !seen?.has(word));
    return unnoticed.length === 0 ? [] : [{ coordinate, unnoticed }];
  });
}

/** Coordinate → the categories under which the books would differ. Coordinates of one kind share a set. */
function noticedCategories(
  { schema, table }: Subject,
  permissions = wholeBook,
): Map<string, ReadonlySet<DataCategory>> {
  const byKind = new Map<string, ReadonlySet<DataCategory>>();
  return new Map(
    statementsOf({ schema, table, permissions, argumentPermissions }).map((statement) => {
      const isLabelled = table.needs(statement.coordinate) !== 0;
      const kind = JSON.stringify([isLabelled, statement.needsLabel, statement.categories ?? 'nothing']);
      const noticed = byKind.get(kind) ?? noticedAt(statement, isLabelled);
      byKind.set(kind, noticed);
      return [statement.coordinate, noticed];
    }),
  );
}

function noticedAt(statement: Statement, isLabelled: boolean): ReadonlySet<DataCategory> {
  return new Set(
    dataCategories.filter((word) => compareLabels([statement], () => (isLabelled ? maskOf([word]) : 0)).length > 0),
  );
}

/** An interface's field, or an argument of one, that some implementing type labels too. */
function isStatedAgain({ schema, classification }: Subject, coordinate: string): boolean {
  const [owner = ''] = coordinate.split('.');
  const type = schema.getType(owner);
  if (!isInterfaceType(type) && !isUnionType(type)) return false;
  const rest = coordinate.slice(owner.length);
  return schema.getPossibleTypes(type).some(({ name }) => classification.labels.has(`${name}${rest}`));
}
