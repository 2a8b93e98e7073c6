/** What the benchmark's banks hold: one current account a customer, a balance, 50 entries; different at every bank. */

/** Entries that each account has, all of which are asked for. */
export const entriesPerAccount = 50;

const merchants = [
  { name: 'Corner Bakery', mcc: '5462' },
  { name: 'Tram Company', mcc: '4111' },
  { name: 'Northern Books', mcc: '5942' },
  { name: 'Harvest Market', mcc: '5411' },
  { name: 'Cinema Lux', mcc: '7832' },
];

/** The bank's name for itself in the registry. */
export function bankId(index) {
  return `bank-${index}`;
}

/** How a bank knows the benchmark's customer. */
export function customerReferenceAt(bank) {
  return `${bank}-customer`;
}

/** The reference of the one account. */
export function accountReferenceAt(bank) {
  return `${bank}-account`;
}

/** The account as the contract's resolvers show it. */
export function accountAt(bank) {
  const index = Number(bank.split('-')[1]);
  const reference = accountReferenceAt(bank);
  return {
    __typename: 'DepositAccount',
    id: reference,
    bankId: bank,
    reference,
    bank: { id: bank },
    kind: 'CHECKING',
    nickname: `Everyday account ${index}`,
    maskedNumber: `•••• ${String(1000 + index)}`,
    currency: 'USD',
    balances: [balance('CURRENT', 120_000 + index * 37), balance('AVAILABLE', 110_000 + index * 37)],
    transactions: {
      edges: Array.from({ length: entriesPerAccount }, (_, entry) => edge(bank, index, entry)),
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    },
  };
}

function balance(kind, amountMinor) {
  return { kind, money: money(amountMinor), asOf: '2026-11-20T08:00:00.000Z', source: 'LIVE' };
}

function edge(bank, index, entry) {
  const day = String(28 - (entry % 28)).padStart(2, '0');
  const merchant = merchants[(index + entry) % merchants.length];
  const node = {
    id: `${bank}-entry-${entry}`,
    accountReference: accountReferenceAt(bank),
    status: 'POSTED',
    direction: entry % 9 === 0 ? 'CREDIT' : 'DEBIT',
    amount: money(137 + ((index * 53 + entry * 271) % 9000)),
    bookedAt: `2026-10-${day}T12:00:00.000Z`,
    description: `CARD ${merchant.name.toUpperCase()} ${1000 + entry}`,
    merchant,
  };
  return { node, cursor: `after-${entry}` };
}

function money(minor) {
  return { amount: (minor / 100).toFixed(2), currency: 'USD' };
}
