import { createServer, type AddressInfo } from 'node:net';
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { InternalFault } from '../../src/fault/index.js';
import { createTransport, type Destination, type Transport } from '../../src/fetch/index.js';
import { call, faultOf, Gate, good, json, openBank, outcome, type Bank } from './bank.js';

const opened: { close(): Promise<void> }[] = [];

async function bankThat(answer: (res: ServerResponse, count: number) => void): Promise<Bank> {
  const bank = await openBank(answer);
  opened.push(bank);
  return bank;
}

function transportTo(...destinations: readonly (Destination | string)[]): Transport {
  const list = destinations.map((one) => (typeof one === 'string' ? { url: one } : one));
  const transport = createTransport({ destinations: list });
  opened.unshift(transport);
  return transport;
}

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

const answering =
  (body: string | Buffer, headers: Record<string, string> = json) =>
  (res: ServerResponse) =>
    res.writeHead(200, headers).end(body);

describe('a call', () => {
  test('goes only to an address that is registered, to the letter', async () => {
    const bank = await bankThat(answering(good));
    const other = await bankThat(answering(good));
    const transport = transportTo(bank.url);
    const addresses = [
      other.url,
      `${bank.url}/`,
      `${bank.url}?x`,
      bank.url.replace('/graphql', ''),
      'file:///etc/passwd',
    ];
    addresses.push(bank.url.replace('127.0.0.1', 'localhost'), bank.url.replace('//', '//user@'), '', '__proto__');
    for (const url of addresses) await expect(transport.post(call(url))).rejects.toThrow(InternalFault);
    expect(other.received).toEqual([]);
    expect(bank.received).toEqual([]);
  });

  test('carries its body and its headers, and nothing about who is behind it', async () => {
    const bank = await bankThat(answering(good));
    const answer = await transportTo(bank.url).post(call(bank.url, { headers: { authorization: 'Bearer grant' } }));
    expect(answer).toEqual({ status: 200, bytes: Buffer.from(good) });
    const { host } = new URL(bank.url);
    expect(bank.received).toEqual([
      {
        url: '/graphql',
        body: '{"query":"{ ok }"}',
        headers: {
          host,
          connection: 'keep-alive',
          authorization: 'Bearer grant',
          'content-type': 'application/json',
          accept: 'application/json',
          'content-length': '18',
        },
      },
    ]);
  });

  test('keeps letters that its answer has in several chunks whole', async () => {
    const bytes = Buffer.from('{"data":"Müller €"}');
    const bank = await bankThat((res) => {
      res.writeHead(200, { 'content-type': 'application/graphql-response+json; charset=UTF-8' });
      res.write(bytes.subarray(0, 11));
      res.flushHeaders();
      setImmediate(() => res.end(bytes.subarray(11)));
    });
    expect((await transportTo(bank.url).post(call(bank.url))).bytes.toString()).toBe('{"data":"Müller €"}');
  });

  test('follows no redirect', async () => {
    const elsewhere = await bankThat(answering(good));
    for (const status of [301, 302, 303, 307, 308]) {
      const bank = await bankThat((res) => res.writeHead(status, { ...json, location: elsewhere.url }).end(good));
      expect(await outcome(transportTo(bank.url, elsewhere.url).post(call(bank.url)))).toBe(`status ${status}`);
    }
    expect(elsewhere.received).toEqual([]);
  });

  test.each([
    ['application/json', 'answered'],
    ['application/json;charset=utf-8', 'answered'],
    ['application/json; charset="utf-8"', 'answered'],
    ['application/graphql-response+json', 'answered'],
    ['application/json; charset=latin1', 'malformed 200'],
    ['application/jsonp', 'malformed 200'],
    ['text/json', 'malformed 200'],
    ['text/html', 'malformed 200'],
    ['', 'malformed 200'],
  ])('whose answer calls itself `%s` is %s', async (type, expected) => {
    const bank = await bankThat(answering(good, type === '' ? {} : { 'content-type': type }));
    expect(await outcome(transportTo(bank.url).post(call(bank.url)))).toBe(expected);
  });

  test('takes no answer that is not UTF-8, or packed', async () => {
    const latin = await bankThat(answering(Buffer.from('{"data":"M\u00fcller"}', 'latin1')));
    expect(await outcome(transportTo(latin.url).post(call(latin.url)))).toBe('malformed');
    const packed = await bankThat(answering(good, { ...json, 'content-encoding': 'gzip' }));
    expect(await outcome(transportTo(packed.url).post(call(packed.url)))).toBe('malformed 200');
  });

  test('gives up an answer that says it is larger than it may be', async () => {
    const body = JSON.stringify('x'.repeat(1000));
    const bank = await bankThat(answering(body, { ...json, 'content-length': '1002' }));
    const transport = transportTo(bank.url);
    expect(await outcome(transport.post(call(bank.url, { maxBytes: 1001 })))).toBe('tooLarge 200');
    expect(await outcome(transport.post(call(bank.url, { maxBytes: 1002 })))).toBe('answered');
  });

  test('gives up an answer that grows larger than it may be, and its connection', async () => {
    const closed = new Gate();
    const bank = await bankThat((res) => {
      res.writeHead(200, json);
      const endless = setInterval(() => res.write('x'.repeat(100)), 1);
      res.on('close', () => {
        clearInterval(endless);
        closed.open();
      });
    });
    expect(await outcome(transportTo(bank.url).post(call(bank.url, { maxBytes: 1000 })))).toBe('tooLarge');
    await closed.opened;
  });

  test.each(['before the headers', 'within the body'])(
    'ends at its deadline when the answer hangs %s',
    async (where) => {
      const bank = await bankThat((res) => {
        if (where === 'within the body') res.writeHead(200, json).write('{');
      });
      const transport = transportTo(bank.url);
      expect(await outcome(transport.post(call(bank.url, { deadlineAt: Date.now() + 50 })))).toBe('timeout');
      expect(bank.received).toHaveLength(1);
    },
  );

  test('is not sent when its deadline has passed or its caller has given up', async () => {
    const bank = await bankThat(answering(good));
    const transport = transportTo(bank.url);
    expect(await outcome(transport.post(call(bank.url, { deadlineAt: Date.now() - 1 })))).toBe('timeout');
    expect(await outcome(transport.post(call(bank.url, { signal: AbortSignal.abort() })))).toBe('aborted');
    expect(bank.received).toEqual([]);
  });

  test('ends when its caller gives up, and so does its connection', async () => {
    const caller = new AbortController();
    const closed = new Gate();
    const bank = await bankThat((res) => {
      res.on('close', () => closed.open());
      caller.abort();
    });
    expect(await outcome(transportTo(bank.url).post(call(bank.url, { signal: caller.signal })))).toBe('aborted');
    await closed.opened;
  });

  test('reports how long a bank that throttles wants to be left alone', async () => {
    const bank = await bankThat((res) => res.writeHead(429, { 'retry-after': '7' }).end());
    expect(await faultOf(transportTo(bank.url).post(call(bank.url)))).toMatchObject({
      kind: 'throttled',
      retryAfterMs: 7000,
    });
    const vague = await bankThat((res) => res.writeHead(429, { 'retry-after': 'soon' }).end());
    expect(await faultOf(transportTo(vague.url).post(call(vague.url)))).toMatchObject({ kind: 'throttled' });
    expect(bank.received).toHaveLength(1);
  });

  test('names no host in its fault', async () => {
    const bank = await bankThat((res) => res.writeHead(500, json).end('{"errors":[{"message":"balance 12.30"}]}'));
    const fault = await faultOf(transportTo(bank.url).post(call(bank.url)));
    expect(String(fault)).toBe('TransportFault: the call failed: status 500');
  });
});

