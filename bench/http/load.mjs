/**
 * The load: a process of its own that keeps a number of connections busy for a while and says what it saw. Each order
 * over IPC is `{ port, path, body, headers, connections, seconds, expectedBytes }`; a connection takes its own entries of
 * `headers` in turn: with 2 connections the first has every other one. The report has the number of good answers, of bad
 * ones, and the latencies' percentiles.
 */
import { connect } from 'node:net';
import { percentile } from '../measure/statistics.mjs';
import { jsonRequest, MessageReader } from './messages.mjs';

/** One connection: asks, waits for the whole answer, asks again. */
function keepAsking(order, index, seen) {
  const host = `127.0.0.1:${order.port}`;
  const requests = headersOf(order, index).map((headers) =>
    jsonRequest({ path: order.path, host, headers }, order.body),
  );
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: order.port, noDelay: true });
    let sentAt = 0;
    let asked = 0;
    const ask = () => {
      sentAt = performance.now();
      socket.write(requests[asked++ % requests.length]);
    };
    const reader = new MessageReader((head, body) => {
      note(seen, { head, body, tookMs: performance.now() - sentAt, expectedBytes: order.expectedBytes });
      if (performance.now() < seen.until) ask();
      else socket.destroy();
    });
    socket.on('connect', ask);
    socket.on('data', (bytes) => reader.push(bytes));
    socket.on('error', (error) => (seen.failures.push(error.message), socket.destroy()));
    socket.on('close', resolve);
  });
}

/** The entries of one connection; where there are fewer entries than connections, several have the same. */
function headersOf({ headers, connections }, index) {
  if (headers.length <= connections) return [headers[index % headers.length] ?? ''];
  return headers.filter((_, at) => at % connections === index);
}

/** INVARIANT: only an answer of the very length that was compared with the reference counts. */
function note(seen, { head, body, tookMs, expectedBytes }) {
  if (head.startsWith('HTTP/1.1 200') && body.length === expectedBytes) return void seen.latenciesMs.push(tookMs);
  seen.failures.push(`${head.slice(0, 20)} with ${body.length} bytes: ${body.toString('utf8', 0, 120)}`);
}

async function run(order) {
  const startedAt = performance.now();
  const seen = { until: startedAt + order.seconds * 1000, latenciesMs: [], failures: [] };
  await Promise.all(Array.from({ length: order.connections }, (_, index) => keepAsking(order, index, seen)));
  const tookS = (performance.now() - startedAt) / 1000;
  const sorted = Float64Array.from(seen.latenciesMs).sort();
  return {
    kind: 'report',
    answers: sorted.length,
    failures: seen.failures.length,
    firstFailure: seen.failures[0],
    tookS,
    p50Ms: percentile(sorted, 50),
    p99Ms: percentile(sorted, 99),
  };
}

process.on('message', (order) => void run(order).then((report) => process.send(report)));
process.once('disconnect', () => process.exit(0));
process.send?.({ kind: 'ready' });
