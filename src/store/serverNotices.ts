/** Hears the notices of a PostgreSQL server, on a connection of its own. */
import pg from 'pg';
import { InternalFault } from '../fault/index.js';
import type { Heard, NoticesLost } from './database.js';

const firstRestMs = 500;
const longestRestMs = 8_000;

/** What is heard, and by whom. */
export interface Listening {
  readonly channel: string;
  readonly heard: Heard;
  readonly onLost?: NoticesLost;
}

/**
 * Hears a channel until what it resolves to is called. Resolves when the first attempt has ended, whether it stands or not: the
 * connection is made anew until it does, and whenever it breaks, after 500 ms at first and 8 s at last. What was said meanwhile is
 * not said again: once it stands an empty notice asks for a look.
 */
export async function listenOnServer(config: pg.ClientConfig, listening: Listening): Promise<() => Promise<void>> {
  const listener = new Listener(config, listening);
  await listener.connect();
  return () => listener.stop();
}

class Listener {
  private client: pg.Client | undefined;
  private again: NodeJS.Timeout | undefined;
  private stopped = false;
  /** Attempts since it stood last that brought nothing, or lost what stood. */
  private losses = 0;

  constructor(
    private readonly config: pg.ClientConfig,
    private readonly listening: Listening,
  ) {}

  async connect(): Promise<void> {
    const { channel, heard } = this.listening;
    const client = new pg.Client(this.config);
    this.client = client;
    client.on('notification', ({ payload = '' }) => heard(payload));
    client.on('error', (cause) => this.lost(client, cause));
    client.on('end', () => this.lost(client, undefined));
    try {
      await client.connect();
      await client.query(`listen ${pg.escapeIdentifier(channel)}`);
      this.stands();
    } catch (cause) {
      this.lost(client, cause);
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.again);
    await this.client?.end();
  }

  private stands(): void {
    if (this.losses > 0) this.listening.heard('');
    this.losses = 0;
  }

  /** A connection breaks once, however often it says so; an outage is told of once, however long it lasts. */
  private lost(client: pg.Client, cause: unknown): void {
    if (this.stopped || this.client !== client) return;
    this.client = undefined;
    client.removeAllListeners('notification');
    void client.end().catch(() => undefined);
    const words = 'changes are not heard of, and read every second meanwhile';
    if (this.losses === 0) this.listening.onLost?.(new InternalFault(words, { cause }));
    const restMs = Math.min(firstRestMs * 2 ** this.losses, longestRestMs);
    this.losses += 1;
    this.again = setTimeout(() => void this.connect(), restMs).unref();
  }
}
