import { Kind, parse, type ConstDirectiveNode, type DocumentNode } from 'graphql';
import type { Problem } from '../fault/index.js';
import { argumentOf, usesOf } from './statement.js';
import { unservable } from './unservable.js';

/** What a supergraph says of itself. */
export type ReadSupergraph =
  | {
      readonly kind: 'ok';
      readonly document: DocumentNode;
      /** Subgraph name → URL, in the order of `join__Graph`. */
      readonly subgraphs: ReadonlyMap<string, string>;
      /** The policy spec is linked, in any version: such a graph is never served without its policy. */
      readonly linksPolicy: boolean;
    }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/**
 * Reads a supergraph's subgraphs and whether it declares the policy spec. Bad SDL is a problem, never
 * a throw; so is what a gateway would have to do for it and this one does not.
 */
export function readSupergraph(sdl: string): ReadSupergraph {
  try {
    const document = parse(sdl);
    const subgraphs = new Map(graphs(document));
    const problems = unservable(document);
    if (problems.length > 0) return { kind: 'problems', problems };
    if (subgraphs.size > 0) return { kind: 'ok', document, subgraphs, linksPolicy: linksPolicy(document) };
    const message = 'names no subgraphs; expected an enum `join__Graph` whose values state `@join__graph`';
    return { kind: 'problems', problems: [{ code: 'NOT_A_SUPERGRAPH', message }] };
  } catch (cause) {
    const message = cause instanceof Error ? cause.message.toLowerCase().replace(/\.$/, '') : 'does not parse';
    return { kind: 'problems', problems: [{ code: 'SYNTAX', message }] };
  }
}

function graphs(document: DocumentNode): [string, string][] {
  return document.definitions.flatMap((node) => {
    if (node.kind !== Kind.ENUM_TYPE_DEFINITION || node.name.value !== 'join__Graph') return [];
    return (node.values ?? []).flatMap((value) => {
      const [directive] = usesOf(value, 'join__graph');
      const name = directive && textOf(directive, 'name');
      return directive && name !== undefined ? [[name, textOf(directive, 'url') ?? ''] as [string, string]] : [];
    });
  });
}

/** A directive definition counts as well: a graph whose link was dropped still carries labels. */
function linksPolicy(document: DocumentNode): boolean {
  return document.definitions.some((node) => {
    if (node.kind === Kind.DIRECTIVE_DEFINITION)
      return node.name.value === 'data' && definesCategory(node.arguments ?? []);
    if (node.kind !== Kind.SCHEMA_DEFINITION && node.kind !== Kind.SCHEMA_EXTENSION) return false;
    return usesOf(node, 'link').some((link) => /ringfence\.dev\/policy/i.test(textOf(link, 'url') ?? ''));
  });
}

function definesCategory(parameters: readonly { readonly name: { readonly value: string } }[]): boolean {
  return parameters.some(({ name }) => name.value === 'category');
}

function textOf(directive: ConstDirectiveNode, argument: string): string | undefined {
  const value = argumentOf(directive, argument);
  return value?.kind === Kind.STRING ? value.value : undefined;
}
