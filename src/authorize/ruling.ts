/** An operation × one class of principals → each position's verdict, with the rule that decided it, in words. */
import {
  type FieldNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isCompositeType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { InternalFault } from '../fault/index.js';
import type { ParsedOperation } from '../operation/index.js';
import type { PolicyTable } from '../policy/index.js';
import { inputCoordinates } from './inputCoordinates.js';
import { reasonOf } from './reason.js';
import { type PrincipalClass, Verdicts } from './verdicts.js';

/** One position of an operation, as the gateway judges it before it plans. */
export interface Ruling {
  /** Response keys from the root: `me.accounts.balances`. */
  readonly path: string;
  readonly coordinate: string;
  /** True where the position hangs on an anchor edge, directly or through values. */
  readonly item: boolean;
  /** `below`: under a denied position, where nothing is asked whatever the verdict would be. */
  readonly verdict: 'allow' | 'deny' | 'below';
  /** Why, one reason per line. */
  readonly reasons: readonly string[];
}

/** All positions in the operation's order, introspection aside; they agree with {@link Verdicts.judge}. */
export function rulingsOf(
  { schema, operation }: ParsedOperation,
  table: PolicyTable,
  asker: PrincipalClass,
): readonly Ruling[] {
  const root = schema.getRootType(operation.operation);
  if (!root) throw new InternalFault(`the view has no ${operation.operation} type`);
  const walk = new RulingWalk({ table, asker, schema, verdicts: new Verdicts(table, asker) });
  walk.visit(operation.selectionSet, { type: root, item: false, path: [], denied: false });
  return walk.rulings;
}

interface Judging {
  readonly table: PolicyTable;
  readonly asker: PrincipalClass;
  readonly schema: GraphQLSchema;
  readonly verdicts: Verdicts;
}

interface Place {
  readonly type: GraphQLCompositeType;
  readonly item: boolean;
  readonly path: readonly string[];
  readonly denied: boolean;
}

class RulingWalk {
  readonly rulings: Ruling[] = [];

  constructor(private readonly judging: Judging) {}

  visit({ selections }: SelectionSetNode, place: Place): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) this.field(selection, place);
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        this.visit(selection.selectionSet, this.narrowed(place, selection.typeCondition?.name.value));
    }
  }

  private narrowed(place: Place, name: string | undefined): Place {
    const type = name === undefined ? place.type : this.judging.schema.getType(name);
    if (!isCompositeType(type)) throw new InternalFault(`the view has no composite type \`${name}\``);
    return { ...place, type };
  }

  private field(node: FieldNode, place: Place): void {
    if (node.name.value.startsWith('__')) return;
    const field = 'getFields' in place.type ? place.type.getFields()[node.name.value] : undefined;
    if (!field) throw new InternalFault(`the view has no field \`${place.type.name}.${node.name.value}\``);
    const coordinate = `${place.type.name}.${field.name}`;
    const path = [...place.path, (node.alias ?? node.name).value];
    const judged = this.judged([coordinate, ...inputCoordinates(node, coordinate, field)], place);
    this.rulings.push({ path: path.join('.'), coordinate, item: place.item, ...judged });
    const type = getNamedType(field.type);
    if (!node.selectionSet || !isCompositeType(type)) return;
    const { table, asker } = this.judging;
    const item = table.isValueType(type.name) ? place.item : table.anchors(asker.purpose, coordinate);
    this.visit(node.selectionSet, { type, item, path, denied: judged.verdict !== 'allow' });
  }

  /** The field's own coordinate first, then those of what it is given. */
  private judged([own = '', ...given]: readonly string[], place: Place): Pick<Ruling, 'verdict' | 'reasons'> {
    if (place.denied) return { verdict: 'below', reasons: ['a position above it is denied'] };
    const { table, asker, verdicts } = this.judging;
    const { item } = place;
    const refused = [own, ...given].filter((coordinate) => !verdicts.permits(coordinate, item));
    if (refused.length === 0) return { verdict: 'allow', reasons: [reasonOf(table, asker, { coordinate: own, item })] };
    const reasons = refused.map((coordinate) => {
      const reason = reasonOf(table, asker, { coordinate, item });
      return coordinate === own ? reason : `${coordinate}: ${reason}`;
    });
    return { verdict: 'deny', reasons };
  }
}
