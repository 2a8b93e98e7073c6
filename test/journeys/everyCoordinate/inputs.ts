/** The ids that a probe's arguments need, collected through the gateway, and the arguments made of them. */
import { createHash } from 'node:crypto';
import { firstPartyPurposes, type Step } from './oracle.js';
import { Reader, rows, text, type Json } from './reader.js';
import type { World } from './world.js';

/** Ids of customer-1's world, and of customer-4's consent. */
export interface Ids {
  /** Account type → an account of it. */
  readonly accounts: ReadonlyMap<string, string>;
  readonly transaction: string;
  readonly alert: string;
  readonly conversation: string;
  readonly consent: string;
  readonly pickedAccount: string;
  /** `PURPOSE field`, `Type field` or `field` → a cursor of that list. */
  readonly cursors: ReadonlyMap<string, string>;
}

/** Consents beside the seeded ones, so that every purpose reaches a loan, and a consent with a term and a bounded history. */
const loanConsents: Readonly<Record<string, string>> = {
  ACCOUNT_SERVICING:
    'ACCOUNT_IDENTITY HOLDER_PII AVAILABLE_BALANCE BALANCE TERMS BILLS TRANSACTION_CORE TRANSACTION_DETAIL PAYMENT_ACTIVITY',
  FRAUD_ALERTS: 'ACCOUNT_IDENTITY FRAUD_SIGNAL TRANSACTION_CORE TRANSACTION_DETAIL',
  SUPPORT_CHAT: 'ACCOUNT_IDENTITY CONVERSATION TRANSACTION_CORE TRANSACTION_DETAIL FRAUD_SIGNAL PAYMENT_ACTIVITY',
  P2P_PAYMENT: 'ACCOUNT_IDENTITY AVAILABLE_BALANCE PAYMENT_ACTIVITY PAYMENT_CREDENTIAL',
  MERCHANT_CHECKOUT: 'ACCOUNT_IDENTITY PAYMENT_ACTIVITY PAYMENT_CREDENTIAL',
};

const accountTypes = ['DepositAccount', 'CardAccount', 'LoanAccount'];

/** Prepares the demo's customers and reads the ids. Grants consents only by the graph's own mutations. */
export async function collectIds(world: World): Promise<Ids> {
  const reader = new Reader(world);
  for (const [purpose, categories] of Object.entries(loanConsents)) {
    await reader.grant({ customer: 'customer-1', bank: 'prairie', purpose, categories });
  }
  const order = { customer: 'customer-4', bank: 'harbor', purpose: 'FRAUD_ALERTS', categories: 'FRAUD_SIGNAL' };
  const granted = await reader.grant(order);
  const all = rows(await reader.read('ACCOUNT_SERVICING', '{ me { accounts { __typename id } } }'), 'me', 'accounts');
  const ofType = (type: string): Json => all.find((account) => text(account, '__typename') === type) ?? null;
  const accounts = new Map(accountTypes.map((type) => [type, text(ofType(type), 'id')]));
  return { accounts, ...granted, ...(await itemIds(reader, accounts)) };
}

async function itemIds(
  reader: Reader,
  accounts: Ids['accounts'],
): Promise<Pick<Ids, 'transaction' | 'alert' | 'conversation' | 'cursors'>> {
  const account = accounts.get('DepositAccount') ?? '';
  const page = 'edges { node { id status } }';
  const entries = await reader.read('ACCOUNT_SERVICING', `{ account(id: "${account}") { transactions { ${page} } } }`);
  const edges = rows(entries, 'account', 'transactions', 'edges');
  const posted = edges.find((edge) => text(edge, 'node', 'status') === 'POSTED') ?? null;
  const alerts = await reader.read('FRAUD_ALERTS', '{ me { fraudAlerts { id } } }');
  const chats = await reader.read('SUPPORT_CHAT', '{ me { conversations { messages { edges { cursor } } } } }');
  const chat = rows(chats, 'me', 'conversations')[0] ?? null;
  // Messages go where they push no attached item off a first page.
  const opening = 'mutation { openConversation(bankId: "harbor", subject: "probes", text: "hello") { id } }';
  const opened = await reader.read('SUPPORT_CHAT', opening);
  return {
    transaction: text(posted, 'node', 'id'),
    alert: text(rows(alerts, 'me', 'fraudAlerts')[0] ?? null, 'id'),
    conversation: text(opened, 'openConversation', 'id'),
    cursors: new Map([
      ...(await listCursors(reader)),
      ...(await transactionCursors(reader, accounts)),
      ['messages', cursor(chat, 'messages')],
    ]),
  };
}

