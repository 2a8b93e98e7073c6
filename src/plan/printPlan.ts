/** A plan → text that people read: `explain`, snapshots. */
import { print } from 'graphql';
import type { EntitySource, PathSegment, PlanNode, Requirement } from './nodes.js';

/** The plan as indented lines; the same plan gives the same text. */
export function printPlan(node: PlanNode | null): string {
  return node ? lines(node).join('\n') : 'nothing to fetch';
}

function lines(node: PlanNode): string[] {
  switch (node.kind) {
    case 'sequence':
    case 'parallel':
      return [node.kind, ...indent(node.nodes.flatMap(lines))];
    case 'condition':
      return [
        ...(node.whenTrue ? [`if $${node.variable}`, ...indent(lines(node.whenTrue))] : []),
        ...(node.whenFalse ? [`unless $${node.variable}`, ...indent(lines(node.whenFalse))] : []),
      ];
    case 'rootFetch':
      return [`fetch ${node.step.subgraph}`, ...indent(print(node.step.document).split('\n'))];
    case 'entityFetch':
      return [
        `entities ${node.step.subgraph}`,
        ...indent([...node.sources.map(source), ...print(node.step.document).split('\n')]),
      ];
  }
}

function indent(inner: readonly string[]): string[] {
  return inner.map((line) => `  ${line}`);
}

function source({ slot, paths, requires }: EntitySource): string {
  const places = paths.map((path) => path.map(segment).join('.')).join(', ');
  return `$${slot.variable} at ${places} by ${requires.map(requirement).join(' ')}`;
}

function segment(part: PathSegment): string {
  if (part.kind === 'list') return '@';
  return part.kind === 'field' ? part.key : `[${part.names.join('|')}]`;
}

function requirement(part: Requirement): string {
  const inner = part.selections ? ` { ${part.selections.map(requirement).join(' ')} }` : '';
  if (part.kind === 'type') return `... on ${part.condition}${inner}`;
  return `${part.key === part.name ? part.name : `${part.name}: ${part.key}`}${inner}`;
}
