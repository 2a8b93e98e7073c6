/** One selection set of a plan's fetch → the shape of what a partner may be asked for and may answer. */
import {
  type FieldNode,
  getNamedType,
  getNullableType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { InternalFault } from '../fault/index.js';
import { type CategoryMask, financialMask, type PolicyTable } from '../policy/index.js';
import { type Condition, conditionsOf } from './condition.js';
import { sealedKind } from './contract.js';
import { type ListOrder, listOrder } from './order.js';

/** The fields planned on one object position, of a partner's schema. */
export interface Shape {
  readonly type: GraphQLCompositeType;
  /** The concrete types that it can be. */
  readonly possible: ReadonlySet<string>;
  /** False for value types, which belong to the object that holds them. */
  readonly isRow: boolean;
  /** The field that says which account a row belongs to; absent where rows belong to no account. */
  readonly accountField?: string;
  /** The order of the list that holds these objects; absent where none is declared. */
  readonly order?: ListOrder;
  readonly fields: readonly ShapeField[];
}

/** One planned field. */
export interface ShapeField {
  /** Unique within the fetch. */
  readonly index: number;
  readonly key: string;
  readonly node: FieldNode;
  readonly coordinate: string;
  readonly definition: GraphQLField<unknown, unknown>;
  /** Concrete types that the field was selected on; null for all that the shape admits. */
  readonly appliesTo: ReadonlySet<string> | null;
  /** The type condition to ask under; null for none. */
  readonly on: string | null;
  readonly conditions: readonly Condition[];
  /** Financial categories of the field and of the arguments it supplies: what consent and agreement must cover. */
  readonly needs: CategoryMask;
  readonly sealed?: string;
  readonly child?: Shape;
}

/** What shapes are built from; `next` numbers the fields of one fetch. */
export interface ShapeContext {
  readonly schema: GraphQLSchema;
  readonly table: PolicyTable;
  readonly next: () => number;
}

/** The shape of a selection set on `type`. Throws an `InternalFault` for what a partner's contract does not hold. */
export function shapeOf(context: ShapeContext, type: GraphQLCompositeType, selectionSet: SelectionSetNode): Shape {
  const fields: ShapeField[] = [];
  collect(context, selectionSet, { type, appliesTo: null, conditions: [], fields });
  const accountField = accountFieldOf(type);
  const isRow = !context.table.isValueType(type.name);
  const possible = new Set(possibleTypes(context.schema, type));
  return accountField === undefined
    ? { type, possible, isRow, fields }
    : { type, possible, isRow, accountField, fields };
}

/** The part of an entity's shape that applies to one concrete type. Holders of rows (customers, connections) are none. */
export function entityShape({ schema }: ShapeContext, typeName: string, union: Shape): Shape | undefined {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) return undefined;
  const fields = union.fields
    .filter(({ appliesTo }) => appliesTo === null || appliesTo.has(typeName))
    .map((field) => ({ ...field, appliesTo: null, on: null }));
  const accountField = accountFieldOf(type);
  const shape = { type, possible: new Set([typeName]), fields };
  return accountField === undefined ? { ...shape, isRow: false } : { ...shape, isRow: true, accountField };
}

function possibleTypes(schema: GraphQLSchema, type: GraphQLCompositeType): string[] {
  return isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [type.name];
}

interface Collecting {
  readonly type: GraphQLCompositeType;
  readonly appliesTo: ReadonlySet<string> | null;
  readonly conditions: readonly Condition[];
  readonly fields: ShapeField[];
}

function collect(context: ShapeContext, selectionSet: SelectionSetNode, at: Collecting): void {
  for (const selection of selectionSet.selections) {
    const conditions = [...at.conditions, ...conditionsOf(selection)];
    if (selection.kind === Kind.FIELD) {
      at.fields.push(field(context, selection, { ...at, conditions }));
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      collect(context, selection.selectionSet, {
        ...narrowed(context, at, selection.typeCondition?.name.value),
        conditions,
      });
    } else {
      throw new InternalFault('a plan spreads a named fragment');
    }
  }
}

