/**
 * The last wall: what may leave, decided anew from a position's label, the matrix as its file states it, and the stamp
 * of the grant that was issued. INVARIANT: shares no code with composition's checks and the verdicts before planning.
 */
import { parse as parseYaml } from 'yaml';
import { type FieldFault, fieldFault, InternalFault } from '../fault/index.js';
import { type Stamp, stampOf } from '../partition/index.js';
import { type Exchange, Gathered, Withheld } from '../plan/index.js';
import { type DataCategory, financialCategories, maskOf } from '../policy/index.js';

/** What the wall is built from. */
export interface WallBooks {
  /** The text of `policy/matrix.yaml`. */
  readonly matrixText: string;
  /** The label of a coordinate; undefined for fields of value types, which stand behind their edge. */
  readonly labelOf: (coordinate: string) => readonly DataCategory[] | undefined;
  /** True where only the platform's own subgraphs answer: they hold no bank's rows, so nothing is stamped. */
  readonly isPlatforms: (coordinate: string) => boolean;
}

/** One field of a plan: where it stands, and what it holds (`leaf`, a `value` type, or an `object`). */
export interface WallPosition {
  readonly coordinate: string;
  readonly target: 'leaf' | 'value' | 'object';
}

/** Says why a value must not leave; undefined when it may. */
export type WallCheck = (holder: object, value: unknown, exchange: Exchange) => FieldFault | undefined;

type Rows = Readonly<Record<string, Readonly<Record<string, string>>>>;

const stopped: FieldFault = fieldFault('PURPOSE_DENIED');
const financial: ReadonlySet<string> = new Set(financialCategories);
const readable: ReadonlySet<string> = new Set(['allow', 'item', 'own', 'picking', 'reduced']);

/** The wall before the bytes: a check per position, none where a value type's edge was checked. */
export function createWall(books: WallBooks): (position: WallPosition) => WallCheck | undefined {
  const rows = rowsOf(books.matrixText);
  const [firstRow] = Object.values(rows);
  return ({ coordinate, target }) => {
    const label = books.labelOf(coordinate);
    if (!label) return undefined;
    const guarded = label.filter((category) => firstRow?.[category] !== undefined || financial.has(category));
    if (guarded.length === 0) return undefined;
    const needs = books.isPlatforms(coordinate) ? 0 : maskOf(guarded.filter((category) => financial.has(category)));
    return (holder, value, exchange) => {
      const row = rows[exchange.principal?.purpose ?? ''];
      if (!row || guarded.some((category) => !readable.has(row[category] ?? 'deny'))) return stopped;
      if (needs === 0) return undefined;
      for (const owner of target === 'object' ? objectsIn(value) : [holder]) {
        const fault = refusal(stampOf(owner), needs, exchange);
        if (fault) return fault;
      }
      return undefined;
    };
  };
}

function refusal(stamp: Stamp | undefined, needs: number, { principal, standing }: Exchange): FieldFault | undefined {
  if (!stamp || stamp.customer !== principal?.customer || (needs & ~stamp.released) !== 0) return stopped;
  return stamp.epoch === standing?.epoch ? undefined : fieldFault('REVOKED_IN_FLIGHT', stamp.bank);
}

/** A withheld position holds no object: the serializer writes its fault. */
function objectsIn(value: unknown): object[] {
  if (value instanceof Withheld) return [];
  if (value instanceof Gathered) return value.rows.flatMap(objectsIn);
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return typeof value === 'object' && value !== null ? [value] : [];
}

function rowsOf(matrixText: string): Rows {
  const parsed: unknown = parseYaml(matrixText, { maxAliasCount: 100 });
  if (typeof parsed === 'object' && parsed !== null && 'rows' in parsed) return parsed.rows as Rows;
  throw new InternalFault('the matrix file has no rows');
}
