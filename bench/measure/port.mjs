/** A port that nobody listens on. */
import { createServer } from 'node:net';

/** Free when it was asked for; whoever takes it next has it. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
