import { expect, test } from '@jest/globals';
import { signCheckpoint } from '../../src/receipt/index.js';
import { CheckpointPages, lastCheckpoints } from '../../src/store/checkpointPages.js';
import { checkpointRow } from '../../src/store/receiptCheckpoints.js';
import { verifyReceipts } from '../../src/store/index.js';
import { makeEntry } from '../receipt/makeEntry.js';
import { onEachDatabase } from './databases.js';
import { keys, receiptStore, signing } from './receiptWorld.js';

const noon = Date.parse('2026-11-15T12:00:00.000Z');

onEachDatabase('checkpoints before a cut', (open) => {
  test('are read and checked a few at a time, each once and in their order, however many there are', async () => {
    const owner = await open('owner');
    const store = receiptStore(await open());
    await store.append(Array.from({ length: 501 }, () => makeEntry()));
    await store.close();
    const entries = await owner.query.selectFrom('ringfence_receipts').select(['chain', 'seq', 'hash']).execute();
    const links = entries.map(({ chain, seq, hash }) => ({ chain, seq: Number(seq), hash, at: noon }));
    const signed = links.filter(({ seq }) => seq < 500).map((link) => signCheckpoint(signing.privateKey, link));
    await owner.query.insertInto('ringfence_receipt_checkpoints').values(signed.map(checkpointRow)).execute();
    const at499 = { cut_seq: 499, cut_hash: links.find(({ seq }) => seq === 499)?.hash ?? Buffer.alloc(32) };
    await owner.query.updateTable('ringfence_receipt_chains').set(at499).execute();
    await owner.query.deleteFrom('ringfence_receipts').where('seq', '<=', 499).execute();

    let most = 0;
    const query = owner.query.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        most = Math.max(most, result.rows.length);
        return result;
      },
    });
    const found = await verifyReceipts({ ...owner, kind: 'embedded', query } as typeof owner, {
      signers: [signing.publicKey],
      keys,
    });
    expect(found).toMatchObject({ entries: 2, checkpoints: 500, findings: [], cutAt: noon });
    expect(most).toBe(200);

    const pages = new CheckpointPages(owner.query, { chain: 1, last: 450 });
    const given: number[][] = [];
    for (const bound of [0, 150, 150, 320, Number.POSITIVE_INFINITY]) {
      for await (const part of pages.upTo(bound)) given.push(part.map(({ seq }) => seq));
    }
    expect(given.flat()).toEqual(Array.from({ length: 450 }, (_, index) => index + 1));
    expect(given.map((part) => part.length)).toEqual([150, 50, 120, 80, 50]);
    expect(await lastCheckpoints(owner.query)).toEqual(new Map([[1, 501]]));
  });

  test('that are younger than receipts are kept name the cut that they would explain', async () => {
    const [database, signers] = [await open(), [signing.publicKey]];
    const words = 'cut off, though signed on 2026-11-15T12:00:00.000Z, and receipts are kept for three years';
    const early = { kind: 'missing', chain: 1, from: 1, to: 499, words };
    expect((await verifyReceipts(database, { signers, keys, keptSince: noon - 1 })).findings).toEqual([early]);
    expect((await verifyReceipts(database, { signers, keys, keptSince: noon })).findings).toEqual([]);
  });
});
