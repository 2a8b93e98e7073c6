import type { Classification } from '../supergraph/index.js';
import type { Matrix } from './matrix.js';
import type { CategoryMask, Purpose } from './vocabulary.js';

/** What the matrix says to one position, before scope, consent and agreement. */
export type Verdict = 'allow' | 'deny';

/** What a purpose may do with each category, as masks. */
export interface CellMasks {
  /** Readable where the coordinate permits: cells `allow`, `own`, `picking` and `reduced`, and the open categories. */
  readonly direct: CategoryMask;
  /** Readable below an anchor edge only. */
  readonly item: CategoryMask;
  /** Taken as input, never read. */
  readonly write: CategoryMask;
}

/** Coordinate × purpose → verdict: labels and matrix compiled together. Every lookup is O(1). */
export interface PolicyTable {
  readonly classification: Classification;
  readonly matrix: Matrix;
  /**
   * The matrix's verdict on a field `T.f`, an argument `T.f(a:)` or an input field, before scope, consent and
   * agreement. `item`: the position hangs on an anchor edge of this purpose, directly or through value types.
   * An unknown coordinate is denied. Value types' fields are allowed: the edge that reaches them decides.
   */
  verdict(purpose: Purpose, coordinate: string, item: boolean): Verdict;
  /** The edge opens its target's own fields as an item for this purpose. */
  anchors(purpose: Purpose, coordinate: string): boolean;
  /**
   * The categories that scope, consent and agreement must cover: the label's, with DERIVED replaced by its inputs.
   * 0 for value types' fields and for unknown coordinates, which have the verdict `deny`.
   */
  needs(coordinate: string): CategoryMask;
  /**
   * Whether a token of this purpose with these scope words meets what subgraphs demand of the field beyond its label, by
   * `@requiresScopes` and `@policy`. True where nothing is demanded. A further restriction: it never opens what the verdict denies.
   */
  meets(purpose: Purpose, coordinate: string, words: ReadonlySet<string>): boolean;
  /** False when no token of this purpose can meet those demands, whatever its scope. */
  canMeet(purpose: Purpose, coordinate: string): boolean;
  isValueType(typeName: string): boolean;
  cells(purpose: Purpose): CellMasks;
}
