/** The verdict of every position of an operation, for one class of principals. */
import {
  type FieldNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isCompositeType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { type FieldFault, fieldFault, InternalFault } from '../fault/index.js';
import type { ParsedOperation } from '../operation/index.js';
import type { PolicyTable } from '../policy/index.js';
import type { Principal } from '../principal/index.js';
import { inputCoordinates } from './inputCoordinates.js';
import { scopeReaches } from './scope.js';

/** Principals that get the same verdicts: one purpose, one set of scope words. */
export type PrincipalClass = Pick<Principal, 'purpose' | 'scope' | 'scopeWords'>;

/** What {@link Verdicts.judge} says of an operation. */
export interface Judgement {
  readonly denied: ReadonlyMap<FieldNode, FieldFault>;
  /** Denied coordinates, sorted, each once. */
  readonly refused: readonly string[];
}

const purposeDenied = fieldFault('PURPOSE_DENIED');

/**
 * Judges operations for one class of principals by the policy table. A position's verdict rests on its coordinate, on
 * the arguments it supplies, and on whether it hangs on an anchor edge; `@skip` and `@include` are read as if every
 * position were included.
 */
export class Verdicts {
  constructor(
    private readonly table: PolicyTable,
    private readonly asker: PrincipalClass,
  ) {}

  judge({ schema, operation }: ParsedOperation): Judgement {
    const root = schema.getRootType(operation.operation);
    if (!root) throw new InternalFault(`the view has no ${operation.operation} type`);
    const walk = new Walk(this.table, this.asker, schema);
    walk.visit(operation.selectionSet, { type: root, item: false });
    return { denied: walk.denied, refused: [...walk.refused].sort() };
  }

  /** True when the class may resolve the coordinate at a position of this kind. */
  permits(coordinate: string, item: boolean): boolean {
    return permits(this.table, this.asker, { coordinate, item });
  }
}

function permits(table: PolicyTable, asker: PrincipalClass, at: { coordinate: string; item: boolean }): boolean {
  if (table.verdict(asker.purpose, at.coordinate, at.item) !== 'allow') return false;
  if (!table.meets(asker.purpose, at.coordinate, asker.scopeWords)) return false;
  return scopeReaches(asker, table.needs(at.coordinate), at.coordinate);
}

/** Where a selection set stands: the type it selects on, and whether its object is an item on an anchor edge. */
interface Place {
  readonly type: GraphQLCompositeType;
  readonly item: boolean;
}

class Walk {
  readonly denied = new Map<FieldNode, FieldFault>();
  readonly refused = new Set<string>();

  constructor(
    private readonly table: PolicyTable,
    private readonly asker: PrincipalClass,
    private readonly schema: GraphQLSchema,
  ) {}

  visit(selectionSet: SelectionSetNode, place: Place): void {
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        this.field(selection, place);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        this.visit(selection.selectionSet, this.narrowed(place, selection.typeCondition?.name.value));
      } else {
        throw new InternalFault('a fragment spread reached authorization');
      }
    }
  }

  private narrowed(place: Place, typeName: string | undefined): Place {
    if (typeName === undefined) return place;
    const type = this.schema.getType(typeName);
    if (!isCompositeType(type)) throw new InternalFault(`the view has no composite type \`${typeName}\``);
    return { type, item: place.item };
  }

  private field(node: FieldNode, place: Place): void {
    if (node.name.value.startsWith('__')) return;
    const field = 'getFields' in place.type ? place.type.getFields()[node.name.value] : undefined;
    if (!field) throw new InternalFault(`the view has no field \`${place.type.name}.${node.name.value}\``);
    const coordinate = `${place.type.name}.${field.name}`;
    if (!this.permitsField(node, { coordinate, item: place.item }, field)) {
      this.denied.set(node, purposeDenied);
      return;
    }
    const target = getNamedType(field.type);
    if (!node.selectionSet || !isCompositeType(target)) return;
    const item = this.table.isValueType(target.name) ? place.item : this.table.anchors(this.asker.purpose, coordinate);
    this.visit(node.selectionSet, { type: target, item });
  }

  private permitsField(
    node: FieldNode,
    at: { coordinate: string; item: boolean },
    field: GraphQLField<unknown, unknown>,
  ): boolean {
    const wanted = [at.coordinate, ...inputCoordinates(node, at.coordinate, field)];
    const refused = wanted.filter((coordinate) => !permits(this.table, this.asker, { coordinate, item: at.item }));
    for (const coordinate of refused) this.refused.add(coordinate);
    return refused.length === 0;
  }
}

/** The class of a principal as a cache key; JSON keeps its structure apart from what the words hold. */
export function classKey({ purpose, scope, scopeWords }: PrincipalClass): string {
  return JSON.stringify([purpose, scope, [...scopeWords].sort()]);
}
