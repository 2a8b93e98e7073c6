import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { listenOnServer } from '../../src/store/serverNotices.js';
import { freePort, testServer, type TestServer } from './testServer.js';
import { wayTo } from './wayTo.js';

let server: TestServer;
let url: string;
beforeAll(async () => {
  server = await testServer();
  url = await server.createDatabase();
});
afterAll(() => server.end());

/** What is heard, one after the other, as a test waits for it. */
class Notices {
  private readonly waiting: ((notice: string) => void)[] = [];

  readonly heard = (notice: string): void => this.waiting.shift()?.(notice);

  next(): Promise<string> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

async function say(word: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('select pg_notify($1, $2)', ['news', word]);
  await client.end();
}

test('a server that is not there at first is heard once it is, and asked for what was missed; that it is missed is told once', async () => {
  const port = await freePort();
  const far = new URL(url);
  far.port = String(port);
  const notices = new Notices();
  const losses: unknown[] = [];
  const listening = { channel: 'news', heard: notices.heard, onLost: (error: unknown) => void losses.push(error) };
  const stop = await listenOnServer({ connectionString: far.href }, listening);
  expect(losses).toMatchObject([{ message: expect.stringContaining('not heard of') as unknown }]);
  const missed = notices.next();
  const way = await wayTo(url, port);
  expect(await missed).toBe('');
  const heard = notices.next();
  await say('first');
  expect(await heard).toBe('first');
  const again = notices.next();
  await way.close();
  const other = await wayTo(url, port);
  expect(await again).toBe('');
  expect(losses).toHaveLength(2);
  await stop();
  await other.close();
});
