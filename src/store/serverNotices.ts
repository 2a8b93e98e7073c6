/** Hears the notices of a PostgreSQL server, on a connection of its own. */
import pg from 'pg';
import type { Heard } from './database.js';

const reconnectMs = 500;

/** Hears a channel until what it resolves to is called. The connection is made anew whenever it breaks: what was said meanwhile is lost. */
export async function listenOnServer(
  config: pg.ClientConfig,
  channel: string,
  heard: Heard,
): Promise<() => Promise<void>> {
  const listener = new Listener(config, channel, heard);
  await listener.connect();
  return () => listener.stop();
}

class Listener {
  private client: pg.Client | undefined;
  private again: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly config: pg.ClientConfig,
    private readonly channel: string,
    private readonly heard: Heard,
  ) {}

  async connect(): Promise<void> {
    const client = new pg.Client(this.config);
    this.client = client;
    client.on('notification', ({ payload = '' }) => this.heard(payload));
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    await client.connect();
    await client.query(`listen ${pg.escapeIdentifier(this.channel)}`);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.again);
    await this.client?.end();
  }

  /** A connection breaks once, however often it says so. */
  private lost(client: pg.Client): void {
    if (this.stopped || this.client !== client) return;
    this.client = undefined;
    client.removeAllListeners('notification');
    void client.end().catch(() => undefined);
    this.reconnect();
  }

  private reconnect(): void {
    if (this.stopped) return;
    clearTimeout(this.again);
    this.again = setTimeout(() => {
      this.connect().catch(() => {
        this.client = undefined;
        this.reconnect();
      });
    }, reconnectMs);
    this.again.unref();
  }
}
