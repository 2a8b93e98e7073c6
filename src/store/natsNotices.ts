/** Notices over NATS: a database whose changes are told there, and heard there alone. */
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { InternalFault } from '../fault/index.js';
import type { Database, Heard } from './database.js';
import { speakingServers } from './natsServers.js';
import { keyedName, type StoreKeys } from './sealing.js';

/** Where NATS is. */
export interface NatsSettings {
  /** `nats://host:4222` or `tls://…`, without names or passwords; more than one where they are one cluster. */
  readonly servers: readonly string[];
  readonly user?: string;
  readonly password?: string;
  readonly token?: string;
}

/** What notices go by. */
export interface NatsOptions {
  readonly keys: Pick<StoreKeys, 'names'>;
  /** Told each time that NATS is lost, and of what it refuses. Changes are read every second meanwhile. */
  readonly onFailure: (error: InternalFault) => void;
}

/** However often somebody says so, that changes should be looked for comes no more often than this. */
const restMs = 20;
const patienceMs = 2_000;
const firstRestMs = 500;
const longestRestMs = 8_000;
const farewellMs = 1_000;

/**
 * The same database, with its notices on NATS. A message is empty: it asks for a look, which a stranger may cause, and no more. Its
 * subject follows from the store's key, so that stores which share a NATS do not hear each other. Resolves at once: where
 * NATS does not answer it is tried again for as long as the database is open, and notices are lost meanwhile.
 */
export function withNats(database: Database, settings: NatsSettings, options: NatsOptions): Database {
  const notices = new Notices(settings, options);
  return {
    kind: database.kind,
    query: database.query,
    transaction: (work) => database.transaction(work),
    listen: async (channel, heard) => notices.listen(channel, heard),
    announce: (channel) => notices.announce(channel),
    close: async () => {
      await notices.close();
      await database.close();
    },
  };
}

class Notices {
  private readonly heard = new Map<string, Set<Heard>>();
  private connection: NatsConnection | undefined;
  private again: NodeJS.Timeout | undefined;
  private readonly closing = new AbortController();
  /** Attempts since it stood last. */
  private attempts = 0;

  constructor(
    private readonly settings: NatsSettings,
    private readonly options: NatsOptions,
  ) {
    void this.connect();
  }

  listen(channel: string, heard: Heard): () => Promise<void> {
    const subject = this.subjectOf(channel);
    const rested = atMostOnce(restMs, heard);
    const others = this.heard.get(subject);
    if (others) others.add(rested.heard);
    else {
      this.heard.set(subject, new Set([rested.heard]));
      this.subscribe(subject);
    }
    return async () => {
      rested.stop();
      this.heard.get(subject)?.delete(rested.heard);
    };
  }

  announce(channel: string): void {
    if (this.connection?.isClosed() === false) this.connection.publish(this.subjectOf(channel));
  }

  /** Waits a moment for what was announced to be on its way. */
  async close(): Promise<void> {
    this.closing.abort();
    clearTimeout(this.again);
    const { connection } = this;
    if (!connection || connection.isClosed()) return;
    let impatience: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (impatience = setTimeout(resolve, farewellMs)));
    await Promise.race([connection.flush().catch(() => undefined), late]);
    clearTimeout(impatience);
    await connection.close();
  }

  private async connect(): Promise<void> {
    const { user, password, token } = this.settings;
    try {
      const servers = await speakingServers(this.settings.servers, patienceMs, this.closing.signal);
      if (servers.length === 0) throw new RangeError('no server says anything');
      const connection = await connect({
        servers: [...servers],
        name: 'ringfence',
        timeout: patienceMs,
        // It would dial servers that say nothing too.
        reconnect: false,
        // The login goes to the servers that the settings name, and in clear only where they say so.
        ignoreClusterUpdates: true,
        ...(this.settings.servers.some((server) => server.startsWith('tls:')) && { tls: {} }),
        ...(user !== undefined && { user, pass: password ?? '' }),
        ...(token !== undefined && { token }),
      });
      if (this.isClosed) await connection.close();
      else this.use(connection);
    } catch (cause) {
      this.lost(cause);
    }
  }

  /** What was said before it stood is not said again: everybody looks. */
  private use(connection: NatsConnection): void {
    this.attempts = 0;
    this.connection = connection;
    for (const subject of this.heard.keys()) {
      this.subscribe(subject);
      this.tell(subject);
    }
    void connection.closed().then((cause) => this.lost(cause));
  }

  private lost(cause: unknown): void {
    if (this.isClosed) return;
    this.connection = undefined;
    this.failed(cause);
    const restMs = Math.min(firstRestMs * 2 ** this.attempts, longestRestMs);
    this.attempts += 1;
    this.again = setTimeout(() => void this.connect(), restMs).unref();
  }

  private get isClosed(): boolean {
    return this.closing.signal.aborted;
  }

  private subscribe(subject: string): void {
    this.connection?.subscribe(subject, {
      callback: (error) => (error ? this.failed(error) : this.tell(subject)),
    });
  }

  private tell(subject: string): void {
    this.heard.get(subject)?.forEach((heard) => heard(''));
  }

  /** Never with an address: it could hold a password. */
  private failed(cause: unknown): void {
    if (this.isClosed) return;
    const words =
      'NATS does not answer, or refuses this gateway: see `NATS_URL`; changes are read every second meanwhile';
    this.options.onFailure(new InternalFault(words, { cause }));
  }

  private subjectOf(channel: string): string {
    return `ringfence.${keyedName(this.options.keys.names, 'notices', channel).toString('hex').slice(0, 32)}`;
  }
}

/** Passes a notice on at once, and what follows it within `ms` as one. */
function atMostOnce(ms: number, heard: Heard): { readonly heard: Heard; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let isMore = false;
  const pass = (): void => {
    isMore = false;
    timer = setTimeout(rested, ms);
    timer.unref();
    heard('');
  };
  const rested = (): void => {
    timer = undefined;
    if (isMore) pass();
  };
  return {
    heard: () => {
      if (timer) isMore = true;
      else pass();
    },
    stop: () => {
      clearTimeout(timer);
      isMore = false;
    },
  };
}
