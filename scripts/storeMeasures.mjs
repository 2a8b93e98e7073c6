/** What a filled store costs to hold, to open, to read and to verify. Durations are milliseconds; sizes are bytes. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import { agreementsFor } from '../bench/banks/world.mjs';
import { freePort } from '../bench/measure/port.mjs';
import { stop } from '../bench/measure/process.mjs';
import { median } from '../bench/measure/statistics.mjs';
import { policyWorld, startPolicyGateway } from '../bench/ringfence/gateways.mjs';
import { grantKeysFor, openIssuer } from '../bench/ringfence/keys.mjs';
import { auditedConsents, auditedReceipts } from '../dist/resolvers/consent/audit.js';
import { createPseudonymizer } from '../dist/resolvers/platform/pseudonym.js';
import { carryOutReceipts } from '../dist/src/cli/receiptDesk.js';
import { ChainVerifier } from '../dist/src/receipt/index.js';
import {
  checkpointKeysOf,
  createConsentStore,
  createReceiptStore,
  openDatabase,
  readReceipts,
  startLiveConsents,
  storeKeysOf,
} from '../dist/src/store/index.js';
import { openReceipt } from '../dist/src/store/receiptContent.js';
import { banks, periodUntil } from './storeFill.mjs';

const starts = 3;
const lookups = 50;

/** Bytes of each table with its indexes, and of all of the database. */
export async function measureDisk(database) {
  const size = async (table) => {
    const { rows } = await sql`select pg_total_relation_size(${table}::regclass)::text as bytes`.execute(
      database.query,
    );
    return Number(rows[0].bytes);
  };
  const { rows } = await sql`select pg_database_size(current_database())::text as bytes`.execute(database.query);
  return {
    receipts: await size('ringfence_receipts'),
    pseudonyms: await size('ringfence_receipt_customers'),
    consents: (await size('ringfence_customers')) + (await size('ringfence_consents')),
    changes: await size('ringfence_changes'),
    database: Number(rows[0].bytes),
  };
}

/** How long the database takes to open, and the first reading of changes that a gateway decides on. The median of three. */
export async function measureOpening(settings, secret) {
  const took = [];
  for (let start = 0; start < starts; start += 1) {
    took.push(
      await timed(async () => {
        const database = await openDatabase(settings, 'gateway');
        const live = await startLiveConsents(database, storeKeysOf(secret), {
          monotonicMs: () => performance.now(),
          onFailure: () => undefined,
        });
        return async () => {
          await live.stop();
          await database.close();
        };
      }),
    );
  }
  return median(took);
}

/** From the start of a gateway's process until it listens. The median of three. */
export async function measureStart({ settings, secret, folder, name }) {
  const issuer = await openIssuer();
  const { gateway: keys } = grantKeysFor(['directory', ...banks]);
  const took = [];
  for (let start = 0; start < starts; start += 1) {
    const port = await freePort();
    const config = {
      ...policyWorld({ workFolder: folder, port, issuer }),
      urls: Object.fromEntries(['directory', ...banks].map((name) => [name, `http://127.0.0.1:${port}/nobody`])),
      ...{ keys, agreements: agreementsFor(banks.length), consents: [] },
      store: {
        database: settings,
        secret: secret.toString('base64'),
        markFile: join(folder, `${name}.mark`),
        receipts: 'strict',
      },
    };
    took.push(
      await timed(async () => {
        const gateway = await startPolicyGateway(config, {});
        return () => stop(gateway);
      }),
    );
  }
  issuer.close();
  return median(took);
}

/** One customer's newest 100 receipts, and consents, for customers drawn at random; medians and the slowest. */
export async function measureLookups(database, secret, customers) {
  const keys = storeKeysOf(secret);
  const receipts = readReceipts(database, keys);
  const consents = createConsentStore(database, keys);
  const [ofReceipts, ofConsents] = [[], []];
  for (let lookup = 0; lookup < lookups; lookup += 1) {
    const customer = customers[randomBytes(4).readUInt32BE() % customers.length];
    ofReceipts.push(await lasted(() => receipts.ofCustomer(customer, {}, { first: 100 })));
    ofConsents.push(await lasted(() => consents.ofCustomer(customer)));
  }
  const told = (each) => ({ medianMs: median(each), slowestMs: Math.max(...each) });
  return { receipts: told(ofReceipts), consents: told(ofConsents) };
}

