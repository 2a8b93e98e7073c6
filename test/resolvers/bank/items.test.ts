import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { GrantedAccount } from '../../../src/partition/index.js';
import { covering } from '../../partner/caller.js';
import { codes, entities, parsed, visitBank, type Asking, type Visit } from './visit.js';

let harbor: Visit;

beforeAll(async () => {
  harbor = await visitBank();
});

afterAll(() => harbor.close());

const accounts = ['hb-20417-1', 'hb-20417-2', 'hb-20417-3'];

function watching(covered: readonly string[] = accounts): Asking['grant'] {
  const tuple = (reference: string): GrantedAccount =>
    covering(reference, ['RELATIONSHIP', 'ACCOUNT_IDENTITY', 'FRAUD_SIGNAL'], ['FraudAlert.transaction']);
  return { purpose: 'FRAUD_ALERTS', sub: 'hb-20417', accounts: covered.map(tuple) };
}

function chatting(
  edges: readonly string[] = ['Message.transaction', 'Message.payment', 'Message.alert'],
): Asking['grant'] {
  const tuple = (reference: string): GrantedAccount =>
    covering(reference, ['RELATIONSHIP', 'ACCOUNT_IDENTITY', 'CONVERSATION'], edges);
  return { purpose: 'SUPPORT_CHAT', sub: 'hb-20417', accounts: accounts.map(tuple) };
}

