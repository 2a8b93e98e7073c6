import { expect, test } from '@jest/globals';
import { createLooker } from '../../src/store/looker.js';

/** A reading that a test ends, and how many began. */
class Reading {
  began = 0;
  end: (error?: unknown) => void = () => undefined;

  readonly read = (): Promise<void> => {
    this.began += 1;
    return new Promise((resolve, reject) => {
      this.end = (error) => (error === undefined ? resolve() : reject(error));
    });
  };
}

const turn = (): Promise<void> => new Promise(setImmediate);

test('who asks while a reading is under way shares the one that begins after it, however many ask', async () => {
  const reading = new Reading();
  const { look } = createLooker(reading.read);
  const first = look();
  await turn();
  const burst = Array.from({ length: 100 }, () => look());
  reading.end();
  await first;
  await turn();
  expect(reading.began).toBe(2);
  let isOver = false;
  const all = Promise.all(burst).then(() => (isOver = true));
  await turn();
  expect(isOver).toBe(false);
  reading.end();
  await all;
  expect(reading.began).toBe(2);
});

test('a reading that fails is told to those who asked for it, and the next one begins all the same', async () => {
  const reading = new Reading();
  const { look } = createLooker(reading.read);
  const first = look();
  await turn();
  const second = look();
  reading.end(new Error('lost'));
  await expect(first).rejects.toThrow('lost');
  await turn();
  reading.end();
  await second;
  expect(reading.began).toBe(2);
});

test('who asks after a reading has ended gets one of their own', async () => {
  const reading = new Reading();
  const { look, rest } = createLooker(reading.read);
  for (const count of [1, 2, 3]) {
    const looking = look();
    await turn();
    expect(reading.began).toBe(count);
    reading.end();
    await looking;
  }
  await rest();
});

test('is at rest when what is under way and what follows it have ended', async () => {
  const reading = new Reading();
  const { look, rest } = createLooker(reading.read);
  const first = look().catch((error: unknown) => error);
  await turn();
  const second = look();
  let isResting = false;
  const resting = rest().then(() => (isResting = true));
  reading.end(new Error('lost'));
  await turn();
  expect(isResting).toBe(false);
  reading.end();
  await Promise.all([resting, second]);
  expect(await first).toBeInstanceOf(Error);
});
