import { Kind, type ConstDirectiveNode, type ConstObjectValueNode, type ConstValueNode } from 'graphql';
import { argumentOf, usesOf } from './statement.js';
import type { Subgraph } from './subgraph.js';

/** One `@link` of a subgraph: which specification it takes in, and under which names. */
export interface Link {
  readonly directive: ConstDirectiveNode;
  readonly url: string;
  /** The specification's own name: `federation` of `https://specs.apollo.dev/federation/v2.7`. */
  readonly feature: string;
  /** What stands before `__` in names that were not imported. */
  readonly prefix: string;
  /** `SECURITY`, `EXECUTION`, or empty. */
  readonly purpose: string;
  /** Name in the specification → name in this subgraph; directives without their `@`. */
  readonly imports: ReadonlyMap<string, string>;
}

/** The links that a subgraph's schema states, in order. */
export function linksOf({ document }: Subgraph): Link[] {
  return document.definitions.flatMap((node) =>
    node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION ? usesOf(node, 'link').map(linkOf) : [],
  );
}

/**
 * Every name under which a subgraph may use a federation directive: imported as itself or as another name, with the
 * prefix of the specification, as the one directive of a specification of its own, and bare. Too many names at worst: whoever looks for what restricts or carries data sees more, never less.
 */
export function namesOf(links: readonly Link[], directive: string): ReadonlySet<string> {
  const names = new Set([directive, `federation__${directive}`]);
  for (const { prefix, imports, feature } of links) {
    const imported = imports.get(directive);
    if (imported !== undefined) names.add(imported);
    names.add(`${prefix}__${directive}`);
    if (feature === directive) names.add(prefix);
  }
  return names;
}

function linkOf(directive: ConstDirectiveNode): Link {
  const url = textOf(argumentOf(directive, 'url'));
  const [, feature = ''] = /([^/]+)(?:\/v\d+(?:\.\d+)*)?\/?$/.exec(url) ?? [];
  const as = textOf(argumentOf(directive, 'as'));
  const purpose = argumentOf(directive, 'for');
  return {
    directive,
    url,
    feature,
    prefix: as === '' ? feature : as,
    purpose: purpose?.kind === Kind.ENUM ? purpose.value : '',
    imports: importsOf(argumentOf(directive, 'import')),
  };
}

function importsOf(value: ConstValueNode | undefined): Map<string, string> {
  const imports = new Map<string, string>();
  for (const item of value?.kind === Kind.LIST ? value.values : []) {
    if (item.kind === Kind.STRING) imports.set(bare(item.value), bare(item.value));
    if (item.kind !== Kind.OBJECT) continue;
    const name = bare(memberOf(item, 'name'));
    imports.set(name, bare(memberOf(item, 'as')) || name);
  }
  return imports;
}

function memberOf({ fields }: ConstObjectValueNode, name: string): string {
  return textOf(fields.find((field) => field.name.value === name)?.value);
}

function textOf(value: ConstValueNode | undefined): string {
  return value?.kind === Kind.STRING ? value.value : '';
}

function bare(name: string): string {
  return name.startsWith('@') ? name.slice(1) : name;
}
