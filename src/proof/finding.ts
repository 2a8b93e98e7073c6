/** What the proof finds: one shape for every part of it, and for every way of printing it. */
import type { SourceLocation } from '../fault/index.js';
import type { Purpose } from '../policy/index.js';
import type { FlowStep } from '../supergraph/index.js';

/** The parts of the proof, in the order in which they run. */
export const proofParts = [
  'classified',
  'never-consentable',
  'flow',
  'combination',
  'double-entry',
  'views',
  'lock',
] as const;

/** One of {@link proofParts}. */
export type ProofPart = (typeof proofParts)[number];

/** A minimal operation, who sends it, and what would leak. Replayed by `ringfence explain`. */
export interface Counterexample {
  readonly operation: string;
  readonly principal: {
    readonly client: string;
    readonly purpose: Purpose;
    readonly scope: string;
    readonly customer?: string;
  };
  /** In words: which coordinate or subgraph would learn which category. */
  readonly leak: string;
}

/** One reason why the purpose limits do not hold. */
export interface Finding {
  readonly part: ProofPart;
  /** Stable, upper case: `FLOW_INTO_SUBGRAPH`, `NEVER_CONSENTABLE`, `LOCK_MISMATCH`, … */
  readonly code: string;
  /** What is wrong and what to do, lower case. */
  readonly message: string;
  readonly coordinate?: string;
  readonly location?: SourceLocation;
  readonly path?: readonly FlowStep[];
  readonly counterexample?: Counterexample;
  /** Why no operation can show this. `prove` gives every finding either this or a counterexample. */
  readonly noCounterexample?: string;
}
