/**
 * The door of a running gateway for commands on its machine: one line of JSON in; out come lines for the parts of what was
 * asked for, and one for the answer. On a socket that only its owner opens.
 */
import { chmodSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { InternalFault } from '../fault/index.js';

/** What an order came to. A refusal is in words for an operator. */
export type AdminAnswer =
  { readonly kind: 'done'; readonly result: unknown } | { readonly kind: 'refused'; readonly message: string };

/** Takes one part of what an order gives, ahead of its answer; resolves when it can take the next. */
export type TakePart = (part: unknown) => Promise<void>;

/** Carries out what was read from the socket; checks it first. What is too much for one answer goes out in parts. */
export type AdminHandler = (order: unknown, give: TakePart) => Promise<AdminAnswer>;

/** Where a gateway over the store in `folder` listens. */
export function adminSocketOf(folder: string): string {
  return join(folder, 'admin.sock');
}

/** A bank's whole log may come with an order. */
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
  const line = await firstLine(socket);
  if (line === undefined) return void socket.destroy();
  socket.setTimeout(0);
  const give: TakePart = (part) => send(socket, { kind: 'part', part });
  const answer = await handle(line, give).catch((): AdminAnswer => ({
    kind: 'refused',
    message: 'something went wrong',
  }));
  socket.end(`${JSON.stringify(answer)}\n`);
}

/** Resolves once the socket has taken it. Rejects where the other side is gone: the rest is not worth the work. */
function send(socket: Socket, line: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(`${JSON.stringify(line)}\n`, (error) => (error ? reject(error) : resolve()));
  });
}

/**
 * Sends an order; undefined where no gateway listens. `take` gets what the order gives in parts. Rejects with an `InternalFault`
 * when it ends without an answer.
 */
export async function askAdmin(
  path: string,
  order: unknown,
  take: TakePart = async () => undefined,
): Promise<AdminAnswer | undefined> {
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
  try {
    const answer = await answerOf(socket, take);
    if (answer) return answer;
  } finally {
    socket.destroy();
  }
  throw new InternalFault('the gateway ended without an answer: whether the order was carried out is not known');
}

async function answerOf(socket: Socket, take: TakePart): Promise<AdminAnswer | undefined> {
  for await (const line of linesOf(socket)) {
    const said = line as AdminAnswer | { readonly kind: 'part'; readonly part: unknown };
    if (said.kind !== 'part') return said;
    await take(said.part);
  }
  return undefined;
}

async function firstLine(socket: Socket): Promise<unknown> {
  for await (const line of linesOf(socket)) return line;
  return undefined;
}

/** Each whole line as JSON. Ends where the socket does, and at a line that is too long or no JSON. */
async function* linesOf(socket: Socket): AsyncIterable<unknown> {
  socket.setEncoding('utf8');
  try {
    for await (const line of wholeLines(socket.iterator({ destroyOnReturn: false }))) yield JSON.parse(line) as unknown;
  } catch {
    // What broke off, or is no JSON, ends it.
  }
}

async function* wholeLines(chunks: AsyncIterable<string>): AsyncIterable<string> {
  let begun: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const [end = '', ...more] = chunk.split('\n');
    begun.push(end);
    length += end.length;
    for (const begin of more) {
      yield begun.join('');
      begun = [begin];
      length = begin.length;
    }
    if (length > longestLine) return;
  }
}
