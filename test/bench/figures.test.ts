import { describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The benchmark is plain JavaScript without types: what a test uses of it is stated here. */
interface Statistics {
  percentile(sorted: ArrayLike<number>, percent: number): number | undefined;
  median(values: readonly number[]): number;
  spread(values: readonly number[]): number;
  lineThrough(points: readonly { x: number; y: number }[]): { slope: number; offset: number; r2: number };
}
interface Row {
  readonly name: string;
  readonly kind: string;
  readonly requestsPerS?: number;
}
interface Summary {
  ratioToBestPeer(rows: readonly Row[]): number | null;
}
interface Chart {
  barChart(chart: object): string;
}
interface Messages {
  MessageReader: new (onMessage: (head: string, body: Buffer) => void) => { push(bytes: Buffer): void };
  jsonResponse(body: string): Buffer;
  withTail(response: Buffer): Buffer;
  readonly tailBytes: number;
}

const load = async <M>(file: string): Promise<M> =>
  (await import(pathToFileURL(join(process.cwd(), 'bench', file)).href)) as M;

const { percentile, median, spread, lineThrough } = await load<Statistics>('measure/statistics.mjs');
const { ratioToBestPeer } = await load<Summary>('report/summary.mjs');
const { barChart } = await load<Chart>('report/chart.mjs');
const { MessageReader, jsonResponse, withTail, tailBytes } = await load<Messages>('http/messages.mjs');

describe('the figures of the benchmark', () => {
  test('a percentile is the value of the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    expect([50, 99, 100].map((percent) => percentile(hundred, percent))).toEqual([50, 99, 100]);
    expect(percentile([], 50)).toBeUndefined();
  });

  test('a median lies in the middle, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });

  test('a spread is half of the distance between the extremes, by the median', () => {
    expect(spread([90, 100, 110])).toBeCloseTo(0.1);
  });

  test('a straight line is found again, with nothing left over', () => {
    const line = lineThrough([1, 3, 10, 50].map((x) => ({ x, y: 2 * x + 7 })));
    expect(line.slope).toBeCloseTo(2);
    expect(line.offset).toBeCloseTo(7);
    expect(line.r2).toBeCloseTo(1);
  });

  test('the ratio is to the fastest peer that was measured, and not to floors, twins or variants', () => {
    const rows = [
      { name: 'ringfence', kind: 'own', requestsPerS: 300 },
      { name: 'ringfence-repeated', kind: 'variant', requestsPerS: 900 },
      { name: 'twin', kind: 'twin', requestsPerS: 320 },
      { name: 'slow', kind: 'peer', requestsPerS: 50 },
      { name: 'fast', kind: 'peer', requestsPerS: 100 },
      { name: 'wrong', kind: 'peer' },
      { name: 'floor', kind: 'floor', requestsPerS: 500 },
    ];
    expect(ratioToBestPeer(rows)).toBe(3);
  });

  test('there is no ratio without a peer', () => {
    expect(ratioToBestPeer([{ name: 'ringfence', kind: 'own', requestsPerS: 300 }])).toBeNull();
  });
});

describe('the charts of the benchmark', () => {
  const chart = barChart({
    title: 'A & B',
    unit: 'requests/s',
    bars: [
      { label: 'one <fast>', kind: 'own', value: 10, text: '10' },
      { label: 'none', kind: 'peer', value: 0, text: '0' },
    ],
    smallPrint: 'some machine '.repeat(20),
  });

  test('every element that is opened is closed, in order', () => {
    const open: string[] = [];
    for (const [, slash, name, selfClosed] of chart.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
      if (slash === '/') expect(open.pop()).toBe(name);
      else if (selfClosed !== '/') open.push(name ?? '');
    }
    expect(open).toEqual([]);
  });

  test('text is escaped', () => {
    expect(chart).toContain('A &amp; B');
    expect(chart).toContain('one &lt;fast&gt;');
  });

  test('the longest bar is the longest, and nothing shows as a bar of its own', () => {
    const lengths = [...chart.matchAll(/<rect [^>]*width="(\d+)"/g)].map(([, length]) => Number(length));
    expect(lengths).toEqual([410, 1]);
  });
});

describe('the messages of the benchmark', () => {
  const read = (bytes: Buffer, size: number): string[] => {
    const bodies: string[] = [];
    const reader = new MessageReader((_, body) => bodies.push(body.toString()));
    for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
    return bodies;
  };

  test.each([1, 7, 1000])('sized and chunked bodies come out whole when bytes come %d at a time', (size) => {
    const chunked = Buffer.from(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n',
    );
    expect(read(Buffer.concat([jsonResponse('{"a":1}'), chunked, jsonResponse('')]), size)).toEqual([
      '{"a":1}',
      'abcde',
      '',
    ]);
  });

  test('a fresh copy of an answer is the same JSON in bytes that no other copy has', () => {
    const answer = jsonResponse(`{"a":1}${' '.repeat(tailBytes)}`);
    const copies = [withTail(answer), withTail(answer), withTail(answer)];
    expect(new Set(copies.map(String)).size).toBe(3);
    expect(copies.map((copy) => JSON.parse(read(copy, 1000)[0] ?? ''))).toEqual([{ a: 1 }, { a: 1 }, { a: 1 }]);
  });
});
