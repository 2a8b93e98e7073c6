/** A project's folder → what is proven about: its policy as far as it compiles, the problems it has, and its lock. */
import { buildASTSchema, parse, type GraphQLSchema } from 'graphql';
import type { Problem } from '../fault/index.js';
import { loadPolicy, type LoadedPolicy, type Policy } from '../policy/index.js';
import { readCellPlaces, type CellPlace } from './cellPlaces.js';
import type { Finding, ProofPart } from './finding.js';

/** A policy without a promise that it can be served. */
export type Draft = Omit<Policy, 'kind'>;

/** What the seven parts look at. Immutable: parts are pure. */
export interface Subject extends Draft {
  /** Every type of the graph, inaccessible fields included. */
  readonly schema: GraphQLSchema;
  /** Why the policy does not load; empty where it does. */
  readonly problems: readonly Problem[];
  /** What is wrong with the lock; empty where it matches and is signed by enough approvers. */
  readonly lock: readonly Problem[];
  /** Where a cell of the matrix is written; left out of a policy that was loaded elsewhere. */
  readonly cellPlace?: CellPlace;
}

/** What one part found, and what it looked at, in words. */
export interface PartResult {
  readonly part: ProofPart;
  /** `9 purposes, 12 scopes, 612 coordinates`. */
  readonly checked: string;
  readonly findings: readonly Finding[];
}

/** Reads what verifies the lock of a policy; given by whoever knows where locks lie. */
export type LockReader = (policy: Draft) => readonly Problem[];

/** A subject, or the problems because of which there is not even a draft. */
export type Examined =
  | { readonly kind: 'subject'; readonly subject: Subject }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/** Reads `schema/` and `policy/` below `root`. Never throws for what the files say; costs a composition. */
export function examine(root: string, lockOf: LockReader): Examined {
  const found = examined(loadPolicy(root), lockOf);
  if (found.kind === 'problems') return found;
  return { kind: 'subject', subject: { ...found.subject, cellPlace: readCellPlaces(root) } };
}

/** {@link examine} for a policy that was loaded already. */
export function examined(loaded: LoadedPolicy, lockOf: LockReader): Examined {
  const draft = loaded.kind === 'ok' ? loaded : loaded.draft;
  const problems = loaded.kind === 'ok' ? [] : loaded.problems;
  if (!draft) return { kind: 'problems', problems };
  return { kind: 'subject', subject: { ...draft, schema: wholeSchema(draft), problems, lock: lockOf(draft) } };
}

function wholeSchema({ supergraphSdl }: Draft): GraphQLSchema {
  return buildASTSchema(parse(supergraphSdl), { assumeValidSDL: true, assumeValid: true });
}