function narrowed({ schema }: ShapeContext, at: Collecting, typeName: string | undefined): Collecting {
  if (typeName === undefined) return at;
  const type = schema.getType(typeName);
  if (!isCompositeType(type)) throw new InternalFault(`the contract has no composite type \`${typeName}\``);
  const possible = possibleTypes(schema, type);
  const { appliesTo } = at;
  return { ...at, type, appliesTo: new Set(appliesTo ? possible.filter((name) => appliesTo.has(name)) : possible) };
}

const typenameDefinition = { name: '__typename' } as GraphQLField<unknown, unknown>;

function typenameField({ next }: ShapeContext, node: FieldNode, at: Collecting): ShapeField {
  const coordinate = `${at.type.name}.__typename`;
  const key = node.alias?.value ?? '__typename';
  return { index: next(), key, node, coordinate, definition: typenameDefinition, ...scopeOf(at), needs: 0 };
}

function field(context: ShapeContext, node: FieldNode, at: Collecting): ShapeField {
  if (node.name.value === '__typename') return typenameField(context, node, at);
  const definition = 'getFields' in at.type ? at.type.getFields()[node.name.value] : undefined;
  if (!definition) throw new InternalFault(`the contract has no field \`${at.type.name}.${node.name.value}\``);
  const coordinate = `${at.type.name}.${definition.name}`;
  const target = getNamedType(definition.type);
  const sealed = sealedKind(definition.astNode);
  if (sealed !== undefined && isListType(getNullableType(definition.type))) {
    throw new InternalFault(`\`${coordinate}\` is sealed, but a list`);
  }
  const needs = neededBy(context.table, coordinate, node);
  return {
    index: context.next(),
    key: node.alias?.value ?? node.name.value,
    node,
    coordinate,
    definition,
    ...scopeOf(at),
    needs,
    ...(sealed !== undefined && { sealed }),
    ...(node.selectionSet &&
      isCompositeType(target) && { child: childOf(context, { target, definition, node, needs }) }),
  };
}

interface Below {
  readonly target: GraphQLCompositeType;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
  readonly needs: CategoryMask;
}

/** INVARIANT: an order says nothing that its list may not say, so whoever may have the list may have it in order. */
function childOf(context: ShapeContext, { target, definition, node, needs }: Below): Shape {
  const shape = shapeOf(context, target, node.selectionSet ?? { kind: Kind.SELECTION_SET, selections: [] });
  const order = listOrder(definition, target);
  if (!order) return shape;
  const said = order.by.map(({ name }) => context.table.needs(`${target.name}.${name}`) & financialMask);
  if (said.some((mask) => (mask & ~needs) !== 0)) {
    throw new InternalFault(`the order of \`${definition.name}\` says more than the list`);
  }
  return { ...shape, order };
}

function scopeOf({ type, appliesTo, conditions }: Collecting): Pick<ShapeField, 'appliesTo' | 'on' | 'conditions'> {
  const [only] = appliesTo?.size === 1 ? appliesTo : [];
  return { appliesTo, on: appliesTo ? (only ?? type.name) : null, conditions };
}

function neededBy(table: PolicyTable, coordinate: string, node: FieldNode): CategoryMask {
  const supplied = (node.arguments ?? []).map(({ name }) => table.needs(`${coordinate}(${name.value}:)`));
  return supplied.reduce((mask, needs) => mask | needs, table.needs(coordinate)) & financialMask;
}

/** Rows of the contract belong to an account by `accountReference`; accounts themselves by `reference`. */
function accountFieldOf(type: GraphQLCompositeType): string | undefined {
  if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
  if ('accountReference' in type.getFields()) return 'accountReference';
  const isAccount = type.name === 'Account' || type.getInterfaces().some(({ name }) => name === 'Account');
  return isAccount ? 'reference' : undefined;
}
