/** What a request released and was refused → entries of the receipt journal. No value enters one. */
import { createHash } from 'node:crypto';
import type { Exchange, Release } from '../plan/index.js';
import { financialMask } from '../policy/index.js';
import type { ReceiptEntry } from '../receipt/index.js';
import type { UnderPolicy } from './pipeline.js';

/** One entry for each partner that released something. */
export function receiptsOf(
  exchange: Exchange,
  releases: readonly Release[],
  { policyHash }: UnderPolicy,
): ReceiptEntry[] {
  const banks = [...new Set(releases.map(({ bank }) => bank))];
  return banks.flatMap((bank) => {
    const own = releases.filter((release) => release.bank === bank);
    const base = entryOf(
      exchange,
      own.flatMap(({ coordinates }) => coordinates),
      policyHash,
    );
    if (!base) return [];
    return [
      {
        ...base,
        bank,
        categories: own.reduce((mask, { categories }) => mask | categories, 0),
        objectCount: own.reduce((count, { objects }) => count + objects, 0),
        decision: 'RELEASED' as const,
        consents: own[0]?.consents ?? [],
      },
    ];
  });
}

/** One entry for the financial coordinates that were denied before planning; none where none was. */
export function refusalReceipts(
  exchange: Exchange,
  refused: readonly string[],
  { policyHash, categoriesOf }: UnderPolicy,
): ReceiptEntry[] {
  const categories = categoriesOf(refused) & financialMask;
  const base = categories === 0 ? undefined : entryOf(exchange, refused, policyHash);
  return base ? [{ ...base, categories, objectCount: 0, decision: 'REFUSED', consents: [] }] : [];
}

type Base = Omit<ReceiptEntry, 'categories' | 'objectCount' | 'decision' | 'consents'>;

function entryOf(
  { principal, requestId, now }: Exchange,
  coordinates: readonly string[],
  policyHash: string,
): Base | undefined {
  if (!principal) return undefined;
  const set = [...new Set(coordinates)].sort();
  return {
    at: now.getTime(),
    requestId,
    client: principal.clientId,
    purpose: principal.purpose,
    ...(principal.customer !== undefined && { customer: principal.customer }),
    coordinatesHash: createHash('sha256').update(JSON.stringify(set)).digest('hex'),
    policyHash,
  };
}
