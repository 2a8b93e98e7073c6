/** The door to PostgreSQL: one interface over the database inside this process and a server's. */
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.js';

/** Which database, and how it is reached. */
export type DatabaseSettings =
  | {
      readonly kind: 'embedded';
      /** Where its files lie; absent: nowhere, and all is gone when it is closed. */
      readonly folder?: string;
    }
  | {
      readonly kind: 'server';
      /** `postgres://…`, as `DATABASE_URL` states it. */
      readonly url: string;
      /** Most connections at once. */
      readonly connections: number;
      /** PEM of the authorities that may have signed the server's certificate; absent: no TLS unless the URL asks for it. */
      readonly authorities?: string;
    };

/**
 * Who a connection acts as. `owner` changes the schema; `gateway` reads and appends, and can neither change nor delete a
 * receipt; `auditor` only reads.
 */
export type DatabaseRole = 'owner' | 'gateway' | 'auditor';

/** Hears one notice's text. Never throws. */
export type Heard = (notice: string) => void;

/** Told once of each time that notices do not come for a while, the first time too. Never throws. */
export type NoticesLost = (error: unknown) => void;

/** An open database. Rejections are `StoreFault`s where the database cannot be used at all, else what the driver says. */
export interface Database {
  readonly kind: DatabaseSettings['kind'];
  /** Statements of their own; what belongs together takes {@link Database.transaction}. */
  readonly query: Kysely<Tables>;
  /** Everything that `work` does, or nothing of it. READ COMMITTED; `work` must not touch {@link Database.query}. */
  transaction<Result>(work: (transaction: Transaction<Tables>) => Promise<Result>): Promise<Result>;
  /**
   * Hears a channel's notices, those of this process too, until what it resolves to is called. Notices may be lost; where that could
   * be, an empty one follows.
   */
  listen(channel: string, heard: Heard, onLost?: NoticesLost): Promise<() => Promise<void>>;
  /**
   * Says on a channel that something changed and is durable; absent where the database says so by itself. Never throws, and may
   * be lost.
   */
  readonly announce?: (channel: string) => void;
  close(): Promise<void>;
}
