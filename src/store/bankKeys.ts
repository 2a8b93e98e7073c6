/**
 * Decisions about keys of banks, in the database. Each is sealed together with the one before it, under a key that the database
 * does not have: whoever owns the database alone can neither make one, nor change one, nor take one out of the middle.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { KeyAct, KeyDecision } from '../consent/index.js';
import type { Database } from './database.js';
import { actAsOwner, logAct, type OperatorAct, registryChannel } from './registry.js';
import type { StoreKeys } from './sealing.js';
import { StoreFault } from './storeFault.js';
import type { Tables } from './tables.js';

/** What a decision says, before it is entered. */
export type NewKeyDecision = KeyAct & Pick<KeyDecision, 'kid'>;

/** All decisions that a reader knows, and what it needs to know the next ones by. */
export interface ReadKeyDecisions {
  readonly decisions: readonly KeyDecision[];
  /** The last one's. */
  readonly seal: Buffer;
}

/** Where decisions about keys are kept. */
export interface KeyStore {
  /**
   * All decisions, oldest first; reads those after `known` alone. Rejects with STORE_DAMAGED where one was changed, made or taken
   * away without the store's key, the last one of `known` included.
   */
  all(known?: ReadKeyDecisions): Promise<ReadKeyDecisions>;
  /**
   * Enters what `decide` makes of all decisions so far, in one step: none is entered in between. Needs the owner's rights. Rejects
   * as {@link KeyStore.all}; nothing is entered then.
   */
  enter(act: OperatorAct, decide: (decisions: readonly KeyDecision[]) => readonly NewKeyDecision[]): Promise<void>;
}

/** One lock for all who enter decisions about keys, so that revisions are committed in their order. */
const keysLock = 7_246_331_804;

/** Before the first. */
const none: ReadKeyDecisions = { decisions: [], seal: Buffer.alloc(32) };

/** The store of decisions about keys in `database`. */
export function createKeyStore(database: Database, { decisions: key }: Pick<StoreKeys, 'decisions'>): KeyStore {
  return {
    all: async (known = none) => readAfter(await rowsFrom(database.query, known), known, key),
    enter: async (act, decide) => {
      await database.transaction(async (transaction) => {
        await actAsOwner(transaction);
        await enter(transaction, { act, decide, key });
      });
      database.announce?.(registryChannel);
    },
  };
}

type Row = Tables['ringfence_bank_keys'];

/** From the last one that is known on, which must still be there. */
function rowsFrom(query: Database['query'], { decisions }: ReadKeyDecisions): Promise<readonly Row[]> {
  return query
    .selectFrom('ringfence_bank_keys')
    .selectAll()
    .where('revision', '>=', decisions.length)
    .orderBy('revision')
    .execute();
}

function readAfter(rows: readonly Row[], known: ReadKeyDecisions, key: Buffer): ReadKeyDecisions {
  const count = known.decisions.length;
  const [last] = rows;
  if (count > 0 && !(last?.revision === count && sameSeal(last.seal, known.seal))) throw damaged(count);
  let { seal } = known;
  const read = rows.slice(count > 0 ? 1 : 0).map((row, index) => {
    const revision = count + index + 1;
    if (row.revision !== revision || !sameSeal(row.seal, sealOf(row, seal, key))) throw damaged(revision);
    seal = Buffer.from(row.seal);
    return decisionOf(row);
  });
  return read.length === 0 ? known : { decisions: [...known.decisions, ...read], seal };
}

interface Entering {
  readonly act: OperatorAct;
  readonly decide: Parameters<KeyStore['enter']>[1];
  readonly key: Buffer;
}

async function enter(transaction: Transaction<Tables>, { act, decide, key }: Entering): Promise<void> {
  await sql`select pg_advisory_xact_lock(${keysLock})`.execute(transaction);
  const { decisions, seal } = readAfter(await rowsFrom(transaction, none), none, key);
  let last = seal;
  const rows = decide(decisions).map((decision, index): Row => {
    const unsealed = rowOf(decision, act, decisions.length + index + 1);
    last = sealOf(unsealed, last, key);
    return { ...unsealed, seal: last };
  });
  if (rows.length === 0) return;
  await transaction.insertInto('ringfence_bank_keys').values(rows).execute();
  // So that instances notice a store that was put back to a time before a key was revoked.
  await transaction.insertInto('ringfence_changes').values({ customer: null }).execute();
  await logAct(transaction, act, null);
  await sql`select pg_notify(${registryChannel}, '')`.execute(transaction);
}

function rowOf(decision: NewKeyDecision, { bank, by, reason, at }: OperatorAct, revision: number): Omit<Row, 'seal'> {
  const { kid, act } = decision;
  return {
    ...{ revision, bank, kid, act },
    kind: act === 'ADD' ? decision.kind : null,
    print: act === 'RETIRE' ? null : (decision.print ?? null),
    valid_from: act === 'ADD' ? dateOf(decision.from) : null,
    valid_until: act === 'REVOKE' ? null : dateOf(decision.until),
    entered_at: new Date(at),
    entered_by: by,
    reason,
  };
}

function decisionOf(row: Row): KeyDecision {
  const { bank, kid, entered_by: by, reason } = row;
  return { bank, kid, enteredAt: row.entered_at.getTime(), by, reason, ...actOf(row) };
}

/** The table itself sees to it that nothing is missing where it is needed. */
function actOf({ act, kind, print, valid_from: from, valid_until: until, revision }: Row): KeyAct {
  if (act === 'REVOKE') return { act, ...(print !== null && { print }) };
  if (act === 'RETIRE' && until !== null) return { act, until: until.getTime() };
  if (act !== 'ADD' || kind === null || print === null) throw damaged(revision);
  return {
    ...{ act, kind, print },
    ...(from !== null && { from: from.getTime() }),
    ...(until !== null && { until: until.getTime() }),
  };
}

function sealOf(row: Omit<Row, 'seal'>, before: Buffer, key: Buffer): Buffer {
  const { revision, bank, kid, act, kind, print, reason } = row;
  const instants = [row.valid_from, row.valid_until, row.entered_at].map((instant) => instant?.getTime() ?? null);
  const sealed = [before.toString('hex'), revision, bank, kid, act, kind, print, instants, row.entered_by, reason];
  return createHmac('sha256', key).update(JSON.stringify(sealed)).digest();
}

function sameSeal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

function dateOf(instant: number | undefined): Date | null {
  return instant === undefined ? null : new Date(instant);
}

function damaged(revision: number): StoreFault {
  return new StoreFault(
    'STORE_DAMAGED',
    `decision ${revision} about keys of banks was made, changed or taken away without the store's key; see docs/operations/banks.md, keys`,
  );
}
