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
  /** True where only the platform's own subgraphs answer: they hold no bank's rows, so nothing is stamped. What they show of banking rests on consent all the same. */
  readonly isPlatforms: (coordinate: string) => boolean;
}

/** A field of a plan: where it stands, and what it holds (`leaf`, a `value` type, or an `object`). */
export interface WallPosition {
  readonly coordinate: string;
  readonly target: 'leaf' | 'value' | 'object';
}

/** Says why a value must not leave; undefined when it may. */
export type WallCheck = (holder: object, value: unknown, exchange: Exchange) => FieldFault | undefined;

/** The matrix file, as far as the wall reads it. */
interface RawMatrix {
  readonly rows: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly anchors: Readonly<Record<string, readonly string[]>>;
  readonly picking: readonly string[];
}

const stopped: FieldFault = fieldFault('PURPOSE_DENIED');
const financial: ReadonlySet<string> = new Set(financialCategories);
const readable: ReadonlySet<string> = new Set(['allow', 'item', 'own', 'reduced']);

/** The wall before the bytes: a check per position, none where a value type's edge was checked. */
export function createWall(books: WallBooks): (position: WallPosition) => WallCheck | undefined {
  const { rows, anchors, picking } = matrixOf(books.matrixText);
  const [first = {}] = Object.values(rows);
  return ({ coordinate, target }) => {
    const guarded = (books.labelOf(coordinate) ?? []).filter((word) => financial.has(word) || word in first);
    if (guarded.length === 0) return undefined;
    const banking = guarded.filter((category) => financial.has(category));
    const needs = maskOf(banking);
    const isPlatforms = books.isPlatforms(coordinate);
    const isPicked = picking.includes(coordinate);
    const opens = (cell = 'deny'): boolean => readable.has(cell) || (cell === 'picking' && isPicked);
    return (holder, value, exchange) => {
      const { purpose = '' } = exchange.principal ?? {};
      const row = rows[purpose];
      if (!row || guarded.some((category) => !opens(row[category]))) return stopped;
      if (banking.length === 0) return undefined;
      if (isPlatforms) return shownRefusal(value, exchange, !banking.every((category) => row[category] === 'picking'));
      if (target !== 'object') return refusal(stampOf(holder), needs, exchange);
      const isAnchor = anchors[purpose]?.includes(coordinate) ?? false;
      const hung = isAnchor ? maskOf(banking.filter((category) => row[category] === 'item')) : 0;
      return edgeRefusal({ held: stampOf(holder), needs, hung }, value, exchange);
    };
  };
}

/** An edge: the stamp of its holder, if a partner answered for it, and what only the items that hang there may show. */
interface Edge {
  readonly held: Stamp | undefined;
  readonly needs: number;
  readonly hung: number;
}

/** A partner's holder vouches for its edge, null and empty lists included; where it has none, each row does. */
function edgeRefusal({ held, needs, hung }: Edge, value: unknown, exchange: Exchange): FieldFault | undefined {
  const left = held ? needs & ~held.released : needs;
  if (held && (left & ~hung) !== 0) return stopped;
  return (held && refusal(held, 0, exchange)) ?? refusalIn(value, left, exchange);
}

/** What the platform's own records show: it goes when its receipt could not be kept, and with the consent that it rests on. */
function shownRefusal(value: unknown, { stopped: why }: Exchange, restsOnConsent: boolean): FieldFault | undefined {
  if (why === undefined || value === null || value === undefined || value instanceof Withheld) return undefined;
  return restsOnConsent || why === 'STALE' ? fieldFault(why) : undefined;
}

function refusal(stamp: Stamp | undefined, needs: number, exchange: Exchange): FieldFault | undefined {
  const { principal, standing } = exchange;
  if (!stamp || stamp.customer !== principal?.customer || (needs & ~stamp.released) !== 0) return stopped;
  if (exchange.stopped) return fieldFault(exchange.stopped, stamp.bank);
  return stamp.epoch === standing?.epoch ? undefined : fieldFault('REVOKED_IN_FLIGHT', stamp.bank);
}

/** The first refusal of a row. A withheld position holds no object: the serializer writes its fault. */
function refusalIn(value: unknown, needs: number, exchange: Exchange): FieldFault | undefined {
  if (typeof value !== 'object' || value === null || value instanceof Withheld) return undefined;
  const rows: unknown = value instanceof Gathered ? value.rows : value;
  if (!Array.isArray(rows)) return refusal(stampOf(value), needs, exchange);
  return rows.reduce<FieldFault | undefined>((fault, row) => fault ?? refusalIn(row, needs, exchange), undefined);
}

function matrixOf(matrixText: string): RawMatrix {
  const parsed: unknown = parseYaml(matrixText, { maxAliasCount: 100 });
  const parts = ['rows', 'anchors', 'picking'];
  if (typeof parsed === 'object' && parsed !== null && parts.every((part) => part in parsed))
    return parsed as RawMatrix;
  throw new InternalFault(`the matrix file lacks one of ${parts.join(', ')}`);
}
