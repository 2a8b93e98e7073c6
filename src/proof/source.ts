/** A name of the graph → the file and line where a subgraph writes it. */
import type { ASTNode, Location } from 'graphql';
import type { SourceLocation } from '../fault/index.js';
import type { Subject } from './subject.js';

/**
 * `Account.balances`, `Query.account(id:)`, `Money.amount`, a type or `subgraph ads`. The owner's label first; then the
 * nearest that is written: the argument, its field, its type. Undefined for what no subgraph writes. Linear in the SDL.
 */
export function sourceOf(
  { classification, subgraphs }: Pick<Subject, 'classification' | 'subgraphs'>,
  coordinate: string,
): SourceLocation | undefined {
  const labelled = classification.labels.get(coordinate)?.locations[0];
  if (labelled) return labelled;
  const names = coordinate.match(/\w+/g) ?? [];
  const definitions = subgraphs.flatMap(({ document }) => document.definitions);
  if (coordinate.startsWith('subgraph ')) {
    const own = subgraphs.find(({ name }) => name === names[1])?.document.definitions.at(-1);
    const file = own?.loc?.source.name;
    return file === undefined ? undefined : { file, line: 1, column: 1 };
  }
  const ways = definitions.map((definition) => wayInto(definition, names)).filter((way) => way.length > 0);
  return placeOf(ways.toSorted((a, b) => b.length - a.length)[0]?.at(-1)?.loc);
}

/** The nodes that bear the names one below the other, as many as there are. */
function wayInto(node: ASTNode, [name, ...below]: readonly string[]): readonly ASTNode[] {
  if (!('name' in node) || node.name?.value !== name) return [];
  if (!('fields' in node || 'arguments' in node || 'values' in node)) return [node];
  const parts: readonly ASTNode[] = [
    ...('fields' in node ? (node.fields ?? []) : []),
    ...('arguments' in node ? (node.arguments ?? []) : []),
    ...('values' in node ? (node.values ?? []) : []),
  ];
  const found = parts.map((part) => wayInto(part, below)).find((way) => way.length > 0);
  return [node, ...(found ?? [])];
}

function placeOf(loc: Location | undefined): SourceLocation | undefined {
  return loc && { file: loc.source.name, line: loc.startToken.line, column: loc.startToken.column };
}
