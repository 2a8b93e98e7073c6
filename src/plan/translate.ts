/** The planner library's tree → {@link PlanNode}s. What is not understood is refused here, before anything runs. */
import type {
  BatchFetchNode,
  FetchNode,
  FetchNodePathSegment,
  FetchRewrite,
  FlattenNode,
  FlattenNodePathSegment,
  PlanNode as RawNode,
  QueryPlan,
  RequiresSelection,
} from '@graphql-hive/router-query-planner';
import { InternalFault } from '../fault/index.js';
import { parseStep, slotSelection } from './fetchStep.js';
import type { EntitySource, PathSegment, PlanNode, Requirement, Rewrite, RewriteSegment } from './nodes.js';
import type { EntitySlot } from './subgraph.js';

/** The plan in the gateway's own nodes; null when there is nothing to fetch. Throws an `InternalFault`. */
export function translatePlan({ node }: QueryPlan): PlanNode | null {
  return node ? translate(node, null) : null;
}

type Path = readonly PathSegment[];

/** `at` is the path of the flatten node around, if any: it moves down to the fetches. */
function translate(raw: RawNode, at: Path | null): PlanNode {
  switch (raw.kind) {
    case 'Sequence':
      return Object.freeze({ kind: 'sequence', nodes: raw.nodes.map((node) => translate(node, at)) });
    case 'Parallel':
      return Object.freeze({ kind: 'parallel', nodes: raw.nodes.map((node) => translate(node, at)) });
    case 'Condition':
      return Object.freeze({
        kind: 'condition',
        variable: raw.condition,
        whenTrue: raw.ifClause ? translate(raw.ifClause, at) : null,
        whenFalse: raw.elseClause ? translate(raw.elseClause, at) : null,
      });
    case 'Flatten':
      return translateFlatten(raw, at);
    case 'Fetch':
      return at ? entityFetch(raw, at) : rootFetch(raw);
    case 'BatchFetch':
      return batchFetch(raw);
    default:
      throw new InternalFault(`a plan holds a node of kind \`${raw.kind}\`, which this gateway cannot run`);
  }
}

function translateFlatten(raw: FlattenNode, at: Path | null): PlanNode {
  if (at) throw new InternalFault('a plan nests a path within a path');
  return translate(raw.node, raw.path.map(pathSegment));
}

/** What the planner notes on representations at a fetch of root fields has nothing to act on. */
function rootFetch(raw: FetchNode): PlanNode {
  if (raw.requires?.length) throw new InternalFault('a fetch of entities has no path');
  const { step, operation } = parseStep(raw, []);
  const { selectionSet } = operation;
  return Object.freeze({ kind: 'rootFetch', step, selectionSet, outputRewrites: rewrites(raw.outputRewrites) });
}

function entityFetch(raw: FetchNode, path: Path): PlanNode {
  const slot: EntitySlot = Object.freeze({ alias: '_entities', variable: 'representations' });
  const parsed = parseStep(raw, [slot]);
  const source: EntitySource = Object.freeze({
    slot,
    paths: [path],
    requires: requirements(raw.requires),
    inputRewrites: rewrites(raw.inputRewrites),
    selectionSet: slotSelection(parsed, slot),
    outputRewrites: rewrites(raw.outputRewrites),
  });
  return Object.freeze({ kind: 'entityFetch', step: parsed.step, sources: [source] });
}

function batchFetch(raw: BatchFetchNode): PlanNode {
  const { aliases } = raw.entityBatch;
  const slots = aliases.map(({ alias, representationsVariableName: variable }) => Object.freeze({ alias, variable }));
  const parsed = parseStep(raw, slots);
  const sources = aliases.map((batched): EntitySource => {
    const slot: EntitySlot = Object.freeze({ alias: batched.alias, variable: batched.representationsVariableName });
    return Object.freeze({
      slot,
      paths: batched.paths.map((path) => path.map(pathSegment)),
      requires: requirements(batched.requires),
      inputRewrites: rewrites(batched.inputRewrites),
      selectionSet: slotSelection(parsed, slot),
      outputRewrites: rewrites(batched.outputRewrites),
    });
  });
  return Object.freeze({ kind: 'entityFetch', step: parsed.step, sources });
}

function pathSegment(raw: FlattenNodePathSegment): PathSegment {
  if (raw === '@') return { kind: 'list' };
  if ('Field' in raw) return { kind: 'field', key: raw.Field };
  if ('TypeCondition' in raw) return { kind: 'type', names: raw.TypeCondition };
  throw new InternalFault('a plan has a path segment that this gateway does not know');
}

function requirements(raw: readonly RequiresSelection[] | undefined): readonly Requirement[] {
  if (!raw?.length) throw new InternalFault('a fetch of entities requires nothing');
  return raw.map(requirement);
}

function requirement(raw: RequiresSelection): Requirement {
  switch (raw.kind) {
    case 'Field': {
      const selections = raw.selections?.length ? raw.selections.map(requirement) : null;
      return { kind: 'field', key: raw.name, name: raw.alias ?? raw.name, selections };
    }
    case 'InlineFragment': {
      if (raw.skipIf ?? raw.includeIf) throw new InternalFault('a representation depends on a variable');
      return { kind: 'type', condition: raw.typeCondition, selections: raw.selections.map(requirement) };
    }
    default:
      throw new InternalFault(`a representation holds a \`${raw.kind}\`, which this gateway does not know`);
  }
}

function rewrites(raw: readonly FetchRewrite[] | undefined): readonly Rewrite[] {
  return (raw ?? []).map(rewrite);
}

function rewrite(raw: FetchRewrite): Rewrite {
  if ('ValueSetter' in raw) {
    return { kind: 'set', path: rewritePath(raw.ValueSetter.path), value: raw.ValueSetter.setValueTo };
  }
  if ('KeyRenamer' in raw) {
    return { kind: 'rename', path: rewritePath(raw.KeyRenamer.path), to: raw.KeyRenamer.renameKeyTo };
  }
  if ('setValueTo' in raw) return { kind: 'set', path: rewritePath(raw.path), value: raw.setValueTo };
  throw new InternalFault('a plan has a rewrite that this gateway does not know');
}

function rewritePath(raw: readonly FetchNodePathSegment[]): readonly RewriteSegment[] {
  const path = raw.map((segment): RewriteSegment => {
    if ('Key' in segment) return { kind: 'key', key: segment.Key };
    if ('TypenameEquals' in segment) return { kind: 'type', names: segment.TypenameEquals };
    throw new InternalFault('a plan rewrites at a path segment that this gateway does not know');
  });
  if (path.at(-1)?.kind !== 'key') throw new InternalFault('a plan rewrites something that is not a key');
  return path;
}
