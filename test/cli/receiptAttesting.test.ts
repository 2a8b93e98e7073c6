import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { demoAgreements } from '../../resolvers/demo/registry.js';
import { carryOutReceipts, type ReceiptAnswer } from '../../src/cli/receiptDesk.js';
import { receiptOrderSchema } from '../../src/cli/receiptOrder.js';
import { receiptText } from '../../src/cli/receiptText.js';
import { witnessSetOf, type WitnessStatement } from '../../src/receipt/index.js';
import {
  checkpointKeysOf,
  createReceiptStore,
  createRegistryStore,
  type Database,
  openReceiptMarks,
  receiptMarkFile,
  storeKeysOf,
} from '../../src/store/index.js';
import { makeEntry } from '../receipt/makeEntry.js';
import { onEachDatabase, type OpenHandle } from '../store/databases.js';

const secret = randomBytes(32);
const { privateKey, publicKey } = checkpointKeysOf(secret);
const now = () => new Date('2026-11-20T00:00:00Z');
const ever = { from: 0, to: 8_640_000_000_000_000 };
const folder = mkdtempSync(join(tmpdir(), 'ringfence-attesting-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A store as a gateway leaves it: four receipts, the last of them behind a second witness. */
async function written(open: OpenHandle, kind: string) {
  const mark = receiptMarkFile(join(folder, `${kind}.mark`));
  const database = await open();
  const told = { onGone: () => undefined, onOther: () => undefined };
  const witness: WitnessStatement[] = [];
  for (const bank of ['harbor', 'harbour']) {
    const store = createReceiptStore(database, storeKeysOf(secret), {
      checkpointKey: privateKey,
      marks: await openReceiptMarks(database, { file: mark, signers: [publicKey], ...told }),
      now,
      onWitness: (statement) => witness.push(statement),
      onFailure: () => undefined,
      onDamage: () => undefined,
    });
    await store.append([makeEntry({ bank }), makeEntry({ bank })]);
    await store.close();
    await sql`update ringfence_receipt_chains set leased_until = now() - interval '1 s'`.execute(
      (await open('owner')).query,
    );
  }
  return { mark, witness };
}

/** As whoever owns the database: everything behind entry 2, and all that speaks of it. */
async function cutEnd({ query }: Database): Promise<void> {
  await sql`delete from ringfence_receipt_checkpoints where seq > 2`.execute(query);
  await sql`delete from ringfence_receipts where seq > 2`.execute(query);
  await sql`update ringfence_receipt_chains set seq = 2, hash = (select hash from ringfence_receipts where seq = 2)`.execute(
    query,
  );
}

onEachDatabase('an attestation', (open, kind) => {
  test('says what it rests on, says from when on requests may be under way, and is refused for what the receipts cannot bear out', async () => {
    const { mark, witness } = await written(open, kind);
    const owner = await open('owner');
    const desk = { database: owner, secret, now, configured: demoAgreements };
    const order = (wanted: object, more: object = { mark }): Promise<ReceiptAnswer> => {
      const given = { kind: 'receipts-attest', ...ever, witness: [], ...wanted };
      return carryOutReceipts({ ...desk, ...more }, receiptOrderSchema.parse(given), async () => undefined);
    };

    const whole = await order({ bank: 'union', witness });
    const span = { chain: 1, first: 1, last: 4 };
    expect(whole).toMatchObject({
      kind: 'attested',
      attestation: {
        to: '2026-11-20T00:00:00.000Z',
        settledUntil: '2026-11-19T23:55:15.000Z',
        nothingHappened: true,
        checked: { chains: 1, entries: 4, checkpoints: 2, spans: [span], mark: { kind: 'held', chains: 1 } },
      },
    });
    expect(whole).toMatchObject({ attestation: { checked: { witness: witnessSetOf(witness) } } });
    const text = receiptText(whole);
    expect(text).toMatch(/requests that began after 2026-11-19T23:55:15.000Z may be under way: attest later/);
    expect(text).toMatch(/4 receipts in 1 chains, 2 checkpoints: whole\nheld against this machine’s mark of 1 chains/);
    expect(text).toMatch(/held against 2 statements of witnesses\nchain 1: entries 1 to 4\nsigned /);
    const past = await order({ bank: 'union', to: Date.parse('2026-11-19T00:00:00Z') });
    expect(receiptText(past)).not.toMatch(/under way/);
    const justNow = { from: now().getTime() - 1000 };
    expect(await order({ bank: 'union', ...justNow })).toMatchObject({
      attestation: { settledUntil: '2026-11-19T23:59:59.000Z' },
    });
    await expect(order({ bank: 'union', from: now().getTime() })).rejects.toThrow(/is to come/);

    await expect(order({ bank: 'unoin' })).rejects.toThrow(
      'no bank `unoin` was ever known here, so nothing is attested of it; did you mean `union`?',
    );
    await expect(order({ bank: 'x' })).rejects.toThrow(/nothing is attested of it; there are `harbor`, `harbour`, /);
    // Neither is configured: receipts name one, decisions the other.
    expect(await order({ bank: 'harbour' })).toMatchObject({ attestation: { counts: { requested: 2 } } });
    const act = { by: 'anna', reason: 'test', command: 'bank terminate', bank: 'oldbank', at: now().getTime() };
    await createRegistryStore(owner).enter(act, () => [{ terms: { status: 'TERMINATED' } }]);
    expect(await order({ bank: 'oldbank' })).toMatchObject({ attestation: { nothingHappened: true } });

    await cutEnd(owner);
    // Nobody who looks at the database alone can know.
    expect(await order({ bank: 'union' }, {})).toMatchObject({ kind: 'attested' });
    const byWitness = await order({ bank: 'union', witness }, {});
    expect(byWitness).toMatchObject({ kind: 'unattested', findings: [{ kind: 'rewritten', chain: 1 }] });
    expect(byWitness).not.toHaveProperty('attestation');
    expect(receiptText(byWitness)).toMatch(/^nothing is attested: the receipts are not what was written\nrewritten: /);
    const byMark = await order({ bank: 'union' });
    expect(byMark).toMatchObject({ kind: 'unattested', findings: [{ kind: 'missing', chain: 1, from: 3, to: 4 }] });
  });
});