describe('a second attempt', () => {
  const recovering = (status: number) => (res: ServerResponse, count: number) =>
    count === 1 ? res.writeHead(status).end() : res.writeHead(200, json).end(good);

  test.each([502, 503, 504])('is made of a read after status %d, with fresh headers', async (status) => {
    const bank = await bankThat(recovering(status));
    let nonce = 0;
    const headers = () => ({ 'ringfence-nonce': String((nonce += 1)) });
    expect(await outcome(transportTo(bank.url).post(call(bank.url, { headers })))).toBe('answered');
    expect(bank.received.map((one) => one.headers['ringfence-nonce'])).toEqual(['1', '2']);
  });

  test('is made of a read whose connection broke', async () => {
    const bank = await bankThat((res, count) => (count === 1 ? res.destroy() : res.writeHead(200, json).end(good)));
    expect(await outcome(transportTo(bank.url).post(call(bank.url)))).toBe('answered');
  });

  test.each([400, 401, 403, 404, 409, 429, 500])('is not made after status %d', async (status) => {
    const bank = await bankThat(recovering(status));
    expect(await outcome(transportTo(bank.url).post(call(bank.url)))).toMatch(/status|throttled/);
    expect(bank.received).toHaveLength(1);
  });

  test('is never made of a write', async () => {
    const busy = await bankThat(recovering(503));
    expect(await outcome(transportTo(busy.url).post(call(busy.url, { idempotent: false })))).toBe('status 503');
    expect(busy.received).toHaveLength(1);
    const broken = await bankThat((res) => res.destroy());
    expect(await outcome(transportTo(broken.url).post(call(broken.url, { idempotent: false })))).toBe('unreachable');
    expect(broken.received).toHaveLength(1);
  });

  test('is not made when the bank asks for time, and never a third', async () => {
    const asking = await bankThat((res) => res.writeHead(503, { 'retry-after': '30' }).end());
    expect(await faultOf(transportTo(asking.url).post(call(asking.url)))).toMatchObject({ retryAfterMs: 30_000 });
    expect(asking.received).toHaveLength(1);
    const down = await bankThat((res) => res.writeHead(503).end());
    expect(await outcome(transportTo(down.url).post(call(down.url)))).toBe('status 503');
    expect(down.received).toHaveLength(2);
  });
});

