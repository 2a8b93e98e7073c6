/** What the two books may disagree on. */
import type { Flags } from './doubleEntryFlags.js';
import type { Cell } from './matrix.js';
import type { DataCategory, Purpose } from './vocabulary.js';

/** What one of the books says. */
export type Entry = 'permit' | 'deny';

/** One disagreement: the books say different things, or one of them says nothing. */
export type Difference =
  | {
      readonly kind: 'verdict';
      readonly coordinate: string;
      readonly purpose: Purpose;
      readonly flags: Flags;
      readonly anchor?: string;
      readonly table: Entry;
      readonly shield: Entry;
    }
  | {
      /** An argument of a field that the table permits. */
      readonly kind: 'argument';
      readonly coordinate: string;
      readonly purpose: Purpose;
      readonly anchor?: string;
      readonly table: Entry;
      readonly permissions: Entry;
    }
  | {
      /** A field or an argument carries other categories. */
      readonly kind: 'categories';
      readonly coordinate: string;
      readonly table: readonly DataCategory[];
      readonly permissions: readonly DataCategory[];
    }
  | {
      /** A cell of the matrix. The permissions say several words where they name a purpose twice in one column. */
      readonly kind: 'cell';
      readonly purpose: Purpose;
      readonly category: DataCategory;
      readonly table: Cell;
      readonly permissions: readonly Cell[];
    }
  | { readonly kind: 'missing'; readonly coordinate: string; readonly from: 'labels' | 'permissions' | 'schema' };

/** One line: `LoanAccount.bills P2P_PAYMENT scope, consent, agreement: the table says deny, the permissions permit`. */
export function printDifference(difference: Difference): string {
  switch (difference.kind) {
    case 'missing':
      return `${difference.coordinate}: missing from the ${difference.from}`;
    case 'cell': {
      const { category, purpose, table, permissions } = difference;
      return `${category} ${purpose} in the matrix: the table says ${table}, the permissions ${permissions.join(' and ')}`;
    }
    case 'categories': {
      const { coordinate, table, permissions } = difference;
      return `${coordinate}: the table says ${words(table)}, the permissions ${words(permissions)}`;
    }
    case 'argument': {
      const { coordinate, purpose, table, permissions } = difference;
      return `${coordinate}${below(difference)} ${purpose}: the table says ${table}, the permissions ${permissions}`;
    }
    case 'verdict':
      return printVerdict(difference);
  }
}

function printVerdict(difference: Extract<Difference, { kind: 'verdict' }>): string {
  const { coordinate, purpose, flags, table, shield } = difference;
  const evidence = (['scope', 'consent', 'agreement'] as const).map((part) => (flags[part] ? part : `no ${part}`));
  const of = flags.of === 'ALL' ? '' : ` of ${flags.of}`;
  const where = `${coordinate}${below(difference)}`;
  return `${where} ${purpose} ${evidence.join(', ')}${of}: the table says ${table}, the permissions ${shield}`;
}

function below({ anchor }: { readonly anchor?: string }): string {
  return anchor === undefined ? '' : ` below ${anchor}`;
}

function words(categories: readonly DataCategory[]): string {
  return categories.length === 0 ? 'no category' : categories.join(' and ');
}
