/** The repository's own labels and policy, read from their files by nothing of src/, for the oracle. */
import { readdirSync, readFileSync } from 'node:fs';
import {
  type ConstDirectiveNode,
  type InputValueDefinitionNode,
  type FieldDefinitionNode,
  Kind,
  parse,
  type TypeNode,
} from 'graphql';
import { parse as parseYaml } from 'yaml';
import type { Books, Label } from './policyBooks.js';

type Owned = FieldDefinitionNode | InputValueDefinitionNode;

/** The books, and the fields that are keys which the gateway fetches for itself. */
export interface OwnBooks {
  readonly books: Books;
  readonly keys: ReadonlySet<string>;
}

/** Reads `schema/` and `policy/matrix.yaml` of the project in the working directory. */
export function ownBooks(): OwnBooks {
  const reader = new Reader();
  const files = ['schema/bank.graphql', ...readdirSync('schema/platform').map((file) => `schema/platform/${file}`)];
  for (const file of files) reader.read(readFileSync(file, 'utf8'));
  const matrix = parseYaml(readFileSync('policy/matrix.yaml', 'utf8')) as Omit<
    Books,
    'labels' | 'targets' | 'values' | 'edges' | 'inputs'
  >;
  const { labels, targets, inputs, keys, composites } = reader;
  const values = [...reader.values];
  const edges = Object.keys(targets).filter((coordinate) => {
    const target = targets[coordinate] ?? '';
    return composites.has(target) && !values.includes(target);
  });
  return { books: { ...matrix, labels, targets, values, edges, inputs }, keys };
}

class Reader {
  readonly labels: Label[] = [];
  readonly targets: Record<string, string> = {};
  readonly inputs: Record<string, string[]> = {};
  readonly values = new Set<string>();
  readonly keys = new Set<string>();
  readonly composites = new Set<string>();

  read(text: string): void {
    for (const node of parse(text).definitions) {
      if (node.kind === Kind.UNION_TYPE_DEFINITION) this.composites.add(node.name.value);
      if (!('fields' in node)) continue;
      const type = node.name.value;
      const isInput = node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION;
      if (isInput) this.inputs[type] = (node.fields ?? []).map(({ name }) => `${type}.${name.value}`);
      else this.composites.add(type);
      if (use(node, 'value')) this.values.add(type);
      (node.fields ?? []).forEach((field: Owned) => this.field(`${type}.${field.name.value}`, field));
    }
  }

  private field(coordinate: string, node: Owned): void {
    this.targets[coordinate] = named(node.type);
    if (use(node, 'inaccessible')) this.keys.add(coordinate);
    const said = use(node, 'data');
    if (said) {
      const label = { coordinate, categories: words(said, 'category'), from: words(said, 'from') };
      this.labels.push({ ...label, reduced: words(said, 'reduced')[0] === 'true' });
    }
    if (!('arguments' in node)) return;
    for (const argument of node.arguments ?? []) this.field(`${coordinate}(${argument.name.value}:)`, argument);
  }
}

function use(
  node: { readonly directives?: readonly ConstDirectiveNode[] },
  name: string,
): ConstDirectiveNode | undefined {
  return node.directives?.find((directive) => directive.name.value === name);
}

function named(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : named(type.type);
}

function words(directive: ConstDirectiveNode, argument: string): string[] {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  const list = value?.kind === Kind.LIST ? value.values : value ? [value] : [];
  return list.map((word) => ('value' in word ? String(word.value) : word.kind));
}
