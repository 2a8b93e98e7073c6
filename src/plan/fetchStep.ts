/** One fetch of the planner → the step that a subgraph's port is given, and what each of its slots selects. */
import {
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { InternalFault } from '../fault/index.js';
import type { EntitySlot, FetchStep } from './subgraph.js';
import { subgraphBehind } from './supergraphRewrites.js';

/** What the planner says of one request. */
export interface RawFetch {
  readonly serviceName: string;
  readonly operationKind?: string;
  readonly operation: string;
  readonly variableUsages?: readonly string[];
}

/** A step and the operation behind it, free of named fragments. */
export interface ParsedStep {
  readonly step: FetchStep;
  readonly operation: OperationDefinitionNode;
}

/** Parses a planned request and inlines its fragments, so that each node occurs once. Throws an `InternalFault` for what no step can be. */
export function parseStep(raw: RawFetch, slots: readonly EntitySlot[]): ParsedStep {
  const source = parse(raw.operation, { noLocation: true });
  const operations = source.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const [planned] = operations;
  if (!planned || operations.length > 1) throw new InternalFault('a fetch must hold one operation');
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of source.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const operation = { ...planned, selectionSet: inlined(planned.selectionSet, fragments) };
  const document = { kind: Kind.DOCUMENT, definitions: [operation] } as const;
  const step: FetchStep = Object.freeze({
    subgraph: subgraphBehind(raw.serviceName),
    operation: operationKind(raw, planned),
    document,
    text: fragments.size === 0 ? raw.operation : print(document),
    variables: clientVariables(planned, slots),
    slots,
  });
  return { step, operation };
}

/** What the field of a slot selects. Throws an `InternalFault` when the operation has no such field. */
export function slotSelection({ operation }: ParsedStep, { alias }: EntitySlot): SelectionSetNode {
  const field = operation.selectionSet.selections.find(
    (selection): selection is FieldNode =>
      selection.kind === Kind.FIELD && (selection.alias?.value ?? selection.name.value) === alias,
  );
  if (field?.name.value !== '_entities' || !field.selectionSet) {
    throw new InternalFault(`a fetch has no entities under \`${alias}\``);
  }
  return field.selectionSet;
}

function operationKind(
  { operationKind: stated }: RawFetch,
  { operation }: OperationDefinitionNode,
): 'query' | 'mutation' {
  if (operation === 'subscription' || (stated !== undefined && stated !== operation)) {
    throw new InternalFault('a fetch must be a query or a mutation, as it says');
  }
  return operation;
}

function clientVariables(
  { variableDefinitions }: OperationDefinitionNode,
  slots: readonly EntitySlot[],
): readonly string[] {
  const representations = new Set(slots.map(({ variable }) => variable));
  const names = (variableDefinitions ?? []).map(({ variable }) => variable.name.value);
  return Object.freeze(names.filter((name) => !representations.has(name)));
}

function inlined(
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): SelectionSetNode {
  const inline = (selection: SelectionNode): SelectionNode => {
    if (selection.kind !== Kind.FRAGMENT_SPREAD) {
      const { selectionSet } = selection;
      const inner = selectionSet && { selectionSet: inlined(selectionSet, fragments) };
      return { ...selection, ...inner } as SelectionNode;
    }
    const fragment = fragments.get(selection.name.value);
    if (!fragment) throw new InternalFault('a fetch spreads a fragment that it does not define');
    const { typeCondition, selectionSet } = fragment;
    const { directives } = selection;
    const body = inlined(selectionSet, fragments);
    return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet: body, ...(directives && { directives }) };
  };
  return { kind: Kind.SELECTION_SET, selections: selections.map(inline) };
}
