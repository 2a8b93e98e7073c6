/** ParsedOperation × Principal → AuthorizedOperation: the verdict of every position, and the operation without the denied. */
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  print,
} from 'graphql';
import type { FieldFault } from '../fault/index.js';
import type { ParsedOperation } from '../operation/index.js';
import type { Verdicts } from './verdicts.js';
import { permittedSelections } from './permittedSelections.js';

const authorized: unique symbol = Symbol('authorized');

/**
 * An operation of which every position has a verdict. Made by {@link authorizeOperation}, or by
 * {@link admitOperation} in plain mode, and by nothing else: what plans and serializes accepts only this.
 */
export interface AuthorizedOperation {
  readonly [authorized]: true;
  readonly schema: GraphQLSchema;
  /** Fragment-free; a `FieldNode` stands for a position. */
  readonly operation: OperationDefinitionNode;
  /** Positions cut before planning, with what a client is told there. */
  readonly denied: ReadonlyMap<FieldNode, FieldFault>;
  /** The operation without denied positions and introspection; null when nothing is left to fetch. */
  readonly permitted: DocumentNode | null;
  /** `permitted` as text; empty when null. */
  readonly permittedText: string;
  /** Coordinates that were wanted and denied, sorted, for the log of refusals. */
  readonly refused: readonly string[];
  /** Mutation fields among the permitted roots. */
  readonly writes: readonly string[];
}

/** The authorized form of an operation under the verdicts of one principal's class. Linear in the operation. */
export function authorizeOperation(parsed: ParsedOperation, verdicts: Verdicts): AuthorizedOperation {
  const { denied, refused } = verdicts.judge(parsed);
  return build(parsed, denied, refused);
}

/** Plain mode: no policy, every position permitted. */
export function admitOperation(parsed: ParsedOperation): AuthorizedOperation {
  return build(parsed, new Map(), []);
}

function build(
  { schema, operation }: ParsedOperation,
  denied: ReadonlyMap<FieldNode, FieldFault>,
  refused: readonly string[],
): AuthorizedOperation {
  const permitted = permittedDocument(operation, denied);
  return {
    [authorized]: true,
    schema,
    operation,
    denied,
    permitted,
    permittedText: permitted ? print(permitted) : '',
    refused,
    writes: permitted && operation.operation === 'mutation' ? rootFields(permitted) : [],
  };
}

function permittedDocument(
  operation: OperationDefinitionNode,
  denied: ReadonlyMap<FieldNode, FieldFault>,
): DocumentNode | null {
  const selectionSet = permittedSelections(operation.selectionSet, denied);
  if (selectionSet.selections.length === 0) return null;
  return { kind: Kind.DOCUMENT, definitions: [{ ...operation, selectionSet }] };
}

function rootFields(document: DocumentNode): string[] {
  const names: string[] = [];
  const collect = (selections: OperationDefinitionNode['selectionSet']): void => {
    for (const selection of selections.selections) {
      if (selection.kind === Kind.FIELD) names.push(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
    }
  };
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) collect(definition.selectionSet);
  }
  return names;
}
