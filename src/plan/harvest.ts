import type { FieldFault } from '../fault/index.js';

/**
 * A position of a harvest that holds no value, with the reason. The serializer writes null there and one error per
 * fault at the position's own path in the client's answer.
 */
export class Withheld {
  constructor(readonly faults: readonly FieldFault[]) {}
}

/**
 * A list gathered from several banks. The serializer writes the rows, and one error per fault at the list's own path:
 * a bank that failed costs its rows and nothing else.
 */
export class Gathered {
  constructor(
    readonly rows: readonly unknown[],
    readonly faults: readonly FieldFault[],
  ) {}
}

/** An object of a harvest: null prototype or parsed JSON, keyed by response name. Read own keys only. */
export type HarvestObject = Record<string, unknown>;

/** What running a plan brought in: the root object, and errors that belong to no position of the answer. */
export interface Harvest {
  readonly root: HarvestObject;
  readonly stray: readonly FieldFault[];
  /** Objects that stand at several positions, where a plan met the same entity again: they read the same everywhere. */
  readonly shared: ReadonlySet<object>;
  /** True when no answer held an escape, so that no string in it needs one: answers are UTF-8 and parsed as JSON. */
  readonly isPlain: boolean;
}
