import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createTransport, type Transport } from '../../src/fetch/index.js';
import { call, good, json, openBank, outcome, type Bank } from './bank.js';

let bank: Bank;
let transport: Transport;
let answer: (res: ServerResponse) => void;

const up = (res: ServerResponse) => res.writeHead(200, json).end(good);
const status = (code: number) => (res: ServerResponse) => res.writeHead(code, json).end(good);
const post = () => outcome(transport.post(call(bank.url, { idempotent: false })));

async function times(count: number): Promise<string[]> {
  const outcomes: string[] = [];
  for (let index = 0; index < count; index += 1) outcomes.push(await post());
  return outcomes;
}

beforeEach(async () => {
  // Only the date stands still: the network needs its timers.
  jest.useFakeTimers({
    now: 1_800_000_000_000,
    doNotFake: [
      'setTimeout',
      'clearTimeout',
      'setInterval',
      'clearInterval',
      'setImmediate',
      'clearImmediate',
      'nextTick',
      'queueMicrotask',
      'performance',
      'hrtime',
    ],
  });
  bank = await openBank((res) => answer(res));
  transport = createTransport({ destinations: [{ url: bank.url }] });
});

afterEach(async () => {
  jest.useRealTimers();
  await transport.close();
  await bank.close();
});

describe('a destination that fails five times in a row', () => {
  test.each([
    ['with status 500', status(500), 'status 500'],
    ['with a broken connection', (res: ServerResponse) => res.destroy(), 'unreachable'],
    [
      'with a page',
      (res: ServerResponse) => res.writeHead(200, { 'content-type': 'text/html' }).end('x'),
      'malformed 200',
    ],
  ] as const)('%s is left alone', async (_, failure, seen) => {
    answer = failure;
    expect(await times(6)).toEqual([seen, seen, seen, seen, seen, 'open']);
    expect(bank.received).toHaveLength(5);
  });

  test('is tried by one call after a while, while the others fail at once', async () => {
    answer = status(500);
    await times(6);
    jest.setSystemTime(Date.now() + 5_000);
    let probe: ServerResponse | undefined;
    const arrived = new Promise<void>((resolve) => {
      answer = (res) => {
        probe = res;
        resolve();
      };
    });
    const trying = post();
    await arrived;
    expect(await times(2)).toEqual(['open', 'open']);
    answer = up;
    if (probe) up(probe);
    expect(await trying).toBe('answered');
    expect(await times(2)).toEqual(['answered', 'answered']);
  });

  test('is left alone again when the one that tries fails', async () => {
    answer = status(500);
    await times(6);
    jest.setSystemTime(Date.now() + 5_000);
    expect(await times(2)).toEqual(['status 500', 'open']);
  });
});

describe('a destination is not left alone', () => {
  test.each([400, 401, 404, 429])('for answering status %d', async (code) => {
    answer = status(code);
    const outcomes = await times(8);
    expect(new Set(outcomes)).toEqual(new Set([code === 429 ? 'throttled 429' : `status ${code}`]));
  });

  test('for a failure now and then', async () => {
    for (let round = 0; round < 3; round += 1) {
      answer = status(500);
      await times(4);
      answer = up;
      expect(await post()).toBe('answered');
    }
  });

  test('for callers that were in a hurry or gave up', async () => {
    answer = () => undefined;
    const hasty = () => outcome(transport.post(call(bank.url, { deadlineAt: Date.now() + 10 })));
    for (let index = 0; index < 6; index += 1) expect(await hasty()).toBe('timeout');
    answer = up;
    expect(await post()).toBe('answered');
  });
});
