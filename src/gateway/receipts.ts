/** What a request asked of banks, what it released and what it was refused → entries of the receipt journal. No value enters one. */
import type { Asked, Exchange, Refused, Release } from '../plan/index.js';
import { financialMask } from '../policy/index.js';
import { coordinateSet, coordinatesHashOf, type ReceiptDecision, type ReceiptEntry } from '../receipt/index.js';
import type { UnderPolicy } from './pipeline.js';

/** What happened at the banks while a request ran. */
export interface Happened {
  readonly asked: readonly Asked[];
  readonly releases: readonly Release[];
  /** What banks were not asked, because they may not be. */
  readonly withheld: readonly Refused[];
}

/** What became of the values that banks released: they left, or were discarded for a consent that moved, or for another reason. */
export type Outcome = Extract<ReceiptDecision, 'RELEASED' | 'REVOKED_IN_FLIGHT' | 'REQUESTED'>;

/** One entry for each partner that was asked, whether it released something or not. */
export function receiptsOf(
  exchange: Exchange,
  { happened, outcome }: { readonly happened: Omit<Happened, 'withheld'>; readonly outcome: Outcome },
  { policyHash }: UnderPolicy,
): ReceiptEntry[] {
  const { asked, releases } = happened;
  const banks = [...new Set([...releases, ...asked].map(({ bank }) => bank))];
  return banks.flatMap((bank) => {
    const own = { asked: asked.filter(isOf(bank)), releases: releases.filter(isOf(bank)) };
    const told: readonly Omit<Release, 'objects'>[] = own.releases.length > 0 ? own.releases : own.asked;
    const coordinates = told.flatMap((part) => part.coordinates);
    const base = entryOf(exchange, coordinates, policyHash);
    if (!base) return [];
    const decision = own.releases.length > 0 ? outcome : 'REQUESTED';
    const objects = own.releases.reduce((count, release) => count + release.objects, 0);
    const interactions = [...new Set(own.asked.map(({ interaction }) => interaction))];
    return [
      {
        ...base,
        bank,
        categories: told.reduce((mask, { categories }) => mask | categories, 0),
        objectCount: decision === 'RELEASED' ? objects : 0,
        decision,
        consents: told[0]?.consents ?? [],
        ...(interactions.length > 0 && { interactions }),
      },
    ];
  });
}

function isOf(wanted: string): (part: { readonly bank: string }) => boolean {
  return ({ bank }) => bank === wanted;
}

/** Who asked, and when. */
export type Asking = Pick<Exchange, 'principal' | 'requestId' | 'now'>;

/** One entry for the financial coordinates that were denied before planning; none where none was. */
export function refusalReceipts(
  exchange: Asking,
  refused: readonly string[],
  { policyHash, categoriesOf }: UnderPolicy,
): ReceiptEntry[] {
  const categories = categoriesOf(refused) & financialMask;
  const base = categories === 0 ? undefined : entryOf(exchange, refused, policyHash);
  return base ? [{ ...base, categories, objectCount: 0, decision: 'REFUSED', consents: [] }] : [];
}

/** One entry for each partner that was not asked for something, for want of consent, agreement or a new login. */
export function withheldReceipts(
  exchange: Asking,
  withheld: readonly Refused[],
  { policyHash }: UnderPolicy,
): ReceiptEntry[] {
  return [...new Set(withheld.map(({ bank }) => bank))].flatMap((bank) => {
    const own = withheld.filter((part) => part.bank === bank);
    const coordinates = own.flatMap((part) => part.coordinates);
    const categories = own.reduce((mask, part) => mask | part.categories, 0);
    const base = entryOf(exchange, coordinates, policyHash);
    if (!base) return [];
    const where = bank === undefined ? {} : { bank };
    return [{ ...base, ...where, categories, objectCount: 0, decision: 'REFUSED', consents: [] }];
  });
}

type Base = Omit<ReceiptEntry, 'categories' | 'objectCount' | 'decision' | 'consents'>;

function entryOf(
  { principal, requestId, now }: Asking,
  wanted: readonly string[],
  policyHash: string,
): Base | undefined {
  if (!principal) return undefined;
  const coordinates = coordinateSet(wanted);
  return {
    at: now.getTime(),
    requestId,
    client: principal.clientId,
    purpose: principal.purpose,
    ...(principal.customer !== undefined && { customer: principal.customer }),
    coordinates,
    coordinatesHash: coordinatesHashOf(coordinates),
    policyHash,
  };
}
