/** Which NATS servers say something: the library leaves the connection open to one that does not, for as long as the process lives. */
import { connect } from 'node:net';

const usualPort = 4222;

/**
 * Those of `servers` that say something within `patienceMs`. A server speaks first, in clear, and is told nothing here. Connections are
 * closed by then, and as soon as `signal` says so.
 */
export async function speakingServers(
  servers: readonly string[],
  patienceMs: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const ending = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  const heard = await Promise.all(servers.map((server) => speaks(server, ending)));
  return servers.filter((_, index) => heard[index]);
}

function speaks(server: string, signal: AbortSignal): Promise<boolean> {
  const { hostname, port } = new URL(server);
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? usualPort : Number(port),
      signal,
    });
    socket.once('error', () => undefined);
    socket.once('close', () => resolve(false));
    socket.once('data', () => {
      resolve(true);
      socket.destroy();
    });
  });
}
