/**
 * Notices that the store was put back to an earlier time: a backup may hold a consent in effect that was revoked since. Each
 * instance keeps a mark beside the store, the last change that it knows of; a store without that change is another history.
 */
import { sql, type Kysely } from 'kysely';
import type { NotedChange } from './consents.js';
import type { Database } from './database.js';
import { readMachineFile, replaceMachineFile } from './machineFile.js';
import { StoreFault } from './storeFault.js';
import type { Tables } from './tables.js';

/** What an instance remembers of the store. `at` is when, by the store's clock, in milliseconds since the epoch. */
export interface StoreMark {
  readonly generation: string;
  /** Absent while nothing has ever changed. */
  readonly change?: NotedChange;
  readonly at: number;
}

/** Where a mark is kept: on this machine, and in no backup of the store. */
export interface MarkKeeper {
  read(): StoreMark | undefined;
  write(mark: StoreMark): void;
}

/** Refuses a store that was put back. */
export interface RestoreGuard {
  /** Rejects with a `StoreFault` when the store no longer has the last change known here; remembers its last one. One statement by key. */
  check(query: Kysely<Tables>): Promise<void>;
  /** Remembers a change that is durable. */
  noted(change: NotedChange): void;
}

const refusal =
  'the store was put back to an earlier time: consents that were revoked since may be in effect again; see docs/operations/store.md, restoring, then run `ringfence migrate --accept-restored`';

/**
 * The guard of one instance. Rejects with a `StoreFault` when the store was put back since the mark was written and nobody has
 * confirmed it since then; without a mark, when it runs on another server, or another time line of it, than was confirmed last.
 */
export async function createRestoreGuard(database: Database, keeper: MarkKeeper): Promise<RestoreGuard> {
  const mark = keeper.read();
  const now = await stateOf(database.query, mark);
  const confirmed = mark !== undefined && mark.generation !== now.generation && now.confirmedAt > mark.at;
  if (!(confirmed || (mark === undefined ? now.sameHistory : now.known))) throw restored();
  const guard = new Guard(keeper, { generation: now.generation, at: now.at, ...now.latest });
  return guard;
}

/** Confirms that a restored copy may serve; as `owner`. Instances that run must be started anew. */
export async function acceptRestored({ query }: Database): Promise<void> {
  await query
    .updateTable('ringfence_store')
    .set({
      generation: sql`gen_random_uuid()`,
      confirmed_at: sql`clock_timestamp()`,
      history: sql`ringfence_history()`,
    })
    .execute();
}

/**
 * A mark in a file, replaced whole. Reading throws a `StoreFault` where the file holds something else, and both where the disk does
 * not let it.
 */
export function markFile(path: string): MarkKeeper {
  return {
    read: () => {
      const text = readMachineFile(path);
      return text === undefined ? undefined : parse(text, path);
    },
    write: (mark) => replaceMachineFile(path, `${JSON.stringify(mark)}\n`),
  };
}

class Guard implements RestoreGuard {
  constructor(
    private readonly keeper: MarkKeeper,
    private mark: StoreMark,
  ) {
    keeper.write(mark);
  }

  async check(query: Kysely<Tables>): Promise<void> {
    const { known, latest } = await stateOf(query, this.mark);
    if (!known) throw restored();
    if (latest.change) this.noted(latest.change);
  }

  noted(change: NotedChange): void {
    const last = this.mark.change;
    if (last !== undefined && BigInt(last.id) >= BigInt(change.id)) return;
    this.mark = { ...this.mark, change };
    this.keeper.write(this.mark);
  }
}

interface StoreState {
  readonly generation: string;
  readonly confirmedAt: number;
  readonly at: number;
  readonly sameHistory: boolean;
  /** The generation is the mark's, and its change is there, or was cleared away with all that came before it. */
  readonly known: boolean;
  readonly latest: { readonly change?: NotedChange };
}

async function stateOf(query: Kysely<Tables>, mark: StoreMark | undefined): Promise<StoreState> {
  const { id = '0', token = null } = mark?.change ?? {};
  const { rows } = await sql<{
    generation: string;
    confirmed: Date;
    now: Date;
    same: boolean;
    known: boolean;
    id: string | null;
    token: string | null;
  }>`
    select generation, confirmed_at as confirmed, clock_timestamp() as now, history = ringfence_history() as same,
      coalesce(marked.token = ${token}::uuid, ${id} = '0' or oldest.id > ${id}::bigint) as known,
      latest.id::text as id, latest.token
    from ringfence_store
    left join ringfence_changes marked on marked.id = ${id}::bigint
    left join lateral (select id from ringfence_changes order by id limit 1) oldest on true
    left join lateral (select id, token from ringfence_changes order by id desc limit 1) latest on true`.execute(query);
  const [row] = rows;
  if (row === undefined) throw new StoreFault('STORE_DAMAGED', 'the store has lost the row that says which one it is');
  return {
    generation: row.generation,
    confirmedAt: row.confirmed.getTime(),
    at: row.now.getTime(),
    sameHistory: row.same,
    known: row.known && row.generation === mark?.generation,
    latest: row.id === null || row.token === null ? {} : { change: { id: row.id, token: row.token } },
  };
}

function parse(text: string, path: string): StoreMark {
  try {
    const { generation, change, at } = JSON.parse(text) as Record<string, unknown>;
    if (typeof generation !== 'string' || typeof at !== 'number') throw new TypeError('no mark');
    if (change === undefined) return { generation, at };
    const { id, token } = change as Record<string, unknown>;
    if (typeof id !== 'string' || typeof token !== 'string') throw new TypeError('no change');
    return { generation, at, change: { id, token } };
  } catch (cause) {
    throw new StoreFault(
      'STORE_DAMAGED',
      `\`${path}\` holds no mark of a store; see docs/operations/store.md, restoring`,
      {
        cause,
      },
    );
  }
}

function restored(): StoreFault {
  return new StoreFault('STORE_RESTORED', refusal);
}
