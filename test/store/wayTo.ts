/** A way to a server that can fall silent: it stays open and hands nothing on. */
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** The way, at work. */
export interface Way {
  /** The server's URL by this way. */
  readonly url: string;
  /** From now on nothing arrives, in either direction. */
  hold(): void;
  /** What was held arrives, in its order, and all that follows. */
  release(): void;
  close(): Promise<void>;
}

/** Opens a way to the server of a URL, on a port of this machine; a free one unless said otherwise. */
export async function wayTo(to: string, at = 0): Promise<Way> {
  const { port, hostname } = new URL(to);
  const sockets = new Set<Socket>();
  let isHeld = false;
  const keep = (socket: Socket, other: Socket): void => {
    sockets.add(socket);
    socket.on('data', (bytes) => other.write(bytes));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      other.destroy();
    });
    if (isHeld) socket.pause();
  };
  const proxy = createServer((near) => {
    const far = connect(Number(port), hostname);
    keep(near, far);
    keep(far, near);
  });
  await new Promise<void>((resolve) => proxy.listen(at, '127.0.0.1', resolve));
  const url = new URL(to);
  url.port = String((proxy.address() as AddressInfo).port);
  return {
    url: url.href,
    hold: () => {
      isHeld = true;
      for (const socket of sockets) socket.pause();
    },
    release: () => {
      isHeld = false;
      for (const socket of sockets) socket.resume();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
