import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { revoke, revokeBy, type Consent } from '../../src/consent/index.js';
import { createConsentStore, createRevocationNotices, storeKeysOf } from '../../src/store/index.js';
import { makeConsent, noonMs } from '../consent/makeConsent.js';
import { onEachDatabase } from './databases.js';

const keys = storeKeysOf(Buffer.alloc(32, 7));
const randomConsent = (facts: Partial<Consent>): Consent => makeConsent({ id: randomUUID(), ...facts });
const write = (consent: Consent) => () => ({ consents: [consent], result: undefined });

onEachDatabase('notices of revocations', (open) => {
  const openStore = async () => createConsentStore(await open(), keys);

  test('are kept until their banks have taken them, and given to one asker at a time', async () => {
    const noneSealed = (id: string): never => {
      throw new Error(`${id} does not open`);
    };
    const [store, own, other] = [
      await openStore(),
      createRevocationNotices(await open(), keys, noneSealed),
      createRevocationNotices(await open(), keys, noneSealed),
    ];
    const [consent, byBank, still] = ['told', 'bank', 'active'].map((customer) => randomConsent({ customer }));
    for (const one of [consent, byBank, still]) if (one) await store.change(one.customer, write(one));
    await store.change('told', revoke(consent?.id ?? '', noonMs));
    await store.change('told', revoke(consent?.id ?? '', noonMs + 1));
    await store.change(
      'bank',
      revokeBy({ consentId: byBank?.id ?? '', by: { kind: 'BANK', bank: 'harbor' }, now: noonMs }),
    );
    const expected = { consent: consent?.id, version: consent?.version, revokedAt: new Date(noonMs).toISOString() };
    expect(await own.due()).toEqual([{ bank: 'harbor', notice: expected }]);
    expect(await other.due()).toEqual([]);
    const { query } = await open('owner');
    const again = () =>
      query
        .updateTable('ringfence_notices')
        .set({ due_at: new Date(0) })
        .execute();
    await again();
    expect(await other.due()).toHaveLength(1);
    await own.told(String(consent?.id));
    await again();
    expect(await own.due()).toEqual([]);
  });

  test('are given for all consents that open, and the one that does not is named', async () => {
    const store = await openStore();
    const [first, damaged, last] = ['first', 'damaged', 'last'].map((customer) => randomConsent({ customer }));
    for (const one of [first, damaged, last]) if (one) await store.change(one.customer, write(one));
    for (const one of [first, damaged, last]) if (one) await store.change(one.customer, revoke(one.id, noonMs));
    const owner = await open('owner');
    const seal = (bytes: Buffer) =>
      owner.transaction(async (transaction) => {
        await sql`select set_config('ringfence.customer', '*', true)`.execute(transaction);
        const ofDamaged = transaction.updateTable('ringfence_consents').where('id', '=', String(damaged?.id));
        const { sealed } = await transaction
          .selectFrom('ringfence_consents')
          .select('sealed')
          .where('id', '=', String(damaged?.id))
          .executeTakeFirstOrThrow();
        await ofDamaged.set({ sealed: bytes }).execute();
        return sealed;
      });
    const sound = await seal(Buffer.from('nothing of ours'));
    const named: string[] = [];
    const notices = createRevocationNotices(await open(), keys, (id) => void named.push(id));
    const due = await notices.due();
    expect(due.map(({ notice }) => notice.consent).sort()).toEqual([first?.id, last?.id].map(String).sort());
    expect(named).toEqual([damaged?.id]);
    for (const one of [first, damaged, last]) await notices.told(String(one?.id));
    await seal(Buffer.from(sound));
  });
});
