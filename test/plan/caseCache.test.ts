import { describe, expect, test } from '@jest/globals';
import { CaseCache, kept, keptPromise } from '../../src/plan/index.js';

describe('a cache of cases', () => {
  test('is bounded over all operations together, and forgets the case that was used least recently', () => {
    const cases = new CaseCache(3);
    const [plans, writers] = [cases.keep<string>(), cases.keep<number>()];
    plans.set('a', 'plan of a');
    writers.set('a', 1);
    plans.set('b', 'plan of b');
    expect(plans.get('a')).toBe('plan of a');
    writers.set('b', 2);
    expect([plans.get('a'), plans.get('b')]).toEqual(['plan of a', 'plan of b']);
    expect([writers.get('a'), writers.get('b')]).toEqual([undefined, 2]);
  });

  test('keeps what was set last under a key', () => {
    const plans = new CaseCache(1).keep<string>();
    plans.set('a', 'first');
    plans.set('a', 'second');
    expect(plans.get('a')).toBe('second');
  });

  test('keeps the cases of each operation apart', () => {
    const cases = new CaseCache();
    const [one, other] = [cases.keep<string>(), cases.keep<string>()];
    expect(kept(one, 'a', () => 'of one')).toBe('of one');
    expect(kept(other, 'a', () => 'of the other')).toBe('of the other');
    expect(kept(one, 'a', () => 'made again')).toBe('of one');
  });

  test('keeps nothing of a failure', async () => {
    const plans = new CaseCache().keep<Promise<string>>();
    const failing = keptPromise(plans, 'a', async () => Promise.reject(new Error('not planned')));
    expect(plans.get('a')).toBe(failing);
    await expect(failing).rejects.toThrow('not planned');
    expect(await keptPromise(plans, 'a', async () => 'planned')).toBe('planned');
  });
});
