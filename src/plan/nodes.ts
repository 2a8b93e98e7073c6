/** What a plan is made of: a closed union of frozen nodes, in the gateway's own words. */
import type { SelectionSetNode } from 'graphql';
import type { EntitySlot, FetchStep } from './subgraph.js';

/** A plan, or a part of one. */
export type PlanNode = SequenceNode | ParallelNode | ConditionNode | RootFetchNode | EntityFetchNode;

/** One after the other. */
export interface SequenceNode {
  readonly kind: 'sequence';
  readonly nodes: readonly PlanNode[];
}

/** All at once. */
export interface ParallelNode {
  readonly kind: 'parallel';
  readonly nodes: readonly PlanNode[];
}

/** One branch or the other, by a boolean variable of the client. */
export interface ConditionNode {
  readonly kind: 'condition';
  readonly variable: string;
  readonly whenTrue: PlanNode | null;
  readonly whenFalse: PlanNode | null;
}

/** A fetch of root fields; the answer goes to the root of the harvest. */
export interface RootFetchNode {
  readonly kind: 'rootFetch';
  readonly step: FetchStep;
  readonly selectionSet: SelectionSetNode;
  readonly outputRewrites: readonly Rewrite[];
}

/** A fetch of entities that are in the harvest already; the answer goes to where they are. */
export interface EntityFetchNode {
  readonly kind: 'entityFetch';
  readonly step: FetchStep;
  readonly sources: readonly EntitySource[];
}

/** Where the entities of one slot are, what is said of them, and what is asked for. */
export interface EntitySource {
  readonly slot: EntitySlot;
  readonly paths: readonly (readonly PathSegment[])[];
  readonly requires: readonly Requirement[];
  readonly inputRewrites: readonly Rewrite[];
  readonly selectionSet: SelectionSetNode;
  readonly outputRewrites: readonly Rewrite[];
}

/** A step from the root towards entities. Lists within lists have one `list` segment or several. */
export type PathSegment =
  | { readonly kind: 'field'; readonly key: string }
  | { readonly kind: 'list' }
  | { readonly kind: 'type'; readonly names: readonly string[] };

/** A part of a representation; `key` is where the harvest holds what the representation names `name`. */
export type Requirement =
  | {
      readonly kind: 'field';
      readonly key: string;
      readonly name: string;
      readonly selections: readonly Requirement[] | null;
    }
  | { readonly kind: 'type'; readonly condition: string; readonly selections: readonly Requirement[] };

/** A correction to a representation on its way out, or to an answer on its way in. */
export type Rewrite =
  | { readonly kind: 'set'; readonly path: readonly RewriteSegment[]; readonly value: string }
  | { readonly kind: 'rename'; readonly path: readonly RewriteSegment[]; readonly to: string };

/** A step within the object that is rewritten; lists are passed through. */
export type RewriteSegment =
  { readonly kind: 'key'; readonly key: string } | { readonly kind: 'type'; readonly names: readonly string[] };
