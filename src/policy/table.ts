import type { Classification, Label } from '../supergraph/index.js';
import type { Cell, Matrix } from './matrix.js';
import type { CellMasks, PolicyTable, Verdict } from './policyTable.js';
import { compileDemands } from './policies.js';
import {
  categoriesOf,
  controlCategories,
  financialMask,
  maskOf,
  neverConsentablePurposes,
  purposes,
  type CategoryMask,
  type DataCategory,
  type Purpose,
} from './vocabulary.js';

/** Whether the position is an item's, and what it may do there. */
interface Ruling {
  readonly plain: Verdict;
  readonly item: Verdict;
}

/** What the verdicts of one purpose rest on. */
interface Column {
  readonly purpose: Purpose;
  readonly matrix: Matrix;
  readonly labels: ReadonlyMap<string, Label>;
  readonly row: ReadonlyMap<DataCategory, Cell>;
  readonly anchors: ReadonlySet<string>;
  /** Types that an anchor edge of this purpose leads to: only their fields are ever an item's. */
  readonly itemTypes: ReadonlySet<string>;
  /** Anchor edges of any purpose. */
  readonly anchorsOfAll: ReadonlySet<string>;
}

const derived = maskOf(['DERIVED']);
const guardedMask = financialMask | maskOf(controlCategories);
const noCells: CellMasks = { direct: 0, item: 0, write: 0 };
const noDemands = compileDemands(new Map(), new Map());
const deny: Ruling = { plain: 'deny', item: 'deny' };
const allow: Ruling = { plain: 'allow', item: 'allow' };
const placeOf = new Map<Purpose, number>(purposes.map((purpose, place) => [purpose, place]));

/**
 * Compiles labels and matrix into verdicts: a coordinate with several categories needs all of them, and whatever the
 * matrix does not open is denied. Linear in coordinates × purposes.
 */
export function compileTable(classification: Classification, matrix: Matrix, demands = noDemands): PolicyTable {
  const { labels, valueTypes, valueFields } = classification;
  const columns = new Map(purposes.map((purpose) => [purpose, columnOf(classification, matrix, purpose)]));
  const rulings = rulingsOf([...columns.values()], labels);
  const masks = new Map(purposes.map((purpose) => [purpose, cellMasks(matrix, purpose)]));
  return {
    classification,
    matrix,
    verdict(purpose, coordinate, item) {
      if (valueFields.has(coordinate)) return 'allow';
      const ruling = rulings.get(coordinate)?.[placeOf.get(purpose) ?? -1] ?? deny;
      return item ? ruling.item : ruling.plain;
    },
    anchors: (purpose, coordinate) => columns.get(purpose)?.anchors.has(coordinate) ?? false,
    needs: (coordinate) => needsOf(labels.get(coordinate)),
    meets: demands.meets,
    canMeet(purpose, coordinate) {
      const { direct, item, write } = masks.get(purpose) ?? noCells;
      return demands.canMeet(purpose, coordinate, direct | item | write);
    },
    isValueType: (typeName) => valueTypes.has(typeName),
    cells: (purpose) => masks.get(purpose) ?? noCells,
  };
}

function columnOf({ labels }: Classification, matrix: Matrix, purpose: Purpose): Column {
  const anchors = matrix.anchors.get(purpose) ?? new Set<string>();
  return {
    purpose,
    matrix,
    labels,
    row: matrix.rows.get(purpose) ?? new Map<DataCategory, Cell>(),
    anchors,
    itemTypes: new Set([...anchors].flatMap((edge) => labels.get(edge)?.target.reaches ?? [])),
    anchorsOfAll: new Set([...matrix.anchors.values()].flatMap((edges) => [...edges])),
  };
}

/** Coordinate → a ruling per purpose, in the order of the columns: most readers ask one coordinate for every purpose. */
function rulingsOf(
  columns: readonly Column[],
  labels: ReadonlyMap<string, Label>,
): ReadonlyMap<string, readonly Ruling[]> {
  const rulings = new Map<string, readonly Ruling[]>();
  for (const [coordinate, label] of labels)
    rulings.set(
      coordinate,
      columns.map((column) => rulingOf(column, label)),
    );
  return rulings;
}

/** Equal rulings are one object: a graph of ten thousand coordinates has 160,000 of them. */
function rulingOf(column: Column, label: Label): Ruling {
  const plain = verdictOn(column, label, false);
  const item = column.itemTypes.has(label.owner) ? verdictOn(column, label, true) : plain;
  if (plain !== item) return { plain, item };
  return plain === 'allow' ? allow : deny;
}

