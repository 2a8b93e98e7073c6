/** A consent ⇄ its row: what the database must understand in the clear, and all of it sealed. */
import type { AnsweredOrder, Consent } from '../consent/index.js';
import type { ConsentTables } from './migrations/consents.js';
import { keyedName, openContent, sealContent, type StoreKeys } from './sealing.js';
import { StoreFault } from './storeFault.js';

type ConsentRow = ConsentTables['ringfence_consents'];

/** What is read of a row. */
export type SealedConsent = Pick<ConsentRow, 'id' | 'purpose' | 'state' | 'state_since' | 'sealed'>;

/** What stands for a customer. */
export function customerName(keys: StoreKeys, customer: string): Buffer {
  return keyedName(keys.names, 'customer', customer);
}

/** What stands for a bank's own name of a customer. */
export function holderName(keys: StoreKeys, bank: string, customerReference: string): Buffer {
  return keyedName(keys.names, 'holder', bank, customerReference);
}

/** The columns that a step may change. */
export function changingColumns(consent: Consent, keys: StoreKeys) {
  const { bank, customerReference } = consent;
  return {
    state: consent.state,
    state_since: new Date(consent.stateSince),
    holder: customerReference === undefined ? null : holderName(keys, bank, customerReference),
    sealed: sealContent(keys.consents, contextOf(consent.id), JSON.stringify(consent)),
  };
}

/** The consent of a row. Throws a `StoreFault` where the row says something else than was sealed. */
export function openConsent(row: SealedConsent, keys: StoreKeys): Consent {
  const consent = JSON.parse(openContent(keys.consents, contextOf(row.id), row.sealed)) as Consent;
  const told = consent.state === row.state && consent.stateSince === row.state_since.getTime();
  if (told && consent.purpose === row.purpose) return consent;
  throw new StoreFault('STORE_DAMAGED', `\`${contextOf(row.id)}\` was changed outside of ringfence`);
}

/** The answered orders of one customer, sealed. */
export function sealAnswered(answered: readonly AnsweredOrder[], customer: Buffer, keys: StoreKeys): Buffer {
  return sealContent(keys.consents, `answered ${customer.toString('hex')}`, JSON.stringify(answered));
}

/** The answered orders that were sealed. Throws a `StoreFault` where they belong to somebody else. */
export function openAnswered(sealed: Uint8Array, customer: Buffer, keys: StoreKeys): readonly AnsweredOrder[] {
  return JSON.parse(
    openContent(keys.consents, `answered ${customer.toString('hex')}`, sealed),
  ) as readonly AnsweredOrder[];
}

function contextOf(id: string): string {
  return `consent ${id}`;
}
