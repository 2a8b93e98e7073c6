/** Notices of revocations, as the store keeps them until banks have taken them. */
import { sql, type Transaction } from 'kysely';
import type { Consent, DueNotice, RevocationNotices } from '../consent/index.js';
import { openConsent, type SealedConsent } from './consentRows.js';
import type { Database } from './database.js';
import type { StoreKeys } from './sealing.js';
import type { Tables } from './tables.js';

const mostAtOnce = 100;
/** After the first try; twice as long after each further one, an hour at most. */
const firstRestS = 15;
const mostDoublings = 8;

/** Writes the notices that a change of consents makes due: a bank that revoked by itself needs none. */
export async function noteRevocations(transaction: Transaction<Tables>, changed: readonly Consent[]): Promise<void> {
  const rows = changed
    .filter(({ state, initiator }) => state === 'REVOKED' && initiator !== 'BANK')
    .map(({ id }) => ({ consent: id }));
  if (rows.length === 0) return;
  await transaction
    .insertInto('ringfence_notices')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Told of a revoked consent that does not open: its bank cannot be told. */
export type OnSealed = (consent: string, cause: unknown) => void;

/**
 * The notices in `database`. Each is given to one asker at a time. Asking costs one statement where nothing is due. One whose
 * consent does not open holds up no other: it comes again, later each time.
 */
export function createRevocationNotices(database: Database, keys: StoreKeys, onSealed: OnSealed): RevocationNotices {
  return {
    due: async () => {
      const rows = await database.transaction(dueIn);
      return rows.flatMap((row) => {
        try {
          return [dueNotice(row, keys)];
        } catch (cause) {
          onSealed(row.id, cause);
          return [];
        }
      });
    },
    told: async (consent) => {
      await sql`update ringfence_notices set told_at = clock_timestamp() where consent = ${consent}::uuid`.execute(
        database.query,
      );
    },
  };
}

async function dueIn(transaction: Transaction<Tables>): Promise<readonly SealedConsent[]> {
  const { rows: taken } = await sql<{ consent: string }>`
    update ringfence_notices
    set tries = tries + 1, due_at = clock_timestamp() + make_interval(secs => ${firstRestS} * 2 ^ least(tries, ${mostDoublings}))
    where consent in (
      select consent from ringfence_notices
      where told_at is null and due_at <= clock_timestamp()
      order by due_at limit ${mostAtOnce} for update skip locked
    ) returning consent`.execute(transaction);
  if (taken.length === 0) return [];
  await sql`select set_config('ringfence.customer', '*', true)`.execute(transaction);
  const consents = taken.map(({ consent }) => consent);
  return transaction
    .selectFrom('ringfence_consents')
    .select(['id', 'purpose', 'state', 'state_since', 'sealed'])
    .where('id', 'in', consents)
    .execute();
}

function dueNotice(row: SealedConsent, keys: StoreKeys): DueNotice {
  const { id, bank, version, stateSince } = openConsent(row, keys);
  return { bank, notice: { consent: id, version, revokedAt: new Date(stateSince).toISOString() } };
}
