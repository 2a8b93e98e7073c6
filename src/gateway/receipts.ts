/** What a request asked of banks, what it released or showed and what it was refused → entries of the receipt journal. No value enters one. */
import type { Asked, Exchange, Refused, Release, Shown } from '../plan/index.js';
import { type CategoryMask, categoriesOf, financialMask, type Policy, type Purpose } from '../policy/index.js';
import { coordinateSet, coordinatesHashOf, type ReceiptDecision, type ReceiptEntry } from '../receipt/index.js';

/** What receipts say of the policy. */
export interface ReceiptBooks {
  readonly policyHash: string;
  readonly categoriesOf: (coordinates: readonly string[]) => CategoryMask;
  /** False where the purpose reads these categories without a consent in effect: while it picks accounts for one. */
  readonly restsOnConsent: (purpose: Purpose, categories: CategoryMask) => boolean;
}

/** The books of a policy. */
export function receiptBooksOf({ hash, table }: Policy): ReceiptBooks {
  return {
    policyHash: hash,
    categoriesOf: (coordinates) => coordinates.reduce((mask, coordinate) => mask | table.needs(coordinate), 0),
    restsOnConsent: (purpose, categories) =>
      categoriesOf(categories).some((category) => table.matrix.rows.get(purpose)?.get(category) !== 'picking'),
  };
}

/** What happened while a request ran. */
export interface Happened {
  readonly asked: readonly Asked[];
  readonly releases: readonly Release[];
  /** What the platform's own records showed of banking. */
  readonly shown: readonly Shown[];
  /** What banks were not asked because they may not be, and what the platform's records refused. */
  readonly withheld: readonly Refused[];
}

/** What became of the values that banks released: they left, or were discarded for a consent that moved, or for another reason. */
export type Outcome = Extract<ReceiptDecision, 'RELEASED' | 'REVOKED_IN_FLIGHT' | 'REQUESTED'>;

/** One entry for each partner that was asked, whether it released something or not. */
export function receiptsOf(
  exchange: Exchange,
  { happened, outcome }: { readonly happened: Pick<Happened, 'asked' | 'releases'>; readonly outcome: Outcome },
  { policyHash }: ReceiptBooks,
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

/**
 * One entry for what the platform's own records showed of banking, under the consents of the purpose where it rests on
 * any; it names no bank, as none was asked. None where it was stopped because something was not known.
 */
export function shownReceipts(
  exchange: Exchange,
  { shown, outcome }: { readonly shown: readonly Shown[]; readonly outcome: Outcome },
  { policyHash, restsOnConsent }: ReceiptBooks,
): ReceiptEntry[] {
  const categories = shown.reduce((mask, part) => mask | part.categories, 0);
  const base = entryOf(
    exchange,
    shown.flatMap(({ coordinates }) => coordinates),
    policyHash,
  );
  if (!base || categories === 0 || outcome === 'REQUESTED') return [];
  const rests = restsOnConsent(base.purpose, categories);
  const decision = rests ? outcome : 'RELEASED';
  const objects = shown.reduce((count, part) => count + part.objects, 0);
  const consents = rests ? (exchange.standing?.banks ?? []).flatMap((standing) => standing.consents) : [];
  return [{ ...base, categories, objectCount: decision === 'RELEASED' ? objects : 0, decision, consents }];
}

function isOf(wanted: string): (part: { readonly bank: string }) => boolean {
  return ({ bank }) => bank === wanted;
}

/** Who asked, and when. */
export type Asking = Pick<Exchange, 'principal' | 'requestId' | 'now'>;

/** One entry for the financial coordinates that were denied before planning; none where none was. */
export function refusalReceipts(exchange: Asking, refused: readonly string[], books: ReceiptBooks): ReceiptEntry[] {
  const categories = books.categoriesOf(refused) & financialMask;
  const base = categories === 0 ? undefined : entryOf(exchange, refused, books.policyHash);
  return base ? [{ ...base, categories, objectCount: 0, decision: 'REFUSED', consents: [] }] : [];
}

/** One entry for each partner that was not asked for something, for want of consent, agreement or a new login. */
export function withheldReceipts(
  exchange: Asking,
  withheld: readonly Refused[],
  { policyHash }: ReceiptBooks,
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
