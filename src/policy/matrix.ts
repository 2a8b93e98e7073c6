import type { CategoryMask, DataCategory, Purpose } from './vocabulary.js';

/**
 * What a purpose may do with a category, before scope, consent and agreement. `allow`: read. `item`: read below an
 * anchor edge only. `own`: own records of the consent and receipt stores. `write`: give as input, never read.
 * `picking`: read the coordinates listed for picking accounts only. `reduced`: read pseudonymous records only.
 */
export const cellWords = ['allow', 'item', 'own', 'write', 'picking', 'reduced', 'deny'] as const;

/** What one cell says. */
export type Cell = (typeof cellWords)[number];

/** The table of purposes and categories with its lists, as reviewers signed it. */
export interface Matrix {
  /** A row per purpose; a cell per financial and control category, DERIVED aside, which follows its inputs. */
  readonly rows: ReadonlyMap<Purpose, ReadonlyMap<DataCategory, Cell>>;
  /** Edges that open their target's own fields as an item. */
  readonly anchors: ReadonlyMap<Purpose, ReadonlySet<string>>;
  /** Coordinates that a `picking` cell opens. */
  readonly picking: ReadonlySet<string>;
  /** Mutation field → purposes that may run it. */
  readonly writes: ReadonlyMap<string, ReadonlySet<Purpose>>;
  /** Categories that every authenticated principal may read. */
  readonly open: CategoryMask;
  /** Open categories that only certain purposes read, and only at the coordinates listed for them. */
  readonly entries: ReadonlyMap<DataCategory, ReadonlyMap<Purpose, ReadonlySet<string>>>;
}