/** How long it takes to count what was never counted for auditors, and each of 50 pages of 25 then; medians and the slowest. */
export async function measureAuditing(database, secret) {
  const keys = storeKeysOf(secret);
  const now = () => new Date();
  const journal = createReceiptStore(database, keys, {
    ...{ checkpointKey: checkpointKeysOf(secret).privateKey, now, onFailure: refuse, onDamage: refuse },
    countingPatience: () => new Promise(() => undefined),
  });
  const countingMs = await lasted(() => journal.groups());
  const agreements = { agreement: () => undefined, agreements: () => [] };
  const parts = { journal, repository: createConsentStore(database, keys), agreements, now };
  const receipts = await measurePages((...range) => auditedReceipts(auditor, parts, ...range));
  const consents = await measurePages((...range) => auditedConsents(auditor, parts, ...range));
  await journal.close();
  return { countingMs, receipts, consents };
}

const auditor = { client: 'auditor', nameOf: createPseudonymizer('audit') };

async function measurePages(pageOf) {
  const took = [];
  let after;
  for (let page = 0; page < lookups; page += 1) {
    const ms = await lasted(async () => (after = (await pageOf({ first: 25, after })).items.at(-1)?.id));
    took.push(ms);
  }
  return { medianMs: median(took), slowestMs: Math.max(...took) };
}

function refuse(reason) {
  throw reason instanceof Error ? reason : new Error(`chain ${reason} is damaged`);
}

/** `ringfence receipts verify` and `attest` as they are, and the entries behind each chain's last checkpoint alone. */
export async function measureVerifying(database, secret, now) {
  const desk = { database, secret, now: () => new Date(now), configured: [] };
  let [verified, attested, tail] = [];
  const nowhere = async () => undefined;
  const wholeMs = await lasted(
    async () => (verified = await carryOutReceipts(desk, { kind: 'receipts-verify', witness: [] }, nowhere)),
  );
  if (verified.findings.length > 0) throw new Error(`the chains do not hold: ${JSON.stringify(verified.findings[0])}`);
  const { to, dayMs } = periodUntil(now);
  const day = { kind: 'receipts-attest', bank: banks[0], from: to - 2 * dayMs, to: to - dayMs, witness: [] };
  const attestMs = await lasted(async () => (attested = await carryOutReceipts(desk, day, nowhere)));
  const tailMs = await lasted(async () => (tail = await verifyTails(database, secret)));
  return {
    whole: { entries: verified.entries, ms: wholeMs },
    sinceCheckpoint: { entries: tail, ms: tailMs },
    attest: { counts: attested.attestation.counts, ms: attestMs },
  };
}

async function verifyTails(database, secret) {
  const chains = await database.query.selectFrom('ringfence_receipt_chains').selectAll().execute();
  let entries = 0;
  for (const chain of chains) entries += await verifyTail(database, secret, chain);
  return entries;
}

/** The last checkpoint but one begins it: the last one is the chain's end, where nobody writes any more. */
async function verifyTail(database, secret, { chain, seq, hash }) {
  const keys = storeKeysOf(secret);
  const ofChain = (table) => database.query.selectFrom(table).selectAll().where('chain', '=', chain);
  const rows = await ofChain('ringfence_receipt_checkpoints').orderBy('seq', 'desc').limit(2).execute();
  const checkpoints = rows.map((row) => ({ ...row, seq: Number(row.seq), at: Number(row.at) })).reverse();
  const start = checkpoints.length > 1 ? checkpoints[0] : { seq: 0, hash: Buffer.alloc(32) };
  const signers = [checkpointKeysOf(secret).publicKey];
  const open = (entry) => openReceipt(keys, entry).place;
  const verifier = new ChainVerifier({ chain, start, head: { seq: Number(seq), hash }, signers, open });
  const entries = await ofChain('ringfence_receipts').where('seq', '>', start.seq).orderBy('seq').execute();
  const vouched = checkpoints.flatMap((checkpoint) => verifier.vouch(checkpoint));
  const found = [
    ...vouched,
    ...verifier.begin(),
    ...entries.flatMap((row) => verifier.next(entryOf(row))),
    ...verifier.end(),
  ];
  if (found.length > 0) throw new Error(`the end of a chain does not hold: ${JSON.stringify(found[0])}`);
  return entries.length;
}

function entryOf({ customer, seq, at, ...row }) {
  return { ...row, seq: Number(seq), at: Number(at), ...(customer && { customer }) };
}

/** How long what `begin` starts takes to stand; what it gives ends it, unmeasured. */
async function timed(begin) {
  const began = performance.now();
  const end = await begin();
  const took = performance.now() - began;
  await end();
  return took;
}

async function lasted(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
