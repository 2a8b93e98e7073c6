/** Who banks here: the demo's customers, and enough others that nobody is alone. The salt changes none of it. */
import { demoCustomers, type DemoAccount, type DemoAccountKind, type DemoBank } from '../../demo/world.js';
import { diceFrom, type Dice } from './dice.js';

/** A customer as one bank knows them. */
export interface BankCustomer {
  readonly reference: string;
  /** The name that the demo's world gives them; others get one from the salt. */
  readonly knownName?: string;
  /** In the order in which the bank lists them. A customer always has a checking account. */
  readonly accounts: readonly DemoAccount[];
}

/** Customers besides those of the demo. */
const othersPerBank = 220;

const prefixes: Readonly<Record<DemoBank, string>> = { harbor: 'hb', summit: 'sm', prairie: 'pr', union: 'un' };

const portfolios: readonly [readonly DemoAccountKind[], ...(readonly DemoAccountKind[])[]] = [
  ['CHECKING'],
  ['CHECKING', 'SAVINGS'],
  ['CHECKING', 'CREDIT_CARD'],
  ['CHECKING', 'SAVINGS', 'CREDIT_CARD'],
  ['CHECKING', 'LOAN'],
  ['CHECKING', 'SAVINGS', 'CREDIT_CARD', 'LOAN'],
];

/** All customers of a bank by their reference. */
export function customersOf(bank: DemoBank): ReadonlyMap<string, BankCustomer> {
  const customers = new Map<string, BankCustomer>();
  for (const { displayName, holdings } of demoCustomers) {
    const holding = holdings.find((candidate) => candidate.bank === bank);
    if (holding === undefined) continue;
    const { customerReference: reference, accounts } = holding;
    customers.set(reference, { reference, knownName: displayName, accounts });
  }
  const dice = diceFrom(bank, 'customers');
  const size = customers.size + othersPerBank;
  while (customers.size < size) addStranger(customers, prefixes[bank], dice);
  return customers;
}

function addStranger(customers: Map<string, BankCustomer>, prefix: string, dice: Dice): void {
  const reference = `${prefix}-${dice.whole(10_000, 99_999)}`;
  const kinds = dice.pick(portfolios);
  if (customers.has(reference)) return;
  const accounts = kinds.map((kind, index) => ({ reference: `${reference}-${index + 1}`, kind }));
  customers.set(reference, { reference, accounts });
}