async function transactionCursors(reader: Reader, accounts: Ids['accounts']): Promise<[string, string][]> {
  const named = [...accounts].map(async ([type, id]): Promise<[string, string]> => {
    const query = `{ account(id: "${id}") { transactions { edges { cursor } } } }`;
    return [`${type} transactions`, cursor(await reader.read('ACCOUNT_SERVICING', query), 'account', 'transactions')];
  });
  return Promise.all(named);
}

async function listCursors(reader: Reader): Promise<[string, string][]> {
  const open = await reader.read('ACCOUNT_SERVICING', '{ merchantOffers { edges { cursor } } }');
  const audited = 'auditedConsents { edges { cursor } } auditedReceipts { edges { cursor } }';
  const receipts: [string, string][] = [];
  for (const purpose of firstPartyPurposes) {
    await reader.read(purpose, '{ me { accounts { id } } }');
    const own = await reader.read(purpose, '{ me { receipts { edges { cursor } } } }');
    receipts.push([`${purpose} receipts`, cursor(own, 'me', 'receipts')]);
  }
  const audit = await reader.read('COMPLIANCE_AUDIT', `{ ${audited} }`);
  const named = ['auditedConsents', 'auditedReceipts'].map((list): [string, string] => [list, cursor(audit, list)]);
  return [...receipts, ...named, ['merchantOffers', cursor(open, 'merchantOffers')]];
}

function cursor(from: Json, ...path: string[]): string {
  return text(rows(from, ...path, 'edges')[0] ?? null, 'cursor');
}

/** Where an argument stands. */
export interface ArgumentPlace {
  readonly purpose: string;
  readonly step: Step;
  /** The type that the next step selects on. */
  readonly next: string | undefined;
}

/** The value of one argument as GraphQL text: one that the domain admits for whoever may give it. */
export function argument(ids: Ids, arg: string, place: ArgumentPlace): string {
  const { field } = place.step;
  const found = { ...plain, ...fromIds(ids, place) }[`${field}.${arg}`] ?? { ...plain, ...fromIds(ids, place) }[arg];
  if (found === undefined) throw new RangeError(`no value for \`${field}(${arg}:)\``);
  return found;
}

const plain: Readonly<Record<string, string>> = {
  'app.id': '"app-1"',
  'adProfile.id': '"ad-1"',
  'bank.id': '"harbor"',
  'grantConsent.purpose': 'SUPPORT_CHAT',
  categories: '[CONVERSATION]',
  bankId: '"harbor"',
  reason: 'NOT_RECOGNISED',
  first: '3',
  duration: 'ONE_TIME',
  days: '30',
  lookbackDays: '90',
  locked: 'false',
  amount: '"4.20"',
  currency: '"USD"',
  credential: '"device token"',
  subject: '"hello"',
  text: '"hello"',
  note: '"hello"',
  recipient: '"Ada"',
  payer: '"Ada"',
  merchant: '"Alder & Oak"',
};

function fromIds(ids: Ids, { purpose, step, next }: ArgumentPlace): Readonly<Record<string, string>> {
  const { type, field, args } = step;
  const holder = type === 'Account' ? 'DepositAccount' : type;
  const lists = [`${holder} ${field}`, `${purpose} ${field}`, field];
  const after = lists.map((list) => ids.cursors.get(list)).find((cursorOfList) => cursorOfList !== undefined);
  const raw = {
    'account.id': ids.accounts.get(next ?? '') ?? ids.accounts.get('DepositAccount'),
    'setCardLock.accountId': ids.accounts.get('CardAccount'),
    transactionId: ids.transaction,
    alertId: ids.alert,
    conversationId: ids.conversation,
    consentId: ids.consent,
    // A retry must be a retry: one key for one order.
    idempotencyKey: createHash('sha256')
      .update([field, ...args].join(' '))
      .digest('hex')
      .slice(0, 40),
    after: after ?? 'none',
  };
  const quoted = Object.entries(raw).map(([name, value]) => [name, JSON.stringify(value)]);
  return { ...Object.fromEntries(quoted), accountIds: `[${JSON.stringify(ids.pickedAccount)}]` };
}
