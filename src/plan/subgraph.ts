import type { DocumentNode } from 'graphql';
import type { FieldFault } from '../fault/index.js';
import type { Exchange } from './exchange.js';
import type { HarvestObject } from './harvest.js';
import type { Sent } from './tape.js';

/** One `_entities` field of a fetch: the variable that carries its representations, and its response key. */
export interface EntitySlot {
  /** `_entities`, or an alias where a plan batches several. */
  readonly alias: string;
  readonly variable: string;
}

/**
 * One request that a plan makes of one subgraph, as the planner wrote it. `slots` is empty for a fetch of root fields.
 */
export interface FetchStep {
  readonly subgraph: string;
  readonly operation: 'query' | 'mutation' | 'subscription';
  readonly document: DocumentNode;
  /** `document` as text, ready to send. */
  readonly text: string;
  /** Client variables that the document uses. */
  readonly variables: readonly string[];
  readonly slots: readonly EntitySlot[];
}

/** A representation of an entity: `__typename` and key fields, and what `@requires` asks for. */
export type Representation = Readonly<Record<string, unknown>>;

/**
 * What a subgraph brought in. `data` is keyed as the document's root: a root field's response key, or a slot's alias
 * with one value per representation, in order. Null where the whole call failed; then `faults` says why. Positions
 * that failed within `data` are `Withheld` already.
 */
export interface FetchAnswer {
  readonly data: HarvestObject | null;
  readonly faults: readonly FieldFault[];
  /** True when no string in it needs an escape to be JSON. */
  readonly isPlain?: boolean;
}

/** Runs one fetch; `representations` has one list per slot, in the order of `slots`. Never rejects for a failed call. */
export type FetchRunner = (
  exchange: Exchange,
  representations: readonly (readonly Representation[])[],
) => Promise<FetchAnswer>;

/**
 * The door to one subgraph. `prepare` runs once per compiled plan and throws an `InternalFault` for a step it cannot
 * run, so that a plan fails when it is compiled and never halfway.
 */
export interface SubgraphPort {
  prepare(step: FetchStep): FetchRunner;
  /**
   * Sends a body that this port made for the step before. Absent where answers depend on more than what is asked, or
   * must not be kept.
   */
  carry?(step: FetchStep): Carrier;
}

/** Sends a body. Never rejects for a failed call. */
export type Carrier = (body: string, exchange: Exchange) => Promise<Sent>;
