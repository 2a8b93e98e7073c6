/** What compiled nodes have in common. */
import type { FieldFault } from '../fault/index.js';
import type { Exchange } from './exchange.js';
import type { HarvestObject } from './harvest.js';
import type { PathSegment } from './nodes.js';
import type { FetchRunner } from './subgraph.js';
import type { Topology } from './topology.js';

/** One run of a plan: what it reads and where it writes. */
export interface Run {
  readonly exchange: Exchange;
  readonly root: HarvestObject;
  readonly stray: FieldFault[];
  readonly shared: Set<object>;
  /** Cleared by the first answer that is not known to be free of escapes. */
  isPlain: boolean;
}

/** A compiled node. */
export type NodeRunner = (run: Run) => Promise<void>;

/** How a fetch is made, and in which graph. */
export interface FetchContext {
  readonly runner: FetchRunner;
  readonly topology: Topology;
  /** True where equal references to an entity may become one object. */
  readonly maySharePath: (path: readonly PathSegment[]) => boolean;
}
