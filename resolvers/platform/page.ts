import { createHmac, timingSafeEqual } from 'node:crypto';
import { ClientFault } from '../../src/fault/index.js';

/** The arguments of a list that pages. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

/** A list to page through, in order. */
export interface PagedList<Item> {
  readonly items: readonly Item[];
  /** Names an item without telling anything about it: cursors carry it. */
  readonly idOf: (item: Item) => string;
  /** Who pages through what: a cursor of another scope is none. */
  readonly scope: readonly string[];
}

/** One page, as the Relay cursor connections specification has it. */
export interface Page<Item> {
  readonly edges: readonly { readonly node: Item; readonly cursor: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const usualSize = 25;
const largestSize = 1000;

/** Cuts pages out of lists. Throws BAD_USER_INPUT for a negative `first` and for a cursor that the list did not give. */
export type Pager = <Item>(list: PagedList<Item>, args: PageArguments) => Page<Item>;

/** A pager whose cursors are opaque and authenticated under `key`. */
export function createPager(key: string): Pager {
  return (list, args) => {
    const size = sizeOf(args);
    const start = startOf(key, list, args);
    const shown = list.items.slice(start, start + size);
    const edges = shown.map((node) => ({ node, cursor: cursorOf(key, list.scope, list.idOf(node)) }));
    return {
      edges,
      pageInfo: {
        hasNextPage: start + shown.length < list.items.length,
        hasPreviousPage: start > 0,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
    };
  };
}

/** What a part of a cut list holds. */
export interface CutItem<Node> {
  readonly id: string;
  /** A fault stands for what is there and cannot be shown: the position is null, and says why. */
  readonly node: Node | Error;
}

/** A list that its store cuts itself. */
export interface CutList<Node> {
  readonly scope: readonly string[];
  /** The items that follow the one named; undefined where the list has none of that name. */
  readonly cut: (
    first: number,
    after: string | undefined,
  ) => Promise<{ readonly items: readonly CutItem<Node>[]; readonly hasMore: boolean } | undefined>;
}

/** Like {@link Pager}, for lists too long to be read whole. */
export type CutPager = <Node>(list: CutList<Node>, args: PageArguments) => Promise<Page<Node | Error>>;

/** A pager over cut lists whose cursors are opaque and authenticated under `key`. */
export function createCutPager(key: string): CutPager {
  return async ({ scope, cut }, args) => {
    const { after } = args;
    const id = after === null || after === undefined ? undefined : openCursor(key, scope, after);
    const isForeign = typeof after === 'string' && id === undefined;
    const part = isForeign ? undefined : await cut(sizeOf(args), id);
    if (!part) throw new ClientFault('BAD_USER_INPUT', '`after` is not a cursor of this list');
    const edges = part.items.map(({ id: name, node }) => ({ node, cursor: cursorOf(key, scope, name) }));
    return {
      edges,
      pageInfo: {
        hasNextPage: part.hasMore,
        hasPreviousPage: id !== undefined,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
    };
  };
}

function sizeOf({ first }: PageArguments): number {
  const size = first ?? usualSize;
  if (size < 0) throw new ClientFault('BAD_USER_INPUT', '`first` must not be negative');
  return Math.min(size, largestSize);
}

function startOf<Item>(key: string, list: PagedList<Item>, { after }: PageArguments): number {
  if (after === null || after === undefined) return 0;
  const id = openCursor(key, list.scope, after);
  const index = id === undefined ? -1 : list.items.findIndex((item) => list.idOf(item) === id);
  if (index < 0) throw new ClientFault('BAD_USER_INPUT', '`after` is not a cursor of this list');
  return index + 1;
}

const macBytes = 16;

function cursorOf(key: string, scope: readonly string[], id: string): string {
  return Buffer.concat([macOf(key, scope, id), Buffer.from(id)]).toString('base64url');
}

function openCursor(key: string, scope: readonly string[], cursor: string): string | undefined {
  const bytes = Buffer.from(cursor, 'base64url');
  if (bytes.length <= macBytes) return undefined;
  const id = bytes.subarray(macBytes).toString();
  return timingSafeEqual(bytes.subarray(0, macBytes), macOf(key, scope, id)) ? id : undefined;
}

function macOf(key: string, scope: readonly string[], id: string): Buffer {
  return createHmac('sha256', key)
    .update(JSON.stringify([scope, id]))
    .digest()
    .subarray(0, macBytes);
}
