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
    ['more', 'scopes', { ANALYTICS: 'x' }],
    ['more', 'policies', { figures: ['ANALYTICS'] }],
    ['more', 'openings', { picking: ['Account.id'] }],
    ['more', 'entries', { AD_PROFILE: { ANALYTICS: ['Query.me'] } }],
    ['more', 'writes', { 'Mutation.x': ['P2P_PAYMENT'] }],
    ['more', 'anchors', { SUPPORT_CHAT: ['Message.alert'] }],
    ['more', 'clients', { newcomer: [] }],
    ['moved', 'rows', { SUPPORT_CHAT: { BALANCE: 'allow' } }],
  ])('a change says %s in %s', (direction, chapter, entries) => {
    const { movements } = after(chapter, entries);
    expect(movements.map((movement) => [movement.direction, movement.chapter])).toEqual([[direction, chapter]]);
  });

  test('need approval where a restriction goes', () => {
    const gone = differenceOf(book, { ...book, restrictions: {} });
    expect(gone.movements).toMatchObject([{ direction: 'more', chapter: 'restrictions' }]);
    expect(needsApproval(gone)).toBe(true);
  });

  const moved = (...books: [PolicyBook, PolicyBook]) =>
    differenceOf(...books).movements.map(({ direction, words }) => [direction, words]);

  test('that take away a client, or one of several words, permit less', () => {
    expect(moved(book, { ...book, clients: {} })).toEqual([
      ['less', 'clients of `messenger`: ["SUPPORT_CHAT"] became nothing'],
    ]);
    const two = { clients: { a: ['X', 'Y'] }, entries: { P: { A: ['x'], B: null } } };
    expect(moved(two, { ...two, clients: { a: ['Y'] } })).toEqual([['less', 'clients of `a`: ["X","Y"] became ["Y"]']]);
    expect(moved(two, { ...two, entries: { P: { A: null, B: ['x'] } } })).toEqual([
      ['more', 'entries of `P` × `A`: ["x"] became null; entries of `P` × `B`: null became ["x"]'],
    ]);
  });

  test('say of each movement what it was and what it is, chapter by chapter and name by name', () => {
    const before = { rows: { Q: { y: 'deny', x: 'deny', z: 'own' }, P: { x: 'deny' } }, labels: { b: 'text' } };
    const after = {
      rows: { Q: { y: 'allow', x: 'item', z: 'own' }, P: { x: 'own', y: 'own' } },
      labels: { b: ['list'] },
    };
    expect(moved(before, after)).toEqual([
      ['moved', 'labels of `b`: "text" became ["list"]'],
      ['moved', 'rows of `P` × `x`: "deny" became "own"; rows of `P` × `y`: nothing became "own"'],
      ['moved', 'rows of `Q` × `x`: "deny" became "item"; rows of `Q` × `y`: "deny" became "allow"'],
    ]);
    expect(
      moved({ labels: { b: { x: 1 }, c: [1], d: null } }, { labels: { b: [1], c: { x: 1 }, d: { x: 1 } } }),
    ).toEqual([
      ['moved', 'labels of `b`: {"x":1} became [1]'],
      ['moved', 'labels of `c`: [1] became {"x":1}'],
      ['moved', 'labels of `d`: null became {"x":1}'],
    ]);
  });

  test('say of what a purpose may read that it may now, or no longer, and whether below an anchor edge only', () => {
    const one = (plain: string[], item: string[]): PolicyBook => ({ readable: { P: { plain, item } } });
    const told = (...books: [PolicyBook, PolicyBook]) =>
      differenceOf(...books).movements.map(({ chapter, item, words }) => [chapter, item, words]);
    expect(told(one(['a'], ['b']), one(['c'], ['d']))).toEqual([
      ['readable', false, 'may now read `c`'],
      ['readable', false, 'may no longer read `a`'],
      ['readable', true, 'may now read `d` below an anchor edge'],
      ['readable', true, 'may no longer read `b` below an anchor edge'],
    ]);
    expect(told(one([], []), one(['a'], []))).toEqual([['readable', false, 'may now read `a`']]);
    expect(told(one(['a'], []), one([], ['a']))).toEqual([['readable', false, 'may no longer read `a`']]);
    expect(told({ readable: {} }, one([], ['a']))).toEqual([
      ['readable', true, 'may now read `a` below an anchor edge'],
    ]);
    expect(
      told({ readable: { P: null, Q: 'text', R: {} } }, { readable: { P: 'text', Q: null, R: { plain: 1 } } }),
    ).toEqual([]);
  });

  test('need approval as soon as one movement does, and are more where others only moved', () => {
    const both = differenceOf(book, { ...book, clients: { messenger: [] }, labels: { x: 'new' } });
    expect([needsApproval(both), both.relation]).toEqual([true, 'less']);
    const wider = differenceOf(book, { ...book, clients: { ...book['clients'], a: ['X'] }, labels: { x: 'new' } });
    expect(wider.relation).toBe('more');
  });
});
