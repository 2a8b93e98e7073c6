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
import type { PolicyTable, Purpose } from '../policy/index.js';
import { holds } from './condition.js';
import { sealedKind } from './contract.js';
import { compileInspector, type Inspector } from './inspect.js';
import { narrow, type NarrowedDocument, type NarrowedRoot, type Narrowing, openedVariable } from './narrow.js';
import { type RefusedPart, refusedIn } from './refusing.js';
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

/** A document to send, with the values of its variables, and what its answer is inspected by. */
export interface Prepared extends Narrowed {
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What one purpose may ask under one narrowing. */
interface Narrowed {
  readonly document: NarrowedDocument;
  readonly inspect: Inspector;
}

/** What one partner is to be sent, null when nothing is left to ask; and what it may not be asked, if anything. */
export interface Readied {
  readonly prepared: Prepared | null;
  readonly refused: RefusedPart | undefined;
}

interface NarrowedOnce {
  readonly narrowed: Narrowed | null;
  readonly refused: RefusedPart | undefined;
}

/** Narrowed documents of all templates of a partition, by template, purpose and narrowing; null for nothing to ask. */
export type NarrowedDocuments = LRUCache<string, NarrowedOnce>;

/** A document, its shape and its closures take memory however short the text: about this many characters. */
const fixedCharacters = 8_192;

/** Room for about a thousand documents: variables that switch fields on and off make many of one. */
export function narrowedDocuments(): NarrowedDocuments {
  return new LRUCache({
    maxSize: 16 * 1024 * 1024,
    sizeCalculation: ({ narrowed }) => fixedCharacters + (narrowed?.document.text.length ?? 0) * 2,
  });
}

/** What templates of one partition share. */
export interface TemplateTools {
  readonly table: PolicyTable;
  readonly documents: NarrowedDocuments;
}

let made = 0;

/** One root of a fetch (its root fields, or the entities of one type) and the documents narrowed from it. */
export class Template {
  private readonly id = (made += 1);
  private readonly conditional: readonly ShapeField[];
  private readonly sealing: readonly ShapeField[];

  constructor(
    private readonly operation: OperationDefinitionNode,
    readonly root: NarrowedRoot,
    private readonly tools: TemplateTools,
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
    return this.root.kind === 'fields' && this.operation.operation === 'mutation';
  }

  /** The fields that the variables switch off. */
  switchedOff({ variables }: Exchange): ReadonlySet<number> {
    return new Set(
      this.conditional.filter(({ conditions }) => !holds(conditions, variables)).map(({ index }) => index),
    );
  }

  /** What one partner is sent, without what names nothing there. */
  prepare(exchange: Exchange, narrowing: Narrowing, opening: Opening): Readied {
    const { values, unknown } = this.opened(exchange, narrowing, opening);
    const excluded = unknown.size === 0 ? narrowing.excluded : new Set([...narrowing.excluded, ...unknown]);
    const { narrowed, refused } = this.narrowed({ ...narrowing, excluded }, exchange.principal?.purpose);
    if (!narrowed) return { prepared: null, refused };
    const { document } = narrowed;
    const variables = { ...heldBy(exchange.variables, document.variables), ...heldBy(values, document.opened) };
    return { prepared: { ...narrowed, variables }, refused };
  }

  private narrowed(narrowing: Narrowing, purpose: Purpose | undefined): NarrowedOnce {
    if (!purpose) return { narrowed: null, refused: undefined };
    const { documents } = this.tools;
    const excluded = [...narrowing.excluded].sort((a, b) => a - b).join();
    const key = `${this.id} ${purpose} ${narrowing.mask} ${excluded}`;
    const known = documents.get(key);
    if (known) return known;
    const fresh = { narrowed: this.narrow(narrowing, purpose), refused: refusedIn(this.shape, narrowing) };
    documents.set(key, fresh);
    return fresh;
  }

  private narrow(narrowing: Narrowing, purpose: Purpose): Narrowed | null {
    const { operation, variableDefinitions = [] } = this.operation;
    const document = narrow({ operation, definitions: variableDefinitions, root: this.root }, narrowing);
    if (!document) return null;
    const { table } = this.tools;
    const anchors = (coordinate: string): boolean => table.anchors(purpose, coordinate);
    const allowed = { narrowing, cells: table.cells(purpose), anchors };
    const inspect = compileInspector(this.shape, allowed, this.root.kind === 'entities' ? entityDepth : 0);
    return { document, inspect };
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

/** Entities stand at `["_entities", index]`. */
const entityDepth = 2;

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
