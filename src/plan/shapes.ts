/**
 * A plan → the same plan, in which no fetch asks for values of different shapes under one response key. Such a fetch is
 * refused by subgraphs (specification, 5.3.2 "SameResponseShape"), though types that the planner made fragments of can
 * never meet: one of two implementations may say `String!` where the other says `String`.
 */
import { type FieldNode, Kind, print, type SelectionNode, type SelectionSetNode, type TypeNode } from 'graphql';
import type { EntityFetchNode, EntitySource, PlanNode, Rewrite, RewriteSegment, RootFetchNode } from './nodes.js';
import { stepWith } from './stepWith.js';
import type { Topology } from './topology.js';

/** Renames keys in the fetches that need it; their answers are rewritten back. Linear in the plan. */
export function withOneShapePerKey(node: PlanNode, topology: Topology): PlanNode {
  switch (node.kind) {
    case 'sequence':
    case 'parallel':
      return { ...node, nodes: node.nodes.map((inner) => withOneShapePerKey(inner, topology)) };
    case 'condition':
      return {
        ...node,
        whenTrue: node.whenTrue && withOneShapePerKey(node.whenTrue, topology),
        whenFalse: node.whenFalse && withOneShapePerKey(node.whenFalse, topology),
      };
    case 'rootFetch':
      return shapedRoot(node, topology);
    case 'entityFetch':
      return shapedEntities(node, topology);
  }
}

function shapedRoot(node: RootFetchNode, topology: Topology): RootFetchNode {
  const { step, selectionSet, outputRewrites } = node;
  const apart = new KeysApart(step.subgraph, topology);
  apart.visit([{ type: topology.rootOf(step.operation), selectionSet }], []);
  if (apart.keys.size === 0) return node;
  const renamed = renamedSet(selectionSet, apart.keys);
  return {
    ...node,
    step: stepWith(step, new Map([[selectionSet, renamed]])),
    selectionSet: renamed,
    outputRewrites: [...apart.renames, ...outputRewrites],
  };
}

function shapedEntities(node: EntityFetchNode, topology: Topology): EntityFetchNode {
  const { step } = node;
  const replaced = new Map<SelectionSetNode, SelectionSetNode>();
  const sources = node.sources.map((source): EntitySource => {
    const apart = new KeysApart(step.subgraph, topology);
    apart.visit([{ type: undefined, selectionSet: source.selectionSet }], []);
    if (apart.keys.size === 0) return source;
    const selectionSet = renamedSet(source.selectionSet, apart.keys);
    replaced.set(source.selectionSet, selectionSet);
    return { ...source, selectionSet, outputRewrites: [...apart.renames, ...source.outputRewrites] };
  });
  return replaced.size === 0 ? node : { ...node, step: stepWith(step, replaced), sources };
}

function renamedSet({ selections }: SelectionSetNode, keys: ReadonlyMap<FieldNode, string>): SelectionSetNode {
  const renamed = (selection: SelectionNode): SelectionNode => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
    const inner = selection.selectionSet && { selectionSet: renamedSet(selection.selectionSet, keys) };
    const key = selection.kind === Kind.FIELD ? keys.get(selection) : undefined;
    if (key === undefined) return { ...selection, ...inner } as SelectionNode;
    return { ...selection, ...inner, alias: { kind: Kind.NAME, value: key } } as SelectionNode;
  };
  return { kind: Kind.SELECTION_SET, selections: selections.map(renamed) };
}

/** A selection set and the type that it selects on; undefined below `_entities`. */
interface Place {
  readonly type: string | undefined;
  readonly selectionSet: SelectionSetNode;
}

/** A field and its type in the subgraph, where that is known. */
interface Found {
  readonly node: FieldNode;
  readonly type: TypeNode | undefined;
}

/** Finds the fields of one answer that need a key of their own. */
class KeysApart {
  readonly keys = new Map<FieldNode, string>();
  /** Innermost first: each path names keys as the subgraph was asked for them. */
  readonly renames: Rewrite[] = [];

  constructor(
    private readonly subgraph: string,
    private readonly topology: Topology,
  ) {}

  /** Selection sets that select on one object, whatever its type turns out to be. */
  visit(places: readonly Place[], path: readonly RewriteSegment[]): void {
    const groups = new Map<string, Found[]>();
    for (const place of places) this.collect(place, groups);
    for (const [key, found] of groups) {
      let isFirst = true;
      for (const alike of byShape(found)) {
        this.visitAlike(alike, { path, key, asked: isFirst ? key : `_apart_${this.renames.length}` });
        isFirst = false;
      }
    }
  }

  private visitAlike(
    alike: readonly Found[],
    { path, key, asked }: { readonly path: readonly RewriteSegment[]; readonly key: string; readonly asked: string },
  ): void {
    const here: readonly RewriteSegment[] = [...path, { kind: 'key', key: asked }];
    const below = alike.flatMap(({ node, type }): Place[] =>
      node.selectionSet ? [{ type: type && nameOf(type), selectionSet: node.selectionSet }] : [],
    );
    if (below.length > 0) this.visit(below, here);
    if (asked === key) return;
    for (const { node } of alike) this.keys.set(node, asked);
    this.renames.push({ kind: 'rename', path: here, to: key });
  }

  private collect({ type, selectionSet }: Place, groups: Map<string, Found[]>): void {
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = selection.typeCondition?.name.value ?? type;
        this.collect({ type: on, selectionSet: selection.selectionSet }, groups);
      } else if (selection.kind === Kind.FIELD && selection.name.value !== '__typename') {
        const key = selection.alias?.value ?? selection.name.value;
        const known = type === undefined ? undefined : this.topology.typeOf(this.subgraph, type, selection.name.value);
        groups.set(key, [...(groups.get(key) ?? []), { node: selection, type: known }]);
      }
    }
  }
}

/** Objects are of one shape when what they select is, which is looked at below them. */
function byShape(found: readonly Found[]): Iterable<readonly Found[]> {
  const shapes = new Map<string, Found[]>();
  for (const entry of found) {
    const shape = entry.type ? shapeOf(entry.type, entry.node.selectionSet !== undefined) : '';
    shapes.set(shape, [...(shapes.get(shape) ?? []), entry]);
  }
  return shapes.values();
}

function shapeOf(type: TypeNode, isObject: boolean): string {
  return isObject ? print(type).replace(/\w+/, '') : print(type);
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}
