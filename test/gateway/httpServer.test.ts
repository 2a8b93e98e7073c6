import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { HttpAnswer } from '../../src/gateway/answer.js';
import { type Handler, type HttpServer, startHttpServer } from '../../src/gateway/httpServer.js';
import { createLogger } from '../../src/gateway/log.js';

const answerOf = (body: string): HttpAnswer => ({ status: 200, headers: {}, body });
const get = (path: string): string => `GET ${path} HTTP/1.1\r\nhost: bank\r\n\r\n`;

/** A promise, and what resolves it. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

let server: HttpServer;
let slow: ReturnType<typeof gate>;
let begun: ReturnType<typeof gate>;
let last: ReturnType<typeof gate>;
let gone: ReturnType<typeof gate>;
let events: string[];

/** `/slow` answers when its gate opens; every other path answers at once and notes when its answer was handed over. */
beforeEach(async () => {
  [slow, begun, last, gone, events] = [gate(), gate(), gate(), gate(), []];
  const answerSlowly: Handler = async ({ request, handed }) => {
    request.socket.once('close', gone.open);
    events.push('slow begun');
    begun.open();
    void handed.then(() => events.push('slow handed'));
    await slow.opened;
    return answerOf('slow answer');
  };
  const answerFast: Handler = async ({ path, handed }) => {
    events.push(`${path} begun`);
    void handed.then(() => events.push(`${path} handed`));
    if (path === '/last') last.open();
    return answerOf('fast answer');
  };
  server = await startHttpServer({
    routes: new Map([
      ['/slow', { GET: answerSlowly }],
      ...['/fast', '/last'].map((path) => [path, { GET: answerFast }] as const),
    ]),
    host: '127.0.0.1',
    port: 0,
    portKey: 'PORT',
    requestTimeoutMs: 30_000,
    drainTimeoutMs: 0,
    logger: createLogger('silent', { write: () => undefined }),
  });
});

afterEach(async () => {
  slow.open();
  await server.stop();
});

function send(bytes: string): Socket {
  const socket = connect(server.port, server.host, () => socket.write(bytes));
  return socket.on('error', () => undefined);
}

/** Resolves when another connection has been answered, by which time this one’s bytes have all been read. */
async function answeredElsewhere(): Promise<void> {
  const socket = send(get('/last'));
  await last.opened;
  await new Promise((resolve) => socket.once('data', resolve));
  socket.destroy();
}

describe('requests of one connection', () => {
  test('are answered in turn, and none is handed over before the answers in front of it are written', async () => {
    const socket = send(get('/slow') + get('/fast'));
    let heard = '';
    const whole = new Promise<void>((resolve) => {
      socket.on('data', (chunk) => {
        heard += chunk.toString();
        if (heard.includes('fast answer')) resolve();
      });
    });
    await begun.opened;
    await answeredElsewhere();
    expect(events).toEqual(['slow begun', '/last begun', '/last handed']);
    slow.open();
    await whole;
    expect(events.slice(3)).toEqual(['slow handed', '/fast begun', '/fast handed']);
    expect(heard.indexOf('slow answer')).toBeLessThan(heard.indexOf('fast answer'));
    socket.destroy();
  });

  test('are dropped when the connection closes before their turn', async () => {
    const socket = send(get('/slow') + get('/fast'));
    await begun.opened;
    socket.resetAndDestroy();
    await gone.opened;
    slow.open();
    await server.stop();
    expect(events).not.toContain('/fast begun');
  });

  test('are not gathered without end: a client that sends 101 ahead of an answer is cut off', async () => {
    const socket = send(get('/slow') + get('/fast').repeat(100));
    await new Promise((resolve) => socket.once('close', resolve));
    expect(events).not.toContain('/fast begun');
  });
});
