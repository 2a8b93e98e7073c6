/** Shape × what may be asked → the document that one partner gets: what may not be seen is never asked for. */
import { createHash } from 'node:crypto';
import {
  type ArgumentNode,
  type FieldNode,
  isAbstractType,
  Kind,
  type OperationTypeNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
  parseType,
  visit,
} from 'graphql';
import { InternalFault } from '../fault/index.js';
import type { CategoryMask } from '../policy/index.js';
import { sealedKind } from './contract.js';
import type { Shape, ShapeField } from './shape.js';

/** What of a shape one request holds. */
export interface Narrowing {
  readonly mask: CategoryMask;
  /** Indices of fields left out for a reason of this request: a false condition, an id that names nothing here. */
  readonly excluded: ReadonlySet<number>;
}

/** A narrowed document, the variables it uses, and what it asks for. */
export interface NarrowedDocument {
  readonly text: string;
  readonly variables: readonly string[];
  /** Variables that carry opened arguments. */
  readonly opened: readonly string[];
  readonly categories: CategoryMask;
  /** Sorted, each once; fields of value types stand behind their edge and are not listed. */
  readonly coordinates: readonly string[];
}

/** The keys under which the partition asks what its checks need; clients' aliases travel under another prefix. */
export const hiddenKeys = { type: 'ringfence_type', account: 'ringfence_account' } as const;

/**
 * The variable that carries a sealed argument's opened value. Arguments that state the same share one, because two
 * selections of one response key must have the same arguments to be valid.
 */
export function openedVariable({ node, definition }: ShapeField, argument: string): string {
  const stated = node.arguments?.find((candidate) => candidate.name.value === argument)?.value;
  const declared = definition.args.find((candidate) => candidate.name === argument);
  if (!stated || !declared) throw new InternalFault(`a field states no argument \`${argument}\``);
  const identity = JSON.stringify([sealedKind(declared.astNode), String(declared.type), print(stated)]);
  return `ringfence_${createHash('sha256').update(identity).digest('hex').slice(0, 32)}`;
}

/** True when the request may hold the field. */
export function asks({ mask, excluded }: Narrowing, field: ShapeField): boolean {
  return (field.needs & ~mask) === 0 && !excluded.has(field.index);
}

/** The variable that carries entities' keys; the planner's own of this name gives way to it. */
const representations = 'representations';

/** The root of a narrowed document: root fields, or the entities of one type. */
export type NarrowedRoot =
  | { readonly kind: 'fields'; readonly shape: Shape }
  | { readonly kind: 'entities'; readonly shape: Shape; readonly typeName: string };

/** What a document is narrowed from. */
export interface NarrowSource {
  readonly operation: OperationTypeNode;
  readonly definitions: readonly VariableDefinitionNode[];
  readonly root: NarrowedRoot;
}

/** Null when nothing is left to ask. */
export function narrow({ operation, definitions, root }: NarrowSource, narrowing: Narrowing): NarrowedDocument | null {
  const selector = new Selector(narrowing);
  const rootSelections = selector.of(root.shape);
  const { opened, asked } = selector;
  if (rootSelections.length === 0) return null;
  const selectionSet = set(
    root.kind === 'fields' ? rootSelections : [entities(root.typeName, [...hidden(root.shape), ...rootSelections])],
  );
  const used = variablesIn(selectionSet);
  const variableDefinitions = [
    ...(root.kind === 'entities' ? [definition(representations, '[_Any!]!')] : []),
    ...definitions.filter(({ variable: { name } }) => name.value !== representations && used.has(name.value)),
    ...[...opened].map(([name, type]) => definition(name, type)),
  ];
  const document = print({ kind: Kind.OPERATION_DEFINITION, operation, variableDefinitions, selectionSet });
  const variables = [...used].filter((variable) => variable !== representations && !opened.has(variable));
  const categories = asked.reduce((mask, { needs }) => mask | needs, 0);
  const coordinates = [...new Set(asked.filter(({ needs }) => needs !== 0).map(({ coordinate }) => coordinate))].sort();
  return { text: document, variables, opened: [...opened.keys()], categories, coordinates };
}

