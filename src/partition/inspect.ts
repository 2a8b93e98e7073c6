/** What a partner answered → objects of the harvest: checked against what was asked, stamped with what was granted. */
import {
  getNullableType,
  type GraphQLOutputType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { FieldFault } from '../fault/index.js';
import { type HarvestObject, Withheld } from '../plan/index.js';
import type { CategoryMask } from '../policy/index.js';
import { sealedKind } from './contract.js';
import { hasDeclaredForm } from './leaf.js';
import { asks, hiddenKeys, type Narrowing, openedVariable } from './narrow.js';
import { longestReference, type Sealer } from './sealedId.js';
import type { Shape, ShapeField } from './shape.js';
import { type Stamp, stampKey } from './stamp.js';
import { refusalOf, type Share } from './territory.js';

/** A partner answered something else than the contract says. The text is for operators and holds no value. */
export class ContractBreach extends Error {}

/** What answers of one request are inspected by. */
export interface Inspection {
  readonly share: Share;
  readonly narrowing: Narrowing;
  readonly customer: string;
  readonly epoch: number;
  readonly sealer: Sealer;
  /** Cells readable anywhere, and only on an item; see `PolicyTable.cells`. */
  readonly cells: { readonly direct: CategoryMask; readonly item: CategoryMask };
  /** True for edges that open their target as an item for this purpose. */
  readonly anchors: (coordinate: string) => boolean;
  /** Paths that the partner's errors point at or below, as JSON; with the fault to show there. */
  readonly failed: ReadonlyMap<string, FieldFault>;
}

interface Place {
  readonly mask: CategoryMask;
  readonly item: boolean;
  readonly path: readonly (string | number)[];
}

/** Inspects one answer. Throws {@link ContractBreach} for anything unplanned, undeclared or not granted. */
export class Inspector {
  /** Rows inspected so far. */
  rows = 0;
  private readonly accounts: ReadonlyMap<string, CategoryMask> | 'all';

  constructor(private readonly inspection: Inspection) {
    const { accounts } = inspection.share;
    this.accounts =
      accounts === 'all' ? 'all' : new Map(accounts.map(({ standing, mask }) => [standing.reference, mask]));
  }

  /** The planned fields of a root object or an entity. */
  root(shape: Shape, value: unknown, path: readonly (string | number)[]): HarvestObject | null {
    if (value === null || value === undefined) return null;
    const place = { mask: this.inspection.narrowing.mask, item: false, path };
    return this.object(shape, value, place);
  }

  /** Breaches the contract when an entity is another than its representation asked for. */
  expects({ accountField, isRow }: Shape, entity: unknown, asked: HarvestObject | undefined): void {
    if (accountField === undefined || !isRow || entity === null) return;
    const given = isObject(entity) ? entity[hiddenKeys.account] : undefined;
    if (asked === undefined || given !== asked[accountField])
      throw new ContractBreach('an entity is another than asked for');
  }

  /** Breaches the contract when a root field answers with a row of another account than the one its argument names. */
  expectsNamed({ fields }: Shape, data: HarvestObject, sent: Readonly<Record<string, unknown>>): void {
    for (const field of fields) {
      const row = field.child?.isRow && field.child.accountField !== undefined ? data[field.key] : undefined;
      if (!isObject(row)) continue;
      const named = accountNamed(field, sent);
      if (named !== undefined && row[hiddenKeys.account] !== named)
        throw new ContractBreach(`\`${field.coordinate}\` is of another account than asked for`);
    }
  }

  private object(shape: Shape, value: unknown, place: Place): HarvestObject {
    const source = record(value, shape);
    const typeName = this.typeName(shape, source);
    assertOrdered(shape, source);
    const mask = this.maskOf(shape, source, place);
    const target: HarvestObject = Object.create(null) as HarvestObject;
    if (shape.isRow) {
      this.rows += 1;
      Object.defineProperty(target, stampKey, { value: this.stamp(mask, place.item) });
    }
    for (const field of shape.fields) {
      if (field.appliesTo !== null && !field.appliesTo.has(typeName)) continue;
      if (this.inspection.narrowing.excluded.has(field.index)) continue;
      const inspected =
        field.definition.name === '__typename' ? typeName : this.field(field, source, { ...place, mask });
      target[field.key] = field.key in target ? merged(target[field.key], inspected) : inspected;
    }
    return target;
  }

  private typeName({ type, possible }: Shape, source: HarvestObject): string {
    const claimed = Object.hasOwn(source, hiddenKeys.type) ? source[hiddenKeys.type] : undefined;
    if (claimed === undefined && !isAbstractType(type)) return type.name;
    if (typeof claimed === 'string' && possible.has(claimed)) return claimed;
    throw new ContractBreach(`\`${type.name}\` of a type that is none of it`);
  }

  /** A row of an account has that account's mask; a row of an account that was not granted is a breach. */
  private maskOf({ type, accountField, isRow }: Shape, source: HarvestObject, place: Place): CategoryMask {
    if (accountField === undefined || !isRow || this.accounts === 'all') return place.mask;
    const reference = source[hiddenKeys.account];
    const granted = typeof reference === 'string' ? this.accounts.get(reference) : undefined;
    if (granted === undefined) throw new ContractBreach(`\`${type.name}\` of an account that was not granted`);
    return granted & this.inspection.narrowing.mask;
  }

  private stamp(mask: CategoryMask, item: boolean): Stamp {
    const { customer, epoch, share, cells } = this.inspection;
    const released = mask & (item ? cells.direct | cells.item : cells.direct);
    return { customer, epoch, bank: share.territory.bank, released };
  }

  private field(field: ShapeField, source: HarvestObject, place: Place): unknown {
    if ((field.needs & ~place.mask) !== 0 || !asks(this.inspection.narrowing, field)) {
      return new Withheld([refusalOf(this.inspection.share.territory, field.needs)]);
    }
    if (!Object.hasOwn(source, field.key)) throw new ContractBreach(`\`${field.coordinate}\` is missing`);
    const path = [...place.path, field.key];
    const item = field.child?.isRow ? this.inspection.anchors(field.coordinate) : place.item;
    return this.value(field, { type: field.definition.type, value: source[field.key] }, { ...place, item, path });
  }

  private value(field: ShapeField, held: Held, place: Place): unknown {
    if (held.value === null) return this.nullAt(field, held, place);
    const type = getNullableType(held.type);
    if (isListType(type)) {
      if (!Array.isArray(held.value)) throw new ContractBreach(`\`${field.coordinate}\` is no list`);
      const inner = type.ofType as GraphQLOutputType;
      return held.value.map((value: unknown, index) =>
        this.value(field, { type: inner, value }, { ...place, path: [...place.path, index] }),
      );
    }
    if (isLeafType(type)) {
      if (!hasDeclaredForm(type, held.value))
        throw new ContractBreach(`\`${field.coordinate}\` is no \`${type.name}\``);
      return this.leaf(field, held.value);
    }
    if (!field.child) throw new ContractBreach(`\`${field.coordinate}\` was asked without fields`);
    return this.object(field.child, held.value, place);
  }

  private nullAt(field: ShapeField, { type }: Held, { path }: Place): unknown {
    const fault = this.inspection.failed.get(JSON.stringify(path));
    if (fault) return new Withheld([fault]);
    if (isNonNullType(type)) throw new ContractBreach(`\`${field.coordinate}\` is null`);
    return null;
  }

  private leaf(field: ShapeField, value: unknown): unknown {
    const { customer, share, sealer } = this.inspection;
    const { bank } = share.territory;
    if ((field.coordinate === 'Bank.id' || field.definition.name === 'bankId') && value !== bank) {
      throw new ContractBreach(`\`${field.coordinate}\` names another bank`);
    }
    if (field.sealed === undefined) return value;
    if (String(value).length > longestReference)
      throw new ContractBreach(`\`${field.coordinate}\` is too long to seal`);
    return sealer.seal({ kind: field.sealed, customer }, { bank, reference: String(value) });
  }
}

interface Held {
  readonly type: GraphQLOutputType;
  readonly value: unknown;
}

/** The partner's reference of the account that a field's argument names; undefined where none does. */
function accountNamed(field: ShapeField, sent: Readonly<Record<string, unknown>>): unknown {
  const stated = new Set(field.node.arguments?.map(({ name }) => name.value));
  const account = field.definition.args.find(
    ({ name, astNode }) => stated.has(name) && sealedKind(astNode) === 'ACCOUNT',
  );
  return account && sent[openedVariable(field, account.name)];
}

/** What a list is ordered by is of its declared form, or null. */
function assertOrdered({ type, order }: Shape, source: HarvestObject): void {
  for (const { key, name, type: leaf } of order?.by ?? []) {
    const value = Object.hasOwn(source, key) ? source[key] : undefined;
    if (value !== null && !hasDeclaredForm(leaf, value)) {
      throw new ContractBreach(`\`${type.name}.${name}\`, which orders a list, is missing or of another form`);
    }
  }
}

function record(value: unknown, { type }: Shape): HarvestObject {
  if (isObject(value)) return value;
  throw new ContractBreach(`\`${type.name}\` is no object`);
}

/** Two selections of one response key on one object: their objects are one object, all the way down. */
function merged(one: unknown, other: unknown): unknown {
  if (other instanceof Withheld) return other;
  if (Array.isArray(one) && Array.isArray(other)) return one.map((value, index) => merged(value, other[index]));
  if (isObject(one) && isObject(other) && !(one instanceof Withheld)) {
    for (const [key, value] of Object.entries(other)) one[key] = key in one ? merged(one[key], value) : value;
  }
  return one;
}

function isObject(value: unknown): value is HarvestObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
