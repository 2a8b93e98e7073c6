/** A validated document → the one operation that runs, free of fragments, so that every field node is one position. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { ClientFault } from '../fault/index.js';

const parsed: unique symbol = Symbol('parsed');

/** An operation that fits `schema`. Only {@link parseOperation} makes one. */
export interface ParsedOperation {
  readonly [parsed]: true;
  readonly schema: GraphQLSchema;
  /**
   * INVARIANT: holds no fragment spread, and each `FieldNode` object occurs once, so a node stands for a position.
   */
  readonly operation: OperationDefinitionNode;
}

/** Bounds on one operation, counted after fragments are expanded. */
export interface OperationLimits {
  /** Fields and inline fragments in all. */
  readonly positions: number;
  readonly depth: number;
  /** Rows that all pages may hold together, where the pages are those of the contract. */
  readonly rows: number;
}

/** Bounds that no reasonable screen of an application meets. */
export const defaultOperationLimits: OperationLimits = { positions: 5000, depth: 40, rows: 20_000 };

/** What {@link parseOperation} reads: a document that was validated against `schema`. */
export interface OperationSource {
  readonly document: DocumentNode;
  readonly operationName?: string | undefined;
  readonly schema: GraphQLSchema;
}

/**
 * The operation that `operationName` names (or the only one), fragments expanded.
 * Throws OPERATION_RESOLUTION_FAILURE or OPERATION_TOO_LARGE. Linear in the expanded size, which the
 * limits bound before it is built.
 */
export function parseOperation(source: OperationSource, limits: Omit<OperationLimits, 'rows'>): ParsedOperation {
  const operation = selectOperation(source);
  const expansion = new Expansion(fragmentsOf(source.document), limits);
  const selectionSet = expansion.expand(operation.selectionSet, 1);
  return { [parsed]: true, schema: source.schema, operation: { ...operation, selectionSet } };
}

function selectOperation({ document, operationName }: OperationSource): OperationDefinitionNode {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const found = operationName
    ? operations.find((operation) => operation.name?.value === operationName)
    : operations.length === 1
      ? operations[0]
      : undefined;
  if (found) return found;
  throw new ClientFault(
    'OPERATION_RESOLUTION_FAILURE',
    operationName ? 'the document holds no operation of this name' : 'name the operation to run with `operationName`',
  );
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

/** Expands selection sets and counts what it makes; validation has refused cyclic fragments before. */
class Expansion {
  private positions = 0;

  constructor(
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly limits: Omit<OperationLimits, 'rows'>,
  ) {}

  expand(selectionSet: SelectionSetNode, depth: number): SelectionSetNode {
    if (depth > this.limits.depth) {
      throw new ClientFault('OPERATION_TOO_LARGE', `the operation nests deeper than ${this.limits.depth} levels`);
    }
    return {
      kind: Kind.SELECTION_SET,
      selections: selectionSet.selections.map((selection) => this.selection(selection, depth)),
    };
  }

  private selection(selection: SelectionNode, depth: number): SelectionNode {
    this.positions += 1;
    if (this.positions > this.limits.positions) {
      throw new ClientFault(
        'OPERATION_TOO_LARGE',
        `the operation selects more than ${this.limits.positions} positions`,
      );
    }
    if (selection.kind === Kind.FIELD) return this.field(selection, depth);
    return this.fragment(selection.kind === Kind.INLINE_FRAGMENT ? selection : this.inlined(selection), depth);
  }

  private field(field: FieldNode, depth: number): FieldNode {
    if (!field.selectionSet) return { ...field };
    return { ...field, selectionSet: this.expand(field.selectionSet, depth + 1) };
  }

  private fragment(fragment: InlineFragmentNode, depth: number): InlineFragmentNode {
    return { ...fragment, selectionSet: this.expand(fragment.selectionSet, depth + 1) };
  }

  private inlined(spread: SelectionNode & { kind: Kind.FRAGMENT_SPREAD }): InlineFragmentNode {
    const fragment = this.fragments.get(spread.name.value);
    if (!fragment)
      throw new ClientFault('GRAPHQL_VALIDATION_FAILED', 'the document spreads a fragment it does not define');
    const { typeCondition, selectionSet } = fragment;
    return {
      kind: Kind.INLINE_FRAGMENT,
      typeCondition,
      selectionSet,
      ...(spread.directives && { directives: spread.directives }),
    };
  }
}