function verdictOn(column: Column, label: Label, item: boolean): Verdict {
  return permitted(column, label, item) ? 'allow' : 'deny';
}

function permitted(column: Column, label: Label, item: boolean): boolean {
  if (isForbidden(column.purpose, label)) return false;
  if (label.kind === 'argument') {
    const field = column.labels.get(label.field);
    if (!field || !permitted(column, field, item)) return false;
  }
  if (label.kind === 'field' && isWrite(label) && !column.matrix.writes.get(label.coordinate)?.has(column.purpose))
    return false;
  if (column.anchors.has(label.coordinate)) {
    return !label.reduced && everyCategory(label, (category) => opensItem(column.row.get(category)));
  }
  if (!everyCategory(label, (category) => opens(column, { label, category, item }))) return false;
  return !leadsPastItem(column, label);
}

/** The never-consentable purposes reach nothing of a customer's banking, whatever the matrix says. */
function isForbidden(purpose: Purpose, { categories, from }: Label): boolean {
  const carried = categories | (from ?? 0);
  return (carried & guardedMask) !== 0 && (neverConsentablePurposes as readonly Purpose[]).includes(purpose);
}

function isWrite({ owner }: Label): boolean {
  return owner === 'Mutation' || owner === 'Subscription';
}

function everyCategory({ categories }: Label, holds: (category: DataCategory) => boolean): boolean {
  return categories !== 0 && categoriesOf(categories).every(holds);
}

function opensItem(cell: Cell | undefined): boolean {
  return cell === 'allow' || cell === 'item';
}

/** Whether one category of a label is open here. */
function opens(column: Column, position: { label: Label; category: DataCategory; item: boolean }): boolean {
  const { label, category } = position;
  if ((column.matrix.open & maskOf([category])) !== 0) return !label.reduced;
  const entries = column.matrix.entries.get(category);
  if (entries) return !label.reduced && (entries.get(column.purpose)?.has(label.coordinate) ?? false);
  if (category === 'DERIVED') return !label.reduced && opensInputs(column, label);
  return opensCell(column, column.row.get(category), position);
}

function opensCell(column: Column, cell: Cell | undefined, { label, item }: { label: Label; item: boolean }): boolean {
  switch (cell) {
    case 'allow':
    case 'own':
      return !label.reduced;
    case 'reduced':
      return label.reduced;
    case 'item':
      return item && !label.reduced;
    case 'write':
      return label.kind !== 'field' && !label.reduced;
    case 'picking':
      return column.matrix.picking.has(label.coordinate) && !label.reduced;
    case 'deny':
    case undefined:
      return false;
  }
}

/** DERIVED is readable only where every input is. */
function opensInputs({ row }: Column, { from }: Label): boolean {
  return from !== undefined && from !== 0 && categoriesOf(from).every((category) => row.get(category) === 'allow');
}

/**
 * An item opens its own fields and values. An edge on to another object must be one that this purpose lists, or carry
 * a category that the purpose reads anyway and be no anchor edge of another purpose.
 */
function leadsPastItem({ row, anchorsOfAll }: Column, label: Label): boolean {
  const cells = categoriesOf(label.categories).map((category) => row.get(category));
  if (label.target.reaches.length === 0 || !cells.includes('item')) return false;
  return anchorsOfAll.has(label.coordinate) || !cells.includes('allow');
}

function needsOf(label: Label | undefined): CategoryMask {
  return label ? (label.categories & ~derived) | (label.from ?? 0) : 0;
}

function cellMasks(matrix: Matrix, purpose: Purpose): CellMasks {
  const row = [...(matrix.rows.get(purpose) ?? [])];
  const mask = (...words: readonly Cell[]): CategoryMask =>
    maskOf(row.flatMap(([category, cell]) => (words.includes(cell) ? [category] : [])));
  const entered = maskOf(
    [...matrix.entries].flatMap(([category, byPurpose]) => (byPurpose.has(purpose) ? [category] : [])),
  );
  const forbidden = (neverConsentablePurposes as readonly Purpose[]).includes(purpose) ? guardedMask : 0;
  return {
    direct: (mask('allow', 'own', 'picking', 'reduced') & ~forbidden) | matrix.open | entered,
    item: mask('item') & ~forbidden,
    write: mask('write') & ~forbidden,
  };
}
