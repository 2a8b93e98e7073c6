import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTransport, type Transport } from '../../src/fetch/index.js';
import type { Leave } from '../../src/partition/index.js';
import { type Bank, call, faultOf, Gate, good, json, openBank, outcome } from './bank.js';

const go = { kind: 'go' } as Leave;
const revoked: Leave = { kind: 'refused', code: 'REVOKED_IN_FLIGHT' };

let bank: Bank;
let transport: Transport;
let answer: (res: ServerResponse) => void;

beforeEach(async () => {
  answer = (res) => res.writeHead(200, json).end(good);
  bank = await openBank((res) => answer(res));
  transport = createTransport({ destinations: [{ url: bank.url, maxConnections: 1 }] });
});

afterEach(async () => {
  await transport.close();
  await bank.close();
});

/** Takes the destination's one connection, until what it gives is called. */
async function takeConnection(): Promise<() => Promise<string>> {
  const arrived = new Gate();
  const usual = answer;
  let held: ServerResponse | undefined;
  answer = (res) => {
    held = res;
    answer = usual;
    arrived.open();
  };
  const first = outcome(transport.post(call(bank.url)));
  await arrived.opened;
  return () => {
    held?.writeHead(200, json).end(good);
    return first;
  };
}

describe('a call that may not leave any more', () => {
  test('when it gets the connection that it waited for is not sent', async () => {
    const release = await takeConnection();
    let leave = go;
    const waiting = faultOf(transport.post(call(bank.url, { leave: () => leave })));
    leave = revoked;
    expect(await release()).toBe('answered');
    expect(await waiting).toMatchObject({ kind: 'refused', refusal: 'REVOKED_IN_FLIGHT' });
    expect(bank.received).toHaveLength(1);
  });

  test('when it would be tried once more is not tried', async () => {
    let leave = go;
    answer = (res) => {
      leave = revoked;
      res.writeHead(503).end();
    };
    expect(await outcome(transport.post(call(bank.url, { leave: () => leave })))).toBe('refused');
    expect(bank.received).toHaveLength(1);
  });

  test('says nothing of its destination, and does not stand in the way of the next', async () => {
    for (let round = 0; round < 8; round += 1) {
      expect(await outcome(transport.post(call(bank.url, { leave: () => revoked })))).toBe('refused');
    }
    expect(await outcome(transport.post(call(bank.url)))).toBe('answered');
    expect(bank.received).toHaveLength(1);
  });
});

describe('a call of which it must be read whether it may leave', () => {
  test('is asked again when that was read, and goes under headers of its own', async () => {
    const said: Leave[] = [{ kind: 'unread', read: Promise.resolve(undefined) }, go];
    const asked: string[] = [];
    let nonce = 0;
    const headers = () => ({ 'ringfence-nonce': String((nonce += 1)) });
    const leave = (made: Readonly<Record<string, string>>): Leave => {
      asked.push(made['ringfence-nonce'] ?? '');
      return said.shift() ?? revoked;
    };
    expect(await outcome(transport.post(call(bank.url, { headers, leave })))).toBe('answered');
    expect(asked).toEqual(['1', '2']);
    expect(bank.received.map((one) => one.headers['ringfence-nonce'])).toEqual(['2']);
  });

  test('ends where its headers cannot be made anew', async () => {
    let made = 0;
    const headers = () => {
      made += 1;
      if (made === 2) throw new RangeError('no key is left');
      return {};
    };
    const leave = (): Leave => ({ kind: 'unread', read: Promise.resolve(undefined) });
    await expect(transport.post(call(bank.url, { headers, leave }))).rejects.toThrow('no key is left');
    expect(bank.received).toEqual([]);
  });

  test('is not sent where the reading brings a refusal', async () => {
    const leave = (): Leave => ({ kind: 'unread', read: Promise.resolve('STALE') });
    const fault = await faultOf(transport.post(call(bank.url, { leave })));
    expect(fault).toMatchObject({ kind: 'refused', refusal: 'STALE' });
    expect(bank.received).toEqual([]);
  });

  test('leaves its connection to others meanwhile, and ends at its deadline', async () => {
    const leave = (): Leave => ({ kind: 'unread', read: new Promise(() => undefined) });
    const waiting = outcome(transport.post(call(bank.url, { leave, deadlineAt: Date.now() + 200 })));
    expect(await outcome(transport.post(call(bank.url)))).toBe('answered');
    expect(await waiting).toBe('timeout');
    expect(bank.received).toHaveLength(1);
  });

  test('is not sent when it was given up while that was read', async () => {
    const [reading, asked, caller] = [new Gate(), new Gate(), new AbortController()];
    const leave = (): Leave => {
      asked.open();
      return { kind: 'unread', read: reading.opened.then(() => undefined) };
    };
    const waiting = outcome(transport.post(call(bank.url, { leave, signal: caller.signal })));
    await asked.opened;
    caller.abort();
    expect(await waiting).toBe('aborted');
    reading.open();
    expect(await outcome(transport.post(call(bank.url)))).toBe('answered');
    expect(bank.received).toHaveLength(1);
  });
});
