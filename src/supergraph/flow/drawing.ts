/** The subgraphs' SDLs, read once into what the edges of the flow are drawn from. */
import { Kind, type ConstDirectiveNode } from 'graphql';
import type { SourceLocation } from '../../fault/index.js';
import type { Classification } from '../classification.js';
import { linksOf, namesOf } from '../links.js';
import { usesOf, type FieldStatement, type TypeStatement } from '../statement.js';
import { locationOf, type Subgraph } from '../subgraph.js';
import { namedType } from '../topology.js';
import type { FlowStep } from './flow.js';

/** A step, and the subgraph whose SDL makes it: only that subgraph's declassifications stop something on it. */
export interface DrawnStep extends FlowStep {
  readonly by: string;
}

/** What one subgraph writes about one type, definition and extensions together. */
export interface SubgraphType {
  readonly subgraph: string;
  readonly name: string;
  readonly statements: readonly TypeStatement[];
  /** Fields, arguments and input fields. */
  readonly fields: readonly FieldStatement[];
}

/** Everything that edges are drawn from. */
export interface Drawing {
  readonly classification: Classification;
  /** The categories that are not open, as bits. */
  readonly guarded: number;
  /** Every type that the subgraphs write, as they write it. */
  readonly statements: readonly TypeStatement[];
  /** Type → subgraph → what that subgraph writes about it. */
  readonly types: ReadonlyMap<string, ReadonlyMap<string, SubgraphType>>;
  /** Interface → types that implement it in some subgraph. */
  readonly implementers: ReadonlyMap<string, ReadonlySet<string>>;
  /** Field, argument or input field → the named type that it leads to. */
  readonly typeOf: ReadonlyMap<string, string>;
  /** The uses of a federation directive, under whatever name the subgraph imported it. */
  uses(subgraph: string, node: { directives?: readonly ConstDirectiveNode[] }, directive: string): ConstDirectiveNode[];
}

/** Reads the subgraphs, whose statements are at hand. Linear in their size. */
export function drawingOf(
  subgraphs: readonly Subgraph[],
  { classification, guarded, statements }: Pick<Drawing, 'classification' | 'guarded' | 'statements'>,
): Drawing {
  const links = new Map(subgraphs.map((subgraph) => [subgraph.name, linksOf(subgraph)]));
  const names = new Map<string, ReadonlySet<string>>();
  return {
    classification,
    guarded,
    statements,
    types: typesOf(statements),
    implementers: implementersOf(statements),
    typeOf: new Map(
      statements.flatMap(({ fields }) => fields.map((field) => [field.coordinate, namedType(field.node.type)])),
    ),
    uses(subgraph, node, directive) {
      if (!node.directives || node.directives.length === 0) return [];
      const key = `${subgraph} ${directive}`;
      const known = names.get(key) ?? namesOf(links.get(subgraph) ?? [], directive);
      names.set(key, known);
      return [...known].flatMap((name) => usesOf(node, name));
    },
  };
}

/** Every type of every subgraph. */
export function typesIn({ types }: Drawing): SubgraphType[] {
  return [...types.values()].flatMap((bySubgraph) => [...bySubgraph.values()]);
}

/** Where a directive is written. */
export function placeOf(directive: ConstDirectiveNode): { readonly location: SourceLocation } | object {
  const location = locationOf(directive.loc);
  return location ? { location } : {};
}

/** The type itself, its interfaces and its implementers: types whose rows may be the same rows. */
export function kinOf({ types, implementers }: Drawing, name: string): string[] {
  const parents = [...(types.get(name)?.values() ?? [])].flatMap(interfacesOf);
  return [...new Set([name, ...parents, ...(implementers.get(name) ?? [])])];
}

/** How many categories that are not open the coordinates carry together. */
export function guardedCount({ classification: { labels }, guarded }: Drawing, coordinates: readonly string[]): number {
  const carried = coordinates.reduce((mask, coordinate) => mask | (labels.get(coordinate)?.categories ?? 0), 0);
  let count = 0;
  for (let rest = carried & guarded; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Orders by code units, for `sort`. */
export function inOrder(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** The interfaces that a subgraph says the type implements. */
export function interfacesOf({ statements }: SubgraphType): string[] {
  return statements
    .flatMap(({ node }) => ('interfaces' in node ? (node.interfaces ?? []) : []))
    .map(({ name }) => name.value);
}

function typesOf(statements: readonly TypeStatement[]): Map<string, Map<string, SubgraphType>> {
  const types = new Map<string, Map<string, SubgraphType>>();
  for (const statement of statements) {
    const { name, subgraph } = statement;
    const bySubgraph = types.get(name) ?? new Map<string, SubgraphType>();
    const known = bySubgraph.get(subgraph);
    bySubgraph.set(subgraph, {
      subgraph,
      name,
      statements: [...(known?.statements ?? []), statement],
      fields: [...(known?.fields ?? []), ...statement.fields],
    });
    types.set(name, bySubgraph);
  }
  return types;
}

function implementersOf(statements: readonly TypeStatement[]): Map<string, Set<string>> {
  const implementers = new Map<string, Set<string>>();
  for (const { name, node } of statements) {
    if (!isOutput(node.kind) || !('interfaces' in node)) continue;
    for (const { name: parent } of node.interfaces ?? []) {
      implementers.set(parent.value, (implementers.get(parent.value) ?? new Set<string>()).add(name));
    }
  }
  return implementers;
}

function isOutput(kind: string): boolean {
  return (
    kind === Kind.OBJECT_TYPE_DEFINITION ||
    kind === Kind.OBJECT_TYPE_EXTENSION ||
    kind === Kind.INTERFACE_TYPE_DEFINITION ||
    kind === Kind.INTERFACE_TYPE_EXTENSION
  );
}
