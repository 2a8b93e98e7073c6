/** A list, newest first, and Relay arguments in; a connection out (GraphQL Cursor Connections Specification). */
import { ClientFault } from '../../src/fault/index.js';
import type { CursorBook } from './cursor.js';

/** The arguments of a list that pages forward. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

/** One page. */
export interface Connection<Node> {
  readonly edges: readonly { readonly node: Node; readonly cursor: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** A list as it can be paged through. */
export interface PagedList<Row extends { readonly id: string }> {
  /** What cursors are bound to. */
  readonly name: string;
  /** All rows that were ever in the list, oldest first. Rows may leave it, but never change places. */
  readonly rows: readonly Row[];
  readonly positionOf: (id: string) => number | undefined;
  /** True for the rows that are to be seen now. */
  readonly shows: (row: Row) => boolean;
}

const usualSize = 25;
const largestSize = 1000;

/**
 * The page after a cursor, or the first. A larger `first` than a page can be is cut; a negative one, and a cursor that
 * is not of this list, is the asker's fault. A cursor whose row has left the list still marks its place.
 */
export function pageOf<Row extends { readonly id: string }>(
  list: PagedList<Row>,
  page: PageArguments,
  cursors: CursorBook,
): Connection<Row> {
  const size = sizeOf(page);
  const before = typeof page.after === 'string' ? placeOf(list, page.after, cursors) : list.rows.length;
  const rows = newestBefore(list, before, size + 1);
  const edges = rows.slice(0, size).map((node) => ({ node, cursor: cursors.write(list.name, node.id) }));
  const pageInfo = {
    hasNextPage: rows.length > size,
    hasPreviousPage: list.rows.slice(before).some(list.shows),
    startCursor: edges.at(0)?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  return { edges, pageInfo };
}

function sizeOf({ first }: PageArguments): number {
  const size = first ?? usualSize;
  if (size < 0) throw new ClientFault('BAD_USER_INPUT', '`first` must not be negative');
  return Math.min(size, largestSize);
}

function placeOf<Row extends { readonly id: string }>(
  list: PagedList<Row>,
  after: string,
  cursors: CursorBook,
): number {
  const id = cursors.read(list.name, after);
  const position = id === undefined ? undefined : list.positionOf(id);
  if (position === undefined) throw new ClientFault('BAD_USER_INPUT', '`after` is not a cursor of this list');
  return position;
}

function newestBefore<Row extends { readonly id: string }>(list: PagedList<Row>, before: number, most: number): Row[] {
  const found: Row[] = [];
  for (let position = before - 1; position >= 0 && found.length < most; position -= 1) {
    const row = list.rows[position];
    if (row !== undefined && list.shows(row)) found.push(row);
  }
  return found;
}
