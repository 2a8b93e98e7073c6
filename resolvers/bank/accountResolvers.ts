import { isVisible, type BankContext } from './counter.js';
import type { CursorBook } from './cursor.js';
import { availableBalanceOf, balancesOf, billsOf, holderOf, moneyOf, termsOf } from './ledger/index.js';
import { pageOf, type Connection, type PageArguments } from './page.js';
import { cardRow, transactionRow, type AccountRow } from './rows.js';

/** Resolvers of the three kinds of account; names, numbers and state are on the row already. */
export function accountResolvers(cursors: CursorBook): Readonly<Record<string, object>> {
  const shared = { ...figures, ...paperwork, transactions: transactionsOf(cursors) };
  return {
    Account: { __resolveType: (row: AccountRow) => row.__typename },
    DepositAccount: shared,
    CardAccount: { ...shared, card: ofCounter((counter, { account }) => cardRow(counter, account)) },
    LoanAccount: { ...shared, nextPaymentDue: ofCounter((counter, row) => nextBill(counter, row)) },
  };
}

type Counter = NonNullable<BankContext['counter']>;

type AccountResolver = (row: AccountRow, args: unknown, context: BankContext) => unknown;

/** A resolver over the customer's counter; without a counter there is no row to resolve. */
function ofCounter(resolve: (counter: Counter, row: AccountRow) => unknown): AccountResolver {
  return (row, _args, { counter }) => (counter === undefined ? null : resolve(counter, row));
}

const figures = {
  availableBalance: ofCounter(({ book, atMs }, { account }) => availableBalanceOf(book, account, atMs)),
  balances: ofCounter(({ book, atMs }, { account }) => balancesOf(book, account, atMs)),
};

const paperwork = {
  holder: ofCounter(({ book }) => holderOf(book.scene)),
  terms: ofCounter(({ book }, { account }) => {
    const terms = termsOf(book.scene, account);
    const overdraftLimit = terms.overdraftLimit === null ? null : moneyOf(terms.overdraftLimit);
    return { ...terms, monthlyFee: moneyOf(terms.monthlyFee), overdraftLimit };
  }),
  bills: ofCounter(({ book, atMs }, { account }) =>
    billsOf(book.scene, account, atMs).map((bill) => ({ ...bill, amount: moneyOf(bill.amount), recurring: true })),
  ),
};

function nextBill({ book, atMs }: Counter, { account }: AccountRow): string | null {
  return billsOf(book.scene, account, atMs).at(0)?.dueOn ?? null;
}

function transactionsOf(cursors: CursorBook) {
  return ({ reference }: AccountRow, args: PageArguments, context: BankContext): Connection<object> | null => {
    const { counter } = context;
    const statement = counter?.book.statements.get(reference);
    if (counter === undefined || statement === undefined) return null;
    const list = {
      name: `transactions of ${reference}`,
      rows: statement.lines,
      positionOf: (id: string) => statement.positions.get(id),
      shows: (line: (typeof statement.lines)[number]) => isVisible(context, line),
    };
    const { edges, pageInfo } = pageOf(list, args, cursors);
    return { pageInfo, edges: edges.map(({ node, cursor }) => ({ cursor, node: transactionRow(counter, node) })) };
  };
}