/** Selects what the narrowing asks; notes on the way what was asked, and the variables of opened arguments. */
class Selector {
  readonly opened = new Map<string, string>();
  readonly asked: ShapeField[] = [];

  constructor(private readonly narrowing: Narrowing) {}

  /** The planned and permitted selections of a shape, without the hidden ones. */
  of({ fields }: Shape): SelectionNode[] {
    return fields
      .filter((field) => asks(this.narrowing, field))
      .map((field) => conditioned(field.on, this.field(field)));
  }

  private field(field: ShapeField): FieldNode {
    this.asked.push(field);
    const { alias, name, arguments: supplied } = field.node;
    return {
      kind: Kind.FIELD,
      name,
      ...(alias && { alias }),
      ...(supplied && { arguments: supplied.map((argument) => this.argument(field, argument)) }),
      ...(field.child && { selectionSet: set(this.inner(field.child)) }),
    };
  }

  /** Where nothing is left to ask, the object's being there still is. */
  private inner(shape: Shape): SelectionNode[] {
    const selections = [...hidden(shape), ...this.of(shape)];
    return selections.length === 0 ? [aliased(hiddenKeys.type, '__typename')] : selections;
  }

  private argument(field: ShapeField, argument: ArgumentNode): ArgumentNode {
    const declared = field.definition.args.find(({ name }) => name === argument.name.value);
    if (!declared || sealedKind(declared.astNode) === undefined) return argument;
    const variable = openedVariable(field, declared.name);
    this.opened.set(variable, String(declared.type));
    return { ...argument, value: { kind: Kind.VARIABLE, name: name(variable) } };
  }
}

function hidden(shape: Shape): SelectionNode[] {
  return hiddenFields(shape).map(({ key, name }) => aliased(key, name));
}

/** The hidden keys under which an object of this shape answers. */
export function hiddenIn(shape: Shape): string[] {
  return hiddenFields(shape).map(({ key }) => key);
}

function hiddenFields({
  type,
  accountField,
  order,
}: Shape): readonly { readonly key: string; readonly name: string }[] {
  return [
    ...(isAbstractType(type) ? [{ key: hiddenKeys.type, name: '__typename' }] : []),
    ...(accountField === undefined ? [] : [{ key: hiddenKeys.account, name: accountField }]),
    ...(order?.by ?? []),
  ];
}

function conditioned(on: string | null, field: FieldNode): SelectionNode {
  if (on === null) return field;
  const typeCondition = { kind: Kind.NAMED_TYPE, name: name(on) } as const;
  return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet: set([field]) };
}

function entities(typeName: string, selections: readonly SelectionNode[]): FieldNode {
  const typeCondition = { kind: Kind.NAMED_TYPE, name: name(typeName) } as const;
  return {
    kind: Kind.FIELD,
    name: name('_entities'),
    arguments: [
      {
        kind: Kind.ARGUMENT,
        name: name('representations'),
        value: { kind: Kind.VARIABLE, name: name(representations) },
      },
    ],
    selectionSet: set([{ kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet: set(selections) }]),
  };
}

function definition(variable: string, type: string): VariableDefinitionNode {
  return {
    kind: Kind.VARIABLE_DEFINITION,
    variable: { kind: Kind.VARIABLE, name: name(variable) },
    type: parseType(type),
  };
}

function aliased(alias: string, field: string): FieldNode {
  return { kind: Kind.FIELD, alias: name(alias), name: name(field) };
}

const name = (value: string): { readonly kind: Kind.NAME; readonly value: string } => ({ kind: Kind.NAME, value });

const set = (selections: readonly SelectionNode[]): SelectionSetNode => ({ kind: Kind.SELECTION_SET, selections });

function variablesIn(selectionSet: SelectionSetNode): ReadonlySet<string> {
  const used = new Set<string>();
  visit(selectionSet, { Variable: (node) => void used.add(node.name.value) });
  return used;
}
