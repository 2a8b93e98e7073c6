/** Where a value can travel in the federated graph: the words that the analysis, the proof and the certificate share. */
import type { SourceLocation } from '../../fault/index.js';

/** Why something travels along an edge of the flow. */
export type FlowReason =
  | 'selection'
  | 'requires'
  | 'key'
  | 'provides'
  | 'override'
  | 'shareable'
  | 'interfaceObject'
  | 'interface'
  | 'fromContext'
  | 'argument'
  | 'outcome'
  | 'fan-out'
  | 'call';

/** One step of a path: what travels from one place to the next, and which line of which subgraph makes it. */
export interface FlowStep {
  /** A coordinate, `subgraph ads`, or the presence of rows: `rows of Account`, `rows of FraudAlert.account`. */
  readonly from: string;
  readonly to: string;
  readonly reason: FlowReason;
  /** In words, for people: `subgraph ads requires Account.balances`. */
  readonly words: string;
  readonly location?: SourceLocation;
  /** Categories that a declassification keeps from travelling here, as bits; left out where there are none. */
  readonly stops?: number;
}

/**
 * A reviewed exception: these categories do not travel over what this coordinate, as this subgraph states it, makes
 * possible: into the field, to the rows that it leads to, and from an argument to the subgraph.
 */
export interface Declassification {
  readonly coordinate: string;
  readonly subgraph: string;
  /** The categories that stop here, as bits. */
  readonly categories: number;
  readonly reason: string;
  readonly approver: string;
  readonly location: SourceLocation;
}

/** A flow that must not be: a category arrives where its label or clearance does not name it. */
export interface FlowFinding {
  readonly code: 'FLOW_INTO_COORDINATE' | 'FLOW_INTO_ARGUMENT' | 'FLOW_INTO_SUBGRAPH';
  /** The coordinate, or `subgraph ads`. */
  readonly sink: string;
  /** What arrives and is not named there, as bits. */
  readonly categories: number;
  /** From the labelled source to the sink; never empty. */
  readonly path: readonly FlowStep[];
  readonly location?: SourceLocation;
}

/** The fixpoint over one graph. */
export interface Flow {
  /**
   * Coordinate → its own categories and all that flow into it, as bits. Total over the labels; fields of value types and
   * the presence of rows (`rows of Account`) are there too where something flows into them.
   */
  readonly reaching: ReadonlyMap<string, number>;
  /** Subgraph by its bare name → what it can be handed or can infer from being called, as bits, open categories included. */
  readonly received: ReadonlyMap<string, number>;
  /** Every edge once: what the certificate lists. */
  readonly edges: readonly FlowStep[];
  readonly declassifications: readonly Declassification[];
  readonly findings: readonly FlowFinding[];
  /**
   * The shortest path by which a category (one bit) arrives at a coordinate or at `subgraph ads`; empty where it starts
   * there or never arrives. Linear in the edges on the way.
   */
  pathTo(sink: string, category: number): readonly FlowStep[];
}
