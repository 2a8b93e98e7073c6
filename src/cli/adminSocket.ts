/** The door of a running gateway for commands on its machine: one line of JSON in, one out, on a socket that only its owner opens. */
import { chmodSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { InternalFault } from '../fault/index.js';

/** What an order came to. A refusal is in words for an operator. */
export type AdminAnswer =
  { readonly kind: 'done'; readonly result: unknown } | { readonly kind: 'refused'; readonly message: string };

/** Carries out what was read from the socket; checks it first. */
export type AdminHandler = (order: unknown) => Promise<AdminAnswer>;

/** Where a gateway over the store in `folder` listens. */
export function adminSocketOf(folder: string): string {
  return join(folder, 'admin.sock');
}

/** A whole journal may be exported in one line. */
const longestLine = 512 * 1024 * 1024;
const patienceMs = 30_000;
/** How long an order may take: some million receipts are checked in a minute. */
const longestOrderMs = 30 * 60_000;
/** Addresses of sockets are short on every system. */
const longestPath = 100;

/**
 * Listens; gives what closes it. Whoever listens has the folder's lock, so a socket that is there is a dead one's. Throws an
 * `InternalFault` for a path that is too long for a socket.
 */
export async function listenForAdmin(path: string, handle: AdminHandler): Promise<() => Promise<void>> {
  if (path.length > longestPath) throw new InternalFault(`\`${path}\` is too long for a socket`);
  rmSync(path, { force: true });
  const server = createServer({ allowHalfOpen: true }, (socket) => void serve(socket, handle));
  const umask = process.umask(0o177);
  try {
    server.listen(path);
  } finally {
    process.umask(umask);
  }
  await once(server, 'listening');
  chmodSync(path, 0o600);
  return async () => {
    server.close();
    rmSync(path, { force: true });
  };
}

async function serve(socket: Socket, handle: AdminHandler): Promise<void> {
  socket.on('error', () => socket.destroy());
  socket.setTimeout(patienceMs, () => socket.destroy());
  const line = await lineOf(socket);
  if (line === undefined) return void socket.destroy();
  socket.setTimeout(0);
  const answer = await handle(line).catch((): AdminAnswer => ({ kind: 'refused', message: 'something went wrong' }));
  socket.end(`${JSON.stringify(answer)}\n`);
}

/** Sends an order; undefined where no gateway listens. Rejects with an `InternalFault` when it ends without an answer. */
export async function askAdmin(path: string, order: unknown): Promise<AdminAnswer | undefined> {
  if (path.length > longestPath) return undefined;
  const socket = connect(path);
  try {
    await once(socket, 'connect');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return undefined;
    throw new InternalFault(`\`${path}\` does not open (${code ?? 'unknown'})`, { cause: error });
  }
  socket.on('error', () => socket.destroy());
  socket.setTimeout(longestOrderMs, () => socket.destroy());
  socket.end(`${JSON.stringify(order)}\n`);
  const answer = (await lineOf(socket)) as AdminAnswer | undefined;
  socket.destroy();
  if (answer) return answer;
  throw new InternalFault('the gateway ended without an answer: whether the order was carried out is not known');
}

/** The first line as JSON; undefined where there is none, or it is too long or no JSON. */
async function lineOf(socket: Socket): Promise<unknown> {
  try {
    const text = await textOf(socket);
    return JSON.parse(text.slice(0, text.indexOf('\n') + 1)) as unknown;
  } catch {
    return undefined;
  }
}

/** What arrives until a line ends, or is too long to be one of ours. */
async function textOf(socket: Socket): Promise<string> {
  const parts: string[] = [];
  let length = 0;
  socket.setEncoding('utf8');
  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<string>) {
    parts.push(chunk);
    length += chunk.length;
    if (length > longestLine || chunk.includes('\n')) break;
  }
  return parts.join('');
}