describe('a destination', () => {
  test('that nobody listens at is unreachable', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const url = `http://127.0.0.1:${port}/graphql`;
    expect(await outcome(transportTo(url).post(call(url)))).toBe('unreachable');
  });

  test('that holds its calls takes no more than its share, and costs others nothing', async () => {
    const held: ServerResponse[] = [];
    const slow = await bankThat((res) => {
      held.push(res);
      if (held.length === 2) held.forEach((one) => one.writeHead(200, json).end(good));
      if (held.length > 2) res.writeHead(200, json).end(good);
    });
    const quick = await bankThat(answering(good));
    const transport = transportTo({ url: slow.url, maxConnections: 2, maxQueue: 1 }, quick.url);
    const calls = [1, 2, 3, 4].map(() => outcome(transport.post(call(slow.url))));
    expect(await outcome(transport.post(call(quick.url)))).toBe('answered');
    expect(await Promise.all(calls)).toEqual(['answered', 'answered', 'answered', 'full']);
  });

  test('is not sent a call that was given up while it waited for a connection', async () => {
    const held: ServerResponse[] = [];
    const bank = await bankThat((res) => held.push(res));
    const transport = transportTo({ url: bank.url, maxConnections: 1 });
    const first = transport.post(call(bank.url));
    const waiting = await outcome(transport.post(call(bank.url, { deadlineAt: Date.now() + 50 })));
    held.forEach((res) => res.writeHead(200, json).end(good));
    expect([waiting, await outcome(first)]).toEqual(['timeout', 'answered']);
    expect(bank.received).toHaveLength(1);
  });

  test.each(['ftp://127.0.0.1/', 'http://user:secret@127.0.0.1/', 'http://127.0.0.1/#x', '127.0.0.1', ''])(
    'cannot be `%s`',
    (url) => {
      expect(() => createTransport({ destinations: [{ url }] })).toThrow(InternalFault);
    },
  );

  test('is called no more once the transport is closed', async () => {
    const bank = await bankThat(answering(good));
    const transport = transportTo(bank.url);
    const underWay = transport.post(call(bank.url));
    await Promise.all([underWay, transport.close()]);
    await expect(transport.post(call(bank.url))).rejects.toThrow(InternalFault);
  });
});
