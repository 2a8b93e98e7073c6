/** Routes → a listening HTTP server that answers every request, however wrong, and stops without cutting one off. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { ClientFault, StartFault } from '../fault/index.js';
import { Cancellation, type Cancelled } from '../plan/index.js';
import { faultAnswer, type HttpAnswer, send } from './answer.js';
import type { Logger } from './log.js';

/** One request as routes see it. */
export interface HttpCall {
  readonly request: IncomingMessage;
  readonly path: string;
  /** The query string without `?`. */
  readonly search: string;
  readonly requestId: string;
  /** Aborted when the client has gone or `deadlineAt` has passed. */
  readonly signal: Cancelled;
  /** Milliseconds since the epoch. */
  readonly deadlineAt: number;
  /** Resolves when the answer has been written to the socket, or will never be. */
  readonly handed: Promise<void>;
}

/** Answers one request; a rejection becomes the answer of its fault. */
export type Handler = (call: HttpCall) => Promise<HttpAnswer>;

/** The handlers of one path, by method. */
export type Route = Readonly<Partial<Record<'GET' | 'POST' | 'OPTIONS', Handler>>>;

/** What the server is made of. */
export interface HttpServerOptions {
  readonly routes: ReadonlyMap<string, Route>;
  readonly host: string;
  /** 0 for one that is free. */
  readonly port: number;
  /** What an operator changes to move the port. */
  readonly portKey: string;
  readonly requestTimeoutMs: number;
  readonly drainTimeoutMs: number;
  readonly logger: Logger;
}

/** A server that listens. */
export interface HttpServer {
  readonly host: string;
  readonly port: number;
  /** Takes no new request, waits for those under way for at most `drainTimeoutMs`, then closes what is left. */
  stop(): Promise<void>;
}

const maxHeaderBytes = 16 * 1024;

/** How often connections are checked for requests that arrive too slowly, unless the time they have is shorter. */
const checkingIntervalMs = 5000;

/** Requests that one connection may have sent ahead of its answers; a client that sends more is cut off. */
const mostWaiting = 100;

/** Listens. Rejects with PORT_IN_USE or LISTEN_FAILED, naming the key to change. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const server = createServer({
    maxHeaderSize: maxHeaderBytes,
    connectionsCheckingInterval: Math.min(checkingIntervalMs, options.requestTimeoutMs),
  });
  server.headersTimeout = options.requestTimeoutMs;
  server.requestTimeout = options.requestTimeoutMs;
  server.keepAliveTimeout = 65_000;
  server.on('request', inTurn(options));
  server.on('clientError', refuseConnection);
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  return { host: options.host, port, stop: () => drain(server, options.drainTimeoutMs) };
}

/** The requests of one connection that are not yet answered. */
interface Turns {
  /** Resolves when the last of them is over. */
  last: Promise<void>;
  waiting: number;
}

/**
 * Answers the requests of one connection one after the other. Node would keep an answer that is ready before its turn
 * in memory, and its values would reach the socket long after `handed`.
 */
function inTurn(options: HttpServerOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const bySocket = new WeakMap<Socket, Turns>();
  return (request, response) => {
    const { socket } = request;
    const turns = bySocket.get(socket) ?? { last: Promise.resolve(), waiting: 0 };
    bySocket.set(socket, turns);
    turns.waiting += 1;
    if (turns.waiting > mostWaiting) socket.destroy();
    turns.last = turns.last.then(async () => {
      if (socket.writable) await respondToTheEnd(options, request, response);
      turns.waiting -= 1;
    });
  };
}

/** Resolves when the answer has left, or the socket has closed: Node then hands the socket to the next answer. */
async function respondToTheEnd(
  options: HttpServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const closed = new Promise<void>((resolve) => response.once('close', resolve));
  await respond(options, request, response);
  await closed;
}

async function respond(options: HttpServerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const signal = new Cancellation();
  const timer = setTimeout(() => signal.cancel(), options.requestTimeoutMs);
  response.on('close', () => {
    clearTimeout(timer);
    if (!response.writableFinished) signal.cancel();
  });
  const requestId = randomUUID();
  let tell: () => void = () => undefined;
  const handed = new Promise<void>((resolve) => (tell = resolve));
  try {
    const deadlineAt = Date.now() + options.requestTimeoutMs;
    send(response, await dispatch(options.routes, { request, requestId, signal, deadlineAt, handed }));
  } catch (error) {
    if (!(error instanceof ClientFault)) options.logger.error({ requestId, err: error }, 'a request failed');
    send(response, faultAnswer(error));
  } finally {
    tell();
  }
}

async function dispatch(
  routes: ReadonlyMap<string, Route>,
  arrival: Omit<HttpCall, 'path' | 'search'>,
): Promise<HttpAnswer> {
  const { path, search } = splitTarget(arrival.request.url ?? '/');
  const route = routes.get(path);
  if (!route) throw new ClientFault('NOT_FOUND');
  const handler = handlerOf(route, arrival.request.method ?? '');
  if (handler) return handler({ ...arrival, path, search });
  const refused = faultAnswer(new ClientFault('METHOD_NOT_ALLOWED'));
  return { ...refused, headers: { ...refused.headers, allow: Object.keys(route).join(', ') } };
}

function handlerOf(route: Route, method: string): Handler | undefined {
  return method === 'GET' || method === 'POST' || method === 'OPTIONS' ? route[method] : undefined;
}

function splitTarget(target: string): { path: string; search: string } {
  const mark = target.indexOf('?');
  return mark < 0 ? { path: target, search: '' } : { path: target.slice(0, mark), search: target.slice(mark + 1) };
}

/** What is not HTTP, or whose head is too large, or what came too slowly, gets an answer where the socket takes one. */
function refuseConnection(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, fault } = refusalOf(error.code);
  const { body, headers } = faultAnswer(fault);
  const head = [
    `HTTP/1.1 ${status}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    'cache-control: no-store',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body.toString()}`);
}

/** A request that came too slowly may be well-formed: sent again it may well be answered, so it is told apart. */
function refusalOf(code: string | undefined): { readonly status: string; readonly fault: ClientFault } {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return { status: '408 Request Timeout', fault: new ClientFault('REQUEST_TIMEOUT') };
  }
  const fault = new ClientFault('BAD_REQUEST', 'the request is not well-formed http');
  return code === 'HPE_HEADER_OVERFLOW'
    ? { status: '431 Request Header Fields Too Large', fault }
    : { status: '400 Bad Request', fault };
}

type Place = Pick<HttpServerOptions, 'host' | 'port' | 'portKey'>;

/** Rejects as {@link startHttpServer} would, before anything else is begun. */
export async function requireFreePort(place: Place): Promise<void> {
  const probe = createServer();
  await listen(probe, place);
  await new Promise((resolve) => probe.close(resolve));
}

function listen(server: Server, { host, port, portKey }: Place): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        cause.code === 'EADDRINUSE'
          ? new StartFault('PORT_IN_USE', `port ${port} of \`${host}\` is taken: choose another with \`${portKey}\``, {
              cause,
            })
          : new StartFault('LISTEN_FAILED', `cannot listen on port ${port} of \`${host}\`: check \`${portKey}\``, {
              cause,
            }),
      );
    });
    server.listen({ host, port }, resolve);
  });
}

function drain(server: Server, drainTimeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), drainTimeoutMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
