/** Coordinate × class of principals → the line of the policy that permits or denies it there, in words. */
import {
  categoriesOf,
  type Cell,
  controlCategories,
  type DataCategory,
  financialMask,
  maskOf,
  type PolicyTable,
  scopeOf,
} from '../policy/index.js';
import { scopeReaches } from './scope.js';
import type { PrincipalClass } from './verdicts.js';

type Label = NonNullable<ReturnType<PolicyTable['classification']['labels']['get']>>;

/** A coordinate, and whether it stands on an item. */
export interface Asked {
  readonly coordinate: string;
  readonly item: boolean;
}

const control = maskOf(controlCategories);

/** Never empty. What decides is the compiled table; this only finds the line behind it. */
export function reasonOf(table: PolicyTable, asker: PrincipalClass, asked: Asked): string {
  const { coordinate, item } = asked;
  const { labels, valueFields } = table.classification;
  if (valueFields.has(coordinate)) return 'part of a value: the edge that leads to it decides';
  const label = labels.get(coordinate);
  if (!label) return 'in no classification';
  if (table.verdict(asker.purpose, coordinate, item) === 'deny') return denialOf({ table, asker, label, item });
  if (!table.meets(asker.purpose, coordinate, asker.scopeWords)) {
    return 'a subgraph demands more of it by `@requiresScopes` or `@policy` than this token has';
  }
  if (!scopeReaches(asker, table.needs(coordinate), coordinate)) return missingScope(table, asker, coordinate);
  return permissionOf({ table, asker, label, item });
}

interface Question {
  readonly table: PolicyTable;
  readonly asker: PrincipalClass;
  readonly label: Label;
  readonly item: boolean;
}

function cellOf({ table, asker }: Question, category: DataCategory): Cell | undefined {
  return table.matrix.rows.get(asker.purpose)?.get(category);
}

/** The categories whose cells are asked: those of the label, and for DERIVED its inputs. */
function categoriesAsked({ categories, from }: Label): DataCategory[] {
  return [...categoriesOf(categories).filter((category) => category !== 'DERIVED'), ...categoriesOf(from ?? 0)];
}

function permissionOf(question: Question): string {
  const { table, asker, label, item } = question;
  const words = categoriesAsked(label).map((category) => `${cellWords(question, category)}`);
  const scope = categoriesOf(table.needs(label.coordinate) & (financialMask | control) & asker.scope).map(scopeOf);
  const named = scope.length === 0 ? [] : [`scope ${scope.join(' ')}`];
  const anchored = item ? ['on an anchor edge'] : [];
  return [...words, ...anchored, ...named].join('; ');
}

function cellWords(question: Question, category: DataCategory): string {
  const { table, asker } = question;
  if ((table.matrix.open & maskOf([category])) !== 0) return `${category} is open`;
  if (table.matrix.entries.has(category)) return `${category} is listed for ${asker.purpose}`;
  return `matrix ${asker.purpose} × ${category}: ${cellOf(question, category) ?? 'no cell'}`;
}

function missingScope(table: PolicyTable, { purpose, scope, scopeWords }: PrincipalClass, coordinate: string): string {
  if (purpose === 'COMPLIANCE_AUDIT') return 'the scope lacks audit:read';
  const missing = categoriesOf(table.needs(coordinate) & (financialMask | control) & ~scope).map(scopeOf);
  const lacking = missing.length > 0 ? missing : ['consent:manage'].filter((word) => !scopeWords.has(word));
  return `the scope lacks ${lacking.join(' ')}`;
}

function denialOf(question: Question): string {
  const { table, asker, label, item } = question;
  const write = deniedWrite(question);
  if (write !== undefined) return write;
  const field = label.kind === 'argument' ? table.classification.labels.get(label.field) : undefined;
  if (field && table.verdict(asker.purpose, field.coordinate, item) === 'deny') {
    return `its field is denied: ${denialOf({ ...question, label: field })}`;
  }
  const blocked = categoriesAsked(label).filter((category) => blocks(question, category));
  if (blocked.length > 0) return blocked.map((category) => blockWords(question, category)).join('; ');
  const items = categoriesAsked(label).filter((category) => cellOf(question, category) === 'item');
  if (items.length === 0) return `${asker.purpose} is never consentable, whatever the matrix says`;
  return `leads past an item: matrix ${asker.purpose} × ${items.join(', ')}: item opens the item’s own fields and values alone`;
}

function deniedWrite({ table, asker, label }: Question): string | undefined {
  if (label.kind !== 'field' || (label.owner !== 'Mutation' && label.owner !== 'Subscription')) return undefined;
  const writers = table.matrix.writes.get(label.coordinate) ?? new Set<string>();
  if (writers.has(asker.purpose)) return undefined;
  return `matrix writes: for ${[...writers].join(', ') || 'no purpose'}, not for ${asker.purpose}`;
}

/** Whether the cell of one category closes the coordinate. */
function blocks(question: Question, category: DataCategory): boolean {
  const { table, asker, label, item } = question;
  const { matrix } = table;
  const { coordinate } = label;
  if ((matrix.open & maskOf([category])) !== 0) return label.reduced;
  const entries = matrix.entries.get(category);
  if (entries) return label.reduced || !entries.get(asker.purpose)?.has(coordinate);
  const cell = cellOf(question, category);
  if (label.reduced) return cell !== 'reduced';
  if (cell === 'item') return !item && !table.anchors(asker.purpose, coordinate);
  if (cell === 'write') return label.kind === 'field';
  if (cell === 'picking') return !matrix.picking.has(coordinate);
  return cell !== 'allow' && cell !== 'own';
}

function blockWords(question: Question, category: DataCategory): string {
  const { table, asker, label } = question;
  const entries = table.matrix.entries.get(category);
  if (entries) return `${category} is not listed here for ${asker.purpose}`;
  const cell = cellOf(question, category) ?? 'deny';
  const anchors = [...(table.matrix.anchors.get(asker.purpose) ?? [])];
  const more: Partial<Record<Cell, string>> = {
    item: `, read below ${anchors.join(', ')} only`,
    write: ', given as input and never read',
    picking: ', for the coordinates listed for picking only',
    reduced: ', for reduced records only',
  };
  return `matrix ${asker.purpose} × ${category}: ${cell}${more[cell] ?? (label.reduced && cell !== 'deny' ? ', and this record is reduced' : '')}`;
}