function ofCustomer(selection: string, grant: Asking['grant']): Asking {
  return {
    grant,
    query: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Customer { ${selection} } } }`,
    variables: { of: [{ __typename: 'Customer', ref: 'hb-20417' }] },
  };
}

interface AlertAnswer {
  readonly id: string;
  readonly state: string;
  readonly account: { readonly id: string; readonly balances: unknown };
  readonly transaction: { readonly id: string; readonly merchant: unknown } | null;
}

async function alertsFor(grant: Asking['grant'], selection: string): Promise<AlertAnswer[]> {
  const answer = await harbor.ask(ofCustomer(`fraudAlerts { id state ${selection} }`, grant));
  return entities<{ fraudAlerts: AlertAnswer[] }>(answer)[0]?.fraudAlerts ?? [];
}

describe("a bank's items", () => {
  test("show an alert's entry under FRAUD_ALERTS, and no balance of its account", async () => {
    const selection = 'fraudAlerts { id state account { id balances { kind } } transaction { id merchant { name } } }';
    const answer = await harbor.ask(ofCustomer(selection, watching()));
    const alerts = entities<{ fraudAlerts: AlertAnswer[] }>(answer)[0]?.fraudAlerts ?? [];
    expect(alerts[0]).toMatchObject({ state: 'OPEN', account: { balances: null } });
    expect(alerts.every(({ transaction }) => typeof transaction?.id === 'string')).toBe(true);
    expect(new Set(codes(answer))).toEqual(new Set(['PURPOSE_DENIED']));
  });

  test('show no alert of an account that the grant leaves out', async () => {
    const all = await alertsFor(watching(), 'account { id }');
    const one = await alertsFor(watching(['hb-20417-3']), 'account { id }');
    expect(one).toEqual(all.filter(({ account }) => account.id === 'hb-20417-3'));
    expect(one.length).toBeLessThan(all.length);
  });

  test('acknowledge an alert once and for good, and no other than an own one', async () => {
    const [alert] = await alertsFor(watching(), '');
    const query = 'mutation ($id: ID!) { acknowledgeFraudAlert(alertId: $id) { id state } }';
    const acknowledge = async (id: string, grant = watching()) =>
      parsed(await harbor.ask({ grant, query, variables: { id } })).data;
    const id = alert?.id ?? '';
    expect(await acknowledge(id, watching(['hb-20417-2']))).toEqual({ acknowledgeFraudAlert: null });
    expect(await acknowledge('al-unknown')).toEqual({ acknowledgeFraudAlert: null });
    const seen = { acknowledgeFraudAlert: { id, state: 'ACKNOWLEDGED' } };
    expect(await acknowledge(id)).toEqual(seen);
    expect(await acknowledge(id)).toEqual(seen);
    expect((await alertsFor(watching(), ''))[0]?.state).toBe('ACKNOWLEDGED');
  });

  const chat = `conversations { id messages(first: 50) { edges { node {
    text transaction { id description } payment { id amount { amount } } alert { id transaction { id } }
  } } } }`;

  interface Chat {
    readonly id: string;
    readonly messages: { readonly edges: readonly { readonly node: Record<string, object | null> }[] };
  }

  async function newestChat(grant: Asking['grant']): Promise<Record<string, object | null>[]> {
    const answer = await harbor.ask(ofCustomer(chat, grant));
    const [conversation] = entities<{ conversations: Chat[] }>(answer)[0]?.conversations ?? [];
    return conversation?.messages.edges.map(({ node }) => node) ?? [];
  }

  test('hang on messages under SUPPORT_CHAT: an entry, a payment, and an alert whose own entry stays shut', async () => {
    const messages = await newestChat(chatting());
    const attached = (name: string) => messages.map((message) => message[name]).find((item) => item !== null);
    expect(attached('transaction')).toMatchObject({
      id: expect.stringMatching(/^tx-/),
      description: expect.any(String),
    });
    expect(attached('payment')).toMatchObject({ id: expect.stringMatching(/^py-/) });
    expect(attached('alert')).toEqual({ id: expect.stringMatching(/^al-/), transaction: null });
  });

  test('stay out of a chat whose grant lists no anchor edge', async () => {
    const messages = await newestChat(chatting([]));
    expect(messages.length).toBeGreaterThan(3);
    expect(messages.every(({ transaction, payment, alert }) => !transaction && !payment && !alert)).toBe(true);
  });

  interface DatedChat {
    readonly id: string;
    readonly openedAt: string;
    readonly messages: { readonly edges: readonly { readonly node: { readonly sentAt: string } }[] };
  }

  /** The chats under a grant whose accounts reach back to these instants, one each. */
  async function chatsSince(...starts: readonly string[]): Promise<DatedChat[]> {
    const categories = ['RELATIONSHIP', 'CONVERSATION'] as const;
    const limited = starts.map((notBefore, index) => ({ ...covering(`hb-20417-${index + 1}`, categories), notBefore }));
    const selection = 'conversations { id openedAt messages(first: 50) { edges { node { sentAt } } } }';
    const answer = await harbor.ask(ofCustomer(selection, { ...chatting(), accounts: limited }));
    return entities<{ conversations: DatedChat[] }>(answer)[0]?.conversations ?? [];
  }

  const justAfter = (instant: string | undefined) => new Date(Date.parse(instant ?? '') + 1).toISOString();

  test('show no chat opened before the time that the grant reaches, and the account that reaches furthest decides', async () => {
    const [newest] = await chatsSince('2020-01-01T00:00:00Z');
    const openedAt = newest?.openedAt ?? '';
    const tooLate = justAfter(openedAt);
    expect(await chatsSince(openedAt)).toEqual([newest]);
    expect(await chatsSince(tooLate)).toEqual([]);
    expect(await chatsSince(tooLate, openedAt)).toEqual([newest]);
  });

  test('stay out of a chat where they are from before the time that the grant reaches', async () => {
    const [newest] = await chatsSince('2020-01-01T00:00:00Z');
    const grant = chatting();
    const granted = grant.accounts === 'all' ? [] : (grant.accounts ?? []);
    const limited = granted.map((account) => ({ ...account, notBefore: newest?.openedAt ?? '' }));
    const payments = async (facts: Asking['grant']) => (await newestChat(facts)).map(({ payment }) => payment);
    expect((await payments(grant)).some((payment) => payment !== null)).toBe(true);
    expect((await payments({ ...grant, accounts: limited })).every((payment) => payment === null)).toBe(true);
  });

  test('take no message to a chat opened before the time that the grant reaches', async () => {
    const [newest] = await chatsSince('2020-01-01T00:00:00Z');
    const account = covering('hb-20417-1', ['RELATIONSHIP', 'CONVERSATION']);
    const grant = { ...chatting(), accounts: [{ ...account, notBefore: justAfter(newest?.openedAt) }] };
    const query = `mutation { sendMessage(conversationId: "${newest?.id}", text: "late") { id } }`;
    expect(parsed(await harbor.ask({ grant, query }))).toEqual({ data: { sendMessage: null } });
  });

  test('open a chat at this bank only, and take messages to own open chats', async () => {
    const open =
      'mutation ($bank: ID!) { openConversation(bankId: $bank, subject: "s", text: "t") { id bank { id } } }';
    const at = async (bank: string) => {
      const { data } = parsed(await harbor.ask({ grant: chatting(), query: open, variables: { bank } }));
      return (data as { openConversation: { id: string } | null }).openConversation;
    };
    expect(await at('summit')).toBeNull();
    const conversation = await at('harbor');
    const send =
      'mutation ($id: ID!, $text: String!) { sendMessage(conversationId: $id, text: $text) { author text } }';
    const say = async (id: string, text: string) =>
      harbor.ask({ grant: chatting(), query: send, variables: { id, text } });
    expect(parsed(await say(conversation?.id ?? '', 'hello')).data).toEqual({
      sendMessage: { author: 'CUSTOMER', text: 'hello' },
    });
    expect(parsed(await say('cv-unknown', 'hello'))).toEqual({ data: { sendMessage: null } });
    expect(codes(await say(conversation?.id ?? '', ' '))).toEqual(['BAD_USER_INPUT']);
    expect(await newestChat(chatting())).toHaveLength(2);
  });

  test('say once what is said again under the same key, and refuse the key for anything else', async () => {
    const ask = (mutation: string, client = 'messenger') =>
      harbor.ask({ grant: { ...chatting(), client }, query: `mutation { ${mutation} { id } }` });
    const opening = (text: string) =>
      `openConversation(bankId: "harbor", subject: "s", text: "${text}", idempotencyKey: "once")`;
    const first = await ask(opening('hello'));
    const { id } = (parsed(first).data as { openConversation: { id: string } }).openConversation;
    expect((await ask(opening('hello'))).text).toBe(first.text);
    expect(codes(await ask(opening('good bye')))).toEqual(['BAD_USER_INPUT']);
    const saying = `sendMessage(conversationId: "${id}", text: "again", idempotencyKey: "twice")`;
    const said = await ask(saying);
    expect((await ask(saying)).text).toBe(said.text);
    expect(await newestChat(chatting())).toHaveLength(2);
    expect(codes(await ask(`sendMessage(conversationId: "${id}", text: "no", idempotencyKey: "once")`))).toEqual([
      'BAD_USER_INPUT',
    ]);
    // Another client's key is another key.
    expect((await ask(saying, 'bank-portal')).text).not.toBe(said.text);
    expect(await newestChat(chatting())).toHaveLength(3);
  });
});
