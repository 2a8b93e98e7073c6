/** Decisions about banks, and what operators did, in the database. */
import { sql, type Transaction } from 'kysely';
import type { AgreementTerms, AgreementVersion } from '../consent/index.js';
import type { Database } from './database.js';
import { readTerms, writtenTerms } from './registryTerms.js';
import type { Tables } from './tables.js';

/** Who does something, why, and when (milliseconds since the epoch). */
export interface OperatorAct {
  readonly by: string;
  readonly reason: string;
  /** Such as `bank suspend`. */
  readonly command: string;
  readonly bank: string;
  readonly at: number;
}

/** What a decision says, before it has a number. */
export interface NewVersion {
  readonly terms: AgreementTerms;
  readonly effectiveFrom?: number;
}

/** Where decisions are kept. */
export interface RegistryStore {
  /** All decisions with a revision after `known`, oldest first. Rejects with STORE_DAMAGED for one that cannot be read. */
  versionsAfter(known: number): Promise<readonly AgreementVersion[]>;
  /**
   * Enters the versions that `decide` makes of a bank's versions so far, in one step: none is entered in between. Gives
   * what was entered. Needs the owner's rights.
   */
  enter(
    act: OperatorAct,
    decide: (versions: readonly AgreementVersion[]) => readonly NewVersion[],
  ): Promise<readonly AgreementVersion[]>;
  /**
   * Notes what an operator does to something other than an agreement. `subject` is keyed by the caller; null where the entry shall
   * lead to nobody. Needs the owner's rights.
   */
  note(act: OperatorAct, subject: Buffer | null): Promise<void>;
}

/** Every instance may read decisions by this channel's name. */
export const registryChannel = 'ringfence_registry';

/** One lock for all who enter decisions, so that revisions are committed in their order. */
const registryLock = 7_246_331_803;

/** The store of decisions in `database`. */
export function createRegistryStore(database: Database): RegistryStore {
  return {
    versionsAfter: async (known) => {
      const rows = await database.query
        .selectFrom('ringfence_registry')
        .selectAll()
        .where('revision', '>', known)
        .orderBy('revision')
        .execute();
      return rows.map(versionOf);
    },
    enter: async (act, decide) => {
      const entered = await database.transaction(async (transaction) => {
        await actAsOwner(transaction);
        return enter(transaction, act, decide);
      });
      if (entered.length > 0) database.announce?.(registryChannel);
      return entered;
    },
    note: (act, subject) =>
      database.transaction(async (transaction) => {
        await actAsOwner(transaction);
        await logAct(transaction, act, subject);
      }),
  };
}

/** Until the transaction ends, the rights of the login itself: an embedded gateway's login is the owner, a server's is not. */
export async function actAsOwner(transaction: Transaction<Tables>): Promise<void> {
  await sql`set local role none`.execute(transaction);
}

async function enter(
  transaction: Transaction<Tables>,
  act: OperatorAct,
  decide: (versions: readonly AgreementVersion[]) => readonly NewVersion[],
): Promise<readonly AgreementVersion[]> {
  await sql`select pg_advisory_xact_lock(${registryLock})`.execute(transaction);
  const rows = await transaction.selectFrom('ringfence_registry').selectAll().orderBy('revision').execute();
  const own = rows.filter(({ bank }) => bank === act.bank).map(versionOf);
  const { bank, by, reason, at: enteredAt } = act;
  const entered = decide(own).map((version, index): AgreementVersion => {
    return { bank, version: own.length + index + 1, ...version, enteredAt, by, reason };
  });
  if (entered.length === 0) return entered;
  const values = entered.map((version, index) => rowOf(version, rows.length + index + 1));
  await transaction.insertInto('ringfence_registry').values(values).execute();
  await logAct(transaction, act, null);
  await sql`select pg_notify(${registryChannel}, '')`.execute(transaction);
  return entered;
}

/** Writes down who did what, within the transaction that does it. */
export async function logAct(
  transaction: Transaction<Tables>,
  act: OperatorAct,
  subject: Buffer | null,
): Promise<void> {
  const { at, ...rest } = act;
  await transaction
    .insertInto('ringfence_operator_log')
    .values({ ...rest, at: new Date(at), subject })
    .execute();
}

type Row = Tables['ringfence_registry'];

function rowOf(version: AgreementVersion, revision: number): Row {
  const { status = null, ...terms } = version.terms;
  return {
    revision,
    bank: version.bank,
    version: version.version,
    status,
    terms: JSON.stringify(writtenTerms(terms)),
    effective_from: version.effectiveFrom === undefined ? null : new Date(version.effectiveFrom),
    entered_at: new Date(version.enteredAt),
    entered_by: version.by,
    reason: version.reason,
  };
}

function versionOf(row: Row): AgreementVersion {
  const terms = readTerms(row.terms, `version ${row.version} of \`${row.bank}\``);
  return {
    bank: row.bank,
    version: row.version,
    terms: { ...(row.status !== null && { status: row.status }), ...terms },
    ...(row.effective_from !== null && { effectiveFrom: row.effective_from.getTime() }),
    enteredAt: row.entered_at.getTime(),
    by: row.entered_by,
    reason: row.reason,
  };
}
