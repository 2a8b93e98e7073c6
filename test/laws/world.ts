/** A world: subgraphs as their authors would write them, and one set of rows that all of them read. Plain text and JSON. */
import { Kind, parse, type DocumentNode, type FieldDefinitionNode, type SelectionSetNode } from 'graphql';

/** A row: field → value. Objects are stated as in {@link Stated}. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * What a value may be besides JSON: a row of a type, a failure with its message, or one of several values, chosen by the
 * arguments, by what is required, and by how many mutations ran before.
 */
export type Stated = { readonly $ref: string } | { readonly $fail: string } | { readonly $by: readonly unknown[] };

/** Subgraph name → SDL without the federation link, and rows by type; `Query` and `Mutation` have one row each. */
export interface World {
  readonly subgraphs: Readonly<Record<string, string>>;
  readonly rows: Readonly<Record<string, readonly Row[]>>;
}

/** What a subgraph says of one field. */
export interface FieldFacts {
  readonly node: FieldDefinitionNode;
  readonly external: boolean;
  readonly requires: SelectionSetNode | undefined;
  readonly provides: SelectionSetNode | undefined;
  readonly overrides: string | undefined;
}

/** What a subgraph says of one object type or interface. */
export interface TypeFacts {
  readonly kind: 'object' | 'interface' | 'interfaceObject';
  readonly keys: readonly { readonly selectionSet: SelectionSetNode; readonly resolvable: boolean }[];
  readonly fields: ReadonlyMap<string, FieldFacts>;
}

/** A subgraph, read. */
export interface SubgraphFacts {
  readonly name: string;
  readonly document: DocumentNode;
  readonly types: ReadonlyMap<string, TypeFacts>;
}

/** Reads the SDL of every subgraph. */
export function readSubgraphs({ subgraphs }: World): readonly SubgraphFacts[] {
  return Object.entries(subgraphs).map(([name, sdl]) => {
    const document = parse(sdl, { noLocation: true });
    return { name, document, types: new Map(typesOf(document)) };
  });
}

function typesOf({ definitions }: DocumentNode): [string, TypeFacts][] {
  return definitions.flatMap((definition): [string, TypeFacts][] => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION)
      return [];
    const keys = uses(definition, 'key').map((key) => ({
      selectionSet: fieldSet(argument(key, 'fields') ?? ''),
      resolvable: argument(key, 'resolvable') !== 'false',
    }));
    const isInterfaceObject = uses(definition, 'interfaceObject').length > 0;
    const object = isInterfaceObject ? 'interfaceObject' : 'object';
    const kind = definition.kind === Kind.INTERFACE_TYPE_DEFINITION ? 'interface' : object;
    const fields = new Map((definition.fields ?? []).map((node) => [node.name.value, factsOf(node)]));
    return [[definition.name.value, { kind, keys, fields }]];
  });
}

function factsOf(node: FieldDefinitionNode): FieldFacts {
  const stated = (directive: string, name: string): string | undefined => {
    const [use] = uses(node, directive);
    return use && argument(use, name);
  };
  const [requires, provides] = ['requires', 'provides'].map((name) => stated(name, 'fields'));
  return {
    node,
    external: uses(node, 'external').length > 0,
    requires: requires === undefined ? undefined : fieldSet(requires),
    provides: provides === undefined ? undefined : fieldSet(provides),
    overrides: stated('override', 'from'),
  };
}

type Use = NonNullable<FieldDefinitionNode['directives']>[number];

/** The uses of a directive on a definition. */
export function uses(node: { readonly directives?: readonly Use[] | undefined }, name: string): readonly Use[] {
  return (node.directives ?? []).filter((directive) => directive.name.value === name);
}

function argument(use: Use, name: string): string | undefined {
  const value = use.arguments?.find((given) => given.name.value === name)?.value;
  if (value?.kind === Kind.BOOLEAN) return String(value.value);
  return value?.kind === Kind.STRING ? value.value : undefined;
}

function fieldSet(text: string): SelectionSetNode {
  const [definition] = parse(`{ ${text} }`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new SyntaxError('not a field set');
  return definition.selectionSet;
}

/** True where another subgraph has taken the field over. */
export function isOverridden(
  subgraphs: readonly SubgraphFacts[],
  { subgraph, type, field }: { readonly subgraph: string; readonly type: string; readonly field: string },
): boolean {
  return subgraphs.some(({ types }) => types.get(type)?.fields.get(field)?.overrides === subgraph);
}
