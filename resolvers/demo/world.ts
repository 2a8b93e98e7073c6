/**
 * The demo's cast, stated once: which customers exist, how each bank knows them, and what they consented to. The
 * sandbox banks, the platform's subgraphs and the seeds of the consent store all read this; the salt changes none of it.
 */

/** The demo's banks in registry order; ports follow it. */
export const demoBanks = ['harbor', 'summit', 'prairie', 'union'] as const;

/** One of {@link demoBanks}. */
export type DemoBank = (typeof demoBanks)[number];

/** A bank's public name. `union` has one too, for its own pages; the platform never shows it. */
export const demoBankNames: Readonly<Record<DemoBank, string>> = {
  harbor: 'Harbor Bank',
  summit: 'Summit Savings',
  prairie: 'Prairie Mutual',
  union: 'Union Trust',
};

/** The kinds of accounts of the contract. */
export type DemoAccountKind = 'CHECKING' | 'SAVINGS' | 'CREDIT_CARD' | 'LOAN';

/** An account of a demo customer, as the bank references it. */
export interface DemoAccount {
  readonly reference: string;
  readonly kind: DemoAccountKind;
}

/** One demo customer at one bank (or at the wallet). */
export interface DemoHolding {
  readonly bank: DemoBank | 'wallet';
  readonly customerReference: string;
  readonly accounts: readonly DemoAccount[];
}

/** One demo customer. */
export interface DemoCustomer {
  /** The platform's own id: the `sub` of tokens. */
  readonly id: string;
  /** The ads system's id. */
  readonly adId: string;
  readonly displayName: string;
  readonly locale: string;
  readonly holdings: readonly DemoHolding[];
}

const account = (reference: string, kind: DemoAccountKind): DemoAccount => ({ reference, kind });

const unionHolding = (customerReference: string): DemoHolding => ({
  bank: 'union',
  customerReference,
  accounts: [account(`${customerReference}-1`, 'CHECKING')],
});

/** The four customers of the demo. */
export const demoCustomers: readonly DemoCustomer[] = [
  {
    id: 'customer-1',
    adId: 'ad-1',
    displayName: 'Maya Lindqvist',
    locale: 'en-US',
    holdings: [
      {
        bank: 'harbor',
        customerReference: 'hb-20417',
        accounts: [
          account('hb-20417-1', 'CHECKING'),
          account('hb-20417-2', 'SAVINGS'),
          account('hb-20417-3', 'CREDIT_CARD'),
        ],
      },
      {
        bank: 'summit',
        customerReference: 'sm-88120',
        accounts: [account('sm-88120-1', 'CHECKING'), account('sm-88120-2', 'CREDIT_CARD')],
      },
      {
        bank: 'prairie',
        customerReference: 'pr-31009',
        accounts: [account('pr-31009-1', 'CHECKING'), account('pr-31009-2', 'LOAN')],
      },
      unionHolding('un-70001'),
      { bank: 'wallet', customerReference: 'wl-5001', accounts: [] },
    ],
  },
  {
    id: 'customer-2',
    adId: 'ad-2',
    displayName: 'Tomás Okafor',
    locale: 'es-ES',
    holdings: [
      {
        bank: 'harbor',
        customerReference: 'hb-20533',
        accounts: [account('hb-20533-1', 'CHECKING'), account('hb-20533-2', 'SAVINGS')],
      },
      unionHolding('un-70002'),
      { bank: 'wallet', customerReference: 'wl-5002', accounts: [] },
    ],
  },
  {
    id: 'customer-3',
    adId: 'ad-3',
    displayName: 'Priya Raman',
    locale: 'en-GB',
    holdings: [unionHolding('un-70003')],
  },
  {
    id: 'customer-4',
    adId: 'ad-4',
    displayName: 'Jonas Weber',
    locale: 'de-DE',
    holdings: [
      {
        bank: 'harbor',
        customerReference: 'hb-20871',
        accounts: [account('hb-20871-1', 'CHECKING')],
      },
      unionHolding('un-70004'),
    ],
  },
];
