/** The second workload's operation, and what every answer to it must hold. */
import { isDeepStrictEqual } from 'node:util';
import { accountAt, bankId, entriesPerAccount } from './rows.mjs';

/** One customer's accounts, balances and entries, at every bank that consent covers. */
export const operation = {
  query: `query Everything {
  me {
    displayName
    accounts {
      id
      bank { name }
      kind
      nickname
      maskedNumber
      currency
      balances { kind money { amount currency } asOf source }
      transactions(first: ${entriesPerAccount}) {
        edges { node { id status direction amount { amount currency } bookedAt description merchant { name mcc } } }
        pageInfo { hasNextPage }
      }
    }
  }
}`,
};

/** The public name of a bank. */
export function bankName(bank) {
  return `Bank ${bank.split('-')[1]}`;
}

/** Throws unless the answer holds the rows of the first `count` banks, each once and no others. Ids are opaque. */
export function checkAnswer(text, count) {
  const { data, errors } = JSON.parse(text);
  if (errors) throw new Error(`answers with errors: ${JSON.stringify(errors[0])}`);
  const expected = Array.from({ length: count }, (_, index) => shown(bankId(index)));
  const byName = new Map(data.me.accounts.map((account) => [account.bank.name, withoutIds(account)]));
  const complete = byName.size === count && data.me.accounts.length === count;
  if (complete && expected.every((account) => isDeepStrictEqual(byName.get(account.bank.name), account))) return;
  throw new Error(`answers wrongly: ${text.slice(0, 300)}`);
}

function shown(bank) {
  const { kind, nickname, maskedNumber, currency, balances, transactions } = accountAt(bank);
  const edges = transactions.edges.map(({ node }) => ({ node: without(node, ['id', 'accountReference']) }));
  const page = { edges, pageInfo: { hasNextPage: transactions.pageInfo.hasNextPage } };
  return { bank: { name: bankName(bank) }, kind, nickname, maskedNumber, currency, balances, transactions: page };
}

function withoutIds(account) {
  const edges = account.transactions.edges.map(({ node }) => ({ node: without(node, ['id']) }));
  return { ...without(account, ['id']), transactions: { ...account.transactions, edges } };
}

function without(row, keys) {
  return Object.fromEntries(Object.entries(row).filter(([key]) => !keys.includes(key)));
}
