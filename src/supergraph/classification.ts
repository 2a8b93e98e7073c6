import type { SourceLocation } from '../fault/index.js';
import type { SealedKind } from './sealed.js';

/** The closed list of categories, as the policy states it: each word with its bit. Passed in, so that this folder knows no policy. */
export type CategoryBits = ReadonlyMap<string, number>;

/** Where a coordinate's type leads: to values of its own, or to objects that are judged by their own fields. */
export interface Target {
  /** The named type, without lists and non-null marks. */
  readonly name: string;
  /** `leaf`: scalar, enum or input. `value`: a value type. `entity`: any other object, an interface or a union. */
  readonly kind: 'leaf' | 'value' | 'entity';
  /**
   * The object types that are not value types and that this leads to directly or through value types alone;
   * interfaces and unions count as themselves and as their members. Empty where only values lie below.
   */
  readonly reaches: readonly string[];
}

/**
 * What the subgraphs state about one coordinate. Coordinates are `Account.balances` for a field,
 * `Account.transactions(first:)` for an argument, `Filter.from` for an input field.
 */
export interface Label {
  readonly coordinate: string;
  readonly kind: 'field' | 'argument' | 'inputField';
  /** The type that the coordinate begins with. */
  readonly owner: string;
  /** The coordinate of the field that takes this argument; the coordinate itself otherwise. */
  readonly field: string;
  /** The union of what all owners state. Never 0. */
  readonly categories: number;
  readonly reduced: boolean;
  /** Inputs of a DERIVED coordinate. */
  readonly from?: number;
  readonly target: Target;
  /** Fields: every owner says non-null. Arguments and input fields: some owner demands a value. */
  readonly nonNull: boolean;
  readonly list: boolean;
  /** Some owner keeps it out of the public graph: keys and references that the gateway fetches for itself. */
  readonly inaccessible: boolean;
  /** One per owner, in the order of the subgraphs. */
  readonly locations: readonly SourceLocation[];
}

/** The labels of a whole graph: total over its fields, arguments and input fields. */
export interface Classification {
  /** By coordinate, sorted. Fields of value types have no label: see {@link valueFields}. */
  readonly labels: ReadonlyMap<string, Label>;
  /** Names of the types marked `@value`. */
  readonly valueTypes: ReadonlySet<string>;
  /** Coordinates of the value types' fields: judged by the edge that reaches them. */
  readonly valueFields: ReadonlySet<string>;
  /** Subgraph → coordinate → what the partner's identifier there is sealed as. */
  readonly sealed: ReadonlyMap<string, ReadonlyMap<string, SealedKind>>;
}
