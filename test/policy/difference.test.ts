import { describe, expect, test } from '@jest/globals';
import { differenceOf, needsApproval, type PolicyBook } from '../../src/policy/index.js';

const book: PolicyBook = {
  labels: { 'Account.balances': { categories: ['BALANCE'] } },
  clearances: { ads: [], wallet: ['PAYMENT_ACTIVITY'] },
  clients: { messenger: ['SUPPORT_CHAT'] },
  restrictions: { 'Account.balances': [{ kind: 'scopes', anyOf: [['a']] }] },
  declassifications: {},
  readable: {
    SUPPORT_CHAT: { plain: ['Query.me'], item: ['Transaction.amount'] },
    AD_TARGETING: { plain: ['Query.me'], item: [] },
  },
};

function after(chapter: string, entries: PolicyBook[string]): ReturnType<typeof differenceOf> {
  return differenceOf(book, { ...book, [chapter]: { ...book[chapter], ...entries } });
}

const ads = { plain: ['Query.me', 'Account.balances'], item: [] };

describe('two policies', () => {
  test('are equal where nothing differs', () => {
    expect(differenceOf(book, book)).toMatchObject({ relation: 'equal', movements: [] });
  });

  test('differ by more where a purpose reads more, and by less the other way round', () => {
    const more = after('readable', { AD_TARGETING: ads });
    expect(more).toMatchObject({ relation: 'more', purposes: { AD_TARGETING: 'more', SUPPORT_CHAT: 'equal' } });
    expect(more.movements).toContainEqual(
      expect.objectContaining({ direction: 'more', name: 'Account.balances', purpose: 'AD_TARGETING', item: false }),
    );
    const less = differenceOf({ ...book, readable: { ...book['readable'], AD_TARGETING: ads } }, book);
    expect(less).toMatchObject({ relation: 'less', purposes: { AD_TARGETING: 'less' } });
    expect([needsApproval(more), needsApproval(less)]).toEqual([true, false]);
  });

  test('tell an item that is readable everywhere from one below an anchor edge', () => {
    const opened = after('readable', { SUPPORT_CHAT: { plain: ['Query.me', 'Transaction.amount'], item: [] } });
    expect(opened.movements.map(({ direction, item }) => [direction, item])).toEqual([['more', false]]);
  });

  test('are incomparable where one reads more here and less there', () => {
    const mixed = after('readable', { AD_TARGETING: ads, SUPPORT_CHAT: { plain: [], item: ['Transaction.amount'] } });
    expect(mixed.relation).toBe('incomparable');
  });

  test.each([
    ['more', 'clearances', { ads: ['BALANCE'] }],
    ['less', 'clearances', { wallet: [] }],
    ['more', 'clients', { 'ads-engine': ['AD_TARGETING'] }],
    ['more', 'declassifications', { 'bank Account.id': { categories: ['BALANCE'], reason: 'r', approver: 'a' } }],
    ['less', 'restrictions', { 'Query.me': [{ kind: 'scopes', anyOf: [['a']] }] }],
    ['moved', 'labels', { 'Account.balances': { categories: ['TERMS'] } }],
    ['moved', 'restrictions', { 'Account.balances': [{ kind: 'scopes', anyOf: [['b']] }] }],
    ['more', 'clearances', { wallet: ['BALANCE'] }],
  ])('a change says %s in %s', (direction, chapter, entries) => {
    const { movements } = after(chapter, entries);
    expect(movements.map((movement) => [movement.direction, movement.chapter])).toEqual([[direction, chapter]]);
  });

  test('need approval where a restriction goes', () => {
    const gone = differenceOf(book, { ...book, restrictions: {} });
    expect(gone.movements).toMatchObject([{ direction: 'more', chapter: 'restrictions' }]);
    expect(needsApproval(gone)).toBe(true);
  });
});
