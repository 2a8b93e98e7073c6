import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ClientFault } from '../../../src/fault/index.js';
import { createCursorBook } from '../../../resolvers/bank/cursor.js';
import { pageOf, type PagedList } from '../../../resolvers/bank/page.js';

interface Row {
  readonly id: string;
  readonly hidden: boolean;
}

const cursors = createCursorBook(Buffer.alloc(32, 7));

function listOf(hidden: readonly boolean[], name = 'list'): PagedList<Row> {
  const rows = hidden.map((isHidden, index) => ({ id: `row-${index}`, hidden: isHidden }));
  const positions = new Map(rows.map(({ id }, position) => [id, position]));
  return { name, rows, positionOf: (id) => positions.get(id), shows: (row) => !row.hidden };
}

function allPages(list: PagedList<Row>, first: number): string[] {
  const seen: string[] = [];
  let after: string | null = null;
  for (let more = true; more;) {
    const page: ReturnType<typeof pageOf<Row>> = pageOf(list, { first, after }, cursors);
    seen.push(...page.edges.map(({ node }) => node.id));
    after = page.pageInfo.endCursor;
    more = page.pageInfo.hasNextPage;
  }
  return seen;
}

describe('pages', () => {
  test('hold each visible row exactly once, newest first, whatever their size', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (hidden, first) => {
        const list = listOf(hidden);
        const expected = list.rows.filter(list.shows).map(({ id }) => id);
        expect(allPages(list, first)).toEqual(expected.toReversed());
      }),
    );
  });

  test('are as large as asked, 25 when not asked and 1000 at most', () => {
    const list = listOf(Array.from({ length: 1200 }, () => false));
    const size = (first?: number) => pageOf(list, first === undefined ? {} : { first }, cursors).edges.length;
    expect([size(), size(5), size(0), size(5000)]).toEqual([25, 5, 0, 1000]);
  });

  test('refuse a negative size', () => {
    expect(() => pageOf(listOf([false]), { first: -1 }, cursors)).toThrow(ClientFault);
  });

  test('refuse a cursor of another list, and one that was changed', () => {
    const list = listOf([false, false, false]);
    const cursor = cursors.write('list', 'row-1');
    const changed = `${cursor.slice(0, -1)}${cursor.endsWith('A') ? 'E' : 'A'}`;
    const foreign = createCursorBook(Buffer.alloc(32, 8)).write('list', 'row-1');
    expect(pageOf(list, { after: cursor }, cursors).edges.map(({ node }) => node.id)).toEqual(['row-0']);
    for (const after of [cursors.write('other', 'row-1'), changed, foreign, 'row-1', '']) {
      expect(() => pageOf(list, { after }, cursors)).toThrow(ClientFault);
    }
  });

  test('go on from a row that has left the list', () => {
    const cursor = cursors.write('list', 'row-2');
    const page = pageOf(listOf([false, false, true, false]), { after: cursor }, cursors);
    expect(page.edges.map(({ node }) => node.id)).toEqual(['row-1', 'row-0']);
  });
});
