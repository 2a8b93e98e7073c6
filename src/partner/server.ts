/** The HTTP server that partners and sandboxes answer on. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { grantHeaders } from '../partition/index.js';
import type { PartnerAnswer } from './answer.js';

/** Answers one HTTP request. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A server that listens. */
export interface RunningServer {
  readonly port: number;
  /** Stops listening and drops what is open. */
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1; port 0 takes a free one. Rejects with the system's error, such as `EADDRINUSE`. What a handler
 * throws costs its connection and nothing else.
 */
export async function startServer(port: number, handle: RequestHandler): Promise<RunningServer> {
  const server = createServer({ maxHeaderSize: 65_536, keepAliveTimeout: 65_000 }, (request, response) => {
    handle(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new TypeError('a server without a port');
  return {
    port: address.port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Writes a JSON answer. A call's interaction id comes back with it, as FAPI asks. */
export function sendJson(request: IncomingMessage, response: ServerResponse, { status, body }: PartnerAnswer): void {
  const interaction = request.headers[grantHeaders.interaction];
  const echoed = typeof interaction === 'string' && /^[\w-]{1,64}$/.test(interaction);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    // the rest of a body that was too long is not read
    ...(status === 413 ? { connection: 'close' } : {}),
    ...(echoed ? { [grantHeaders.interaction]: interaction } : {}),
  });
  response.end(body);
}
