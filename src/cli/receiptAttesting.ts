/** `ringfence receipts attest`: checks what an attestation rests on, then states it, signed. */
import { suggestionList } from 'graphql/jsutils/suggestionList.js';
import type { RegisteredAgreement } from '../consent/index.js';
import { StartFault } from '../fault/index.js';
import { longestRequestMs } from '../gateway/index.js';
import { attest, type Attestation, AttestationCount, refusalsOpenMs, witnessSetOf } from '../receipt/index.js';
import { checkpointKeysOf, createRegistryStore, skewLeewayMs } from '../store/index.js';
import { type CheckedReceipts, checkReceipts, type CheckingDesk } from './receiptChecking.js';
import type { ReceiptOrderOf } from './receiptOrder.js';

/** What is attested with. */
export interface AttestingDesk extends CheckingDesk {
  readonly secret: Buffer;
  /** The agreements as configured. */
  readonly configured: readonly RegisteredAgreement[];
}

/** `unattested`: the receipts are not what was written, so nothing is signed. */
export type AttestingAnswer =
  | { readonly kind: 'attested'; readonly attestation: Attestation }
  | ({ readonly kind: 'unattested' } & CheckedReceipts);

type Attest = ReceiptOrderOf<'receipts-attest'>;

/** A receipt that cannot be written within a request's time is tried again, each time for as long as a statement may take. */
const writingMs = 30_000;
/**
 * What began so long ago is in the chains: requests have ended, what they left is written, refusals are counted, and no gateway's clock
 * is further from this one's than the store's between them allows.
 */
const settledMs = longestRequestMs + writingMs + refusalsOpenMs + 2 * skewLeewayMs;

/**
 * States what the receipts say of a bank and a period, and what that rests on. What is of the period and written counts, and
 * the statement says from when on something may be missing. Rejects with CONFIG_INVALID for a bank that nobody
 * knows, and for a period that has not begun. Reads every receipt.
 */
export async function attestReceipts(desk: AttestingDesk, order: Attest): Promise<AttestingAnswer> {
  const { bank, from, log, witness } = order;
  const { to, settledUntil } = endOf(desk, order);
  const count = new AttestationCount({ bank, from, to });
  const checked = await checkReceipts(desk, { witness }, (receipt) => count.add(receipt));
  if (checked.findings.length > 0) return { kind: 'unattested', ...checked };
  await refuseUnknown(desk, bank, count.banks);
  const problems = problemsOf(checked, from);
  const differences = log && count.differences(log);
  const { findings: _, cutAt, witness: __, ...base } = checked;
  const facts = {
    bank,
    from: instantText(from),
    to: instantText(to),
    ...(settledUntil < to && { settledUntil: instantText(Math.max(settledUntil, from)) }),
    madeAt: desk.now().toISOString(),
    nothingHappened: count.counts.requested === 0 && problems.length === 0 && (differences ?? []).length === 0,
    counts: count.counts,
    receiptsInPeriod: count.inPeriod,
    problems,
    ...(log && differences && { log: { calls: log.length, differences } }),
    checked: {
      ...base,
      ...(cutAt !== undefined && { cutAt }),
      ...(witness.length > 0 && { witness: witnessSetOf(witness) }),
    },
  };
  return { kind: 'attested', attestation: attest(facts, checkpointKeysOf(desk.secret).privateKey) };
}

/** What is to come cannot be attested, and what may be under way only as far as it is written. */
function endOf({ now }: AttestingDesk, order: Attest): { readonly to: number; readonly settledUntil: number } {
  const at = now().getTime();
  const to = Math.min(order.to, at);
  if (order.from < to) return { to, settledUntil: at - settledMs };
  throw new StartFault(
    'CONFIG_INVALID',
    `\`--from ${instantText(order.from)}\` is to come: nothing can be attested of it`,
  );
}

/** Receipts, decisions and the configuration know every bank there ever was: a name that none of them has is a slip. */
async function refuseUnknown(desk: AttestingDesk, bank: string, recorded: ReadonlySet<string>): Promise<void> {
  const decisions = await createRegistryStore(desk.database).versionsAfter(0);
  const known = new Set([...desk.configured, ...decisions].map((named) => named.bank).concat(...recorded));
  if (known.has(bank)) return;
  const near = suggestionList(bank, [...known]).slice(0, 3);
  const named = near.length > 0 ? near : [...known].sort();
  const listed = named.map((name) => `\`${name}\``).join(', ');
  const hint = near.length > 0 ? `did you mean ${listed}?` : `there are ${listed}`;
  throw new StartFault(
    'CONFIG_INVALID',
    `no bank \`${bank}\` was ever known here, so nothing is attested of it; ${hint}`,
  );
}

function problemsOf({ cutAt }: CheckedReceipts, from: number): readonly string[] {
  if (cutAt === undefined || Date.parse(cutAt) <= from) return [];
  return [`receipts up to ${cutAt} are no longer kept`];
}

function instantText(ms: number): string {
  return new Date(ms).toISOString();
}
