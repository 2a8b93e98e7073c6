/** A plan's fetch, read once: shapes, and narrowed documents kept by what they ask. */
import {
  type FieldNode,
  GraphQLUnionType,
  type GraphQLSchema,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromAST,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { InternalFault } from '../fault/index.js';
import type { Exchange, FetchStep } from '../plan/index.js';
import { holds } from './condition.js';
import { sealedKind } from './contract.js';
import { narrow, type NarrowedDocument, type NarrowedRoot, type Narrowing, openedVariable } from './narrow.js';
import type { Sealer } from './sealedId.js';
import type { Shape, ShapeField } from './shape.js';

/** The one operation of a fetch's document. */
export function operationOf({ document }: FetchStep): OperationDefinitionNode {
  const [definition, ...rest] = document.definitions;
  if (definition?.kind === Kind.OPERATION_DEFINITION && rest.length === 0) return definition;
  throw new InternalFault('a fetch holds something else than one operation');
}

/** The selections of one `_entities` field of a fetch. */
export function slotSelections(operation: OperationDefinitionNode, alias: string): SelectionSetNode {
  const found = operation.selectionSet.selections.find(
    (selection): selection is FieldNode =>
      selection.kind === Kind.FIELD && (selection.alias?.value ?? selection.name.value) === alias,
  );
  if (found?.selectionSet) return found.selectionSet;
  throw new InternalFault(`a fetch has no entities under \`${alias}\``);
}

/** The union of all types of a contract, which stands for `_Entity`. */
export function entityUnion(schema: GraphQLSchema): GraphQLUnionType {
  return new GraphQLUnionType({ name: '_Entity', types: Object.values(schema.getTypeMap()).filter(isObjectType) });
}

/** A document to send, with the values of its variables. */
export interface Prepared {
  readonly document: NarrowedDocument;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** One root of a fetch (its root fields, or the entities of one type) and the documents narrowed from it. */
export class Template {
  private readonly documents = new LRUCache<string, { readonly narrowed: NarrowedDocument | null }>({ max: 500 });
  private readonly conditional: readonly ShapeField[];
  private readonly sealing: readonly ShapeField[];

  constructor(
    private readonly operation: OperationDefinitionNode,
    readonly root: NarrowedRoot,
  ) {
    const all = fieldsBelow(root.shape);
    this.conditional = all.filter(({ conditions }) => conditions.length > 0);
    this.sealing = all.filter(({ definition }) =>
      definition.args?.some(({ astNode }) => sealedKind(astNode) !== undefined),
    );
  }

  get shape(): Shape {
    return this.root.shape;
  }

  get isWrite(): boolean {
    return this.operation.operation === 'mutation';
  }

  /** The fields that the variables switch off. */
  switchedOff({ variables }: Exchange): ReadonlySet<number> {
    return new Set(
      this.conditional.filter(({ conditions }) => !holds(conditions, variables)).map(({ index }) => index),
    );
  }

  /** What one partner is sent; null when nothing is left to ask. Also widens `excluded` by ids that name nothing there. */
  prepare(
    exchange: Exchange,
    narrowing: Narrowing,
    opening: Opening,
  ): { prepared: Prepared | null; narrowing: Narrowing } {
    const { values, unknown } = this.opened(exchange, narrowing, opening);
    const narrowed =
      unknown.size === 0 ? narrowing : { ...narrowing, excluded: new Set([...narrowing.excluded, ...unknown]) };
    const document = this.document(narrowed);
    if (!document) return { prepared: null, narrowing: narrowed };
    const variables = { ...heldBy(exchange.variables, document.variables), ...heldBy(values, document.opened) };
    return { prepared: { document, variables }, narrowing: narrowed };
  }

  private document(narrowing: Narrowing): NarrowedDocument | null {
    const key = JSON.stringify([narrowing.mask, [...narrowing.excluded].sort((a, b) => a - b)]);
    let entry = this.documents.get(key);
    if (!entry) {
      const { operation, variableDefinitions = [] } = this.operation;
      entry = { narrowed: narrow({ operation, definitions: variableDefinitions, root: this.root }, narrowing) };
      this.documents.set(key, entry);
    }
    return entry.narrowed;
  }

  private opened(exchange: Exchange, { excluded }: Narrowing, opening: Opening): Opened {
    const values: Record<string, unknown> = {};
    const unknown = new Set<number>();
    const fields = this.sealing.filter(({ index }) => !excluded.has(index));
    const supplied = fields.flatMap((field) => sealedArguments(field, exchange).map((one) => ({ field, ...one })));
    for (const { field, argument, id, kind } of supplied) {
      const reference = id === null ? null : openAt(id, kind, opening);
      if (reference === undefined) unknown.add(field.index);
      else values[openedVariable(field, argument)] = reference;
    }
    return { values, unknown };
  }
}

/** For whom, and at which partner, ids are opened. */
export interface Opening {
  readonly sealer: Sealer;
  readonly customer: string;
  readonly bank: string;
}

interface Opened {
  readonly values: Readonly<Record<string, unknown>>;
  readonly unknown: ReadonlySet<number>;
}

function openAt(id: string, kind: string, { sealer, customer, bank }: Opening): string | undefined {
  const target = sealer.open({ kind, customer }, id);
  return target?.bank === bank ? target.reference : undefined;
}

/** A sealed argument that a field supplies, with the id that it holds (null when it holds none). */
interface SealedArgument {
  readonly argument: string;
  readonly id: string | null;
  readonly kind: string;
}

function sealedArguments({ node, definition }: ShapeField, { variables }: Exchange): SealedArgument[] {
  return (node.arguments ?? []).flatMap(({ name, value }) => {
    const declared = definition.args.find((argument) => argument.name === name.value);
    const kind = sealedKind(declared?.astNode);
    if (!declared || kind === undefined) return [];
    const id: unknown = valueFromAST(value, declared.type, variables);
    return [{ argument: declared.name, id: typeof id === 'string' ? id : null, kind }];
  });
}

/** Only what the document uses travels. */
function heldBy(values: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => Object.hasOwn(values, name)).map((name) => [name, values[name]]));
}

function fieldsBelow({ fields }: Shape): ShapeField[] {
  return fields.flatMap((field) => [field, ...(field.child ? fieldsBelow(field.child) : [])]);
}
