/** Many customers at once. */
import { beforeAll, expect, test } from '@jest/globals';
import { type Answer, type DemoWorld, type TokenRequest } from './demoWorld.js';

let world: DemoWorld;

const requests = 10_000;
const concurrent = 100;
const customers = ['customer-1', 'customer-2', 'customer-4'] as const;

/** Documents that all of them send, so that whatever is cached by text is shared between them. */
const documents = [
  '{ me { id accounts { id nickname maskedNumber balances { money { amount } } } } }',
  '{ me { connections { id accounts { maskedNumber id balances { money { amount } } } } displayName } }',
  '{ me { a: accounts { id } b: accounts { nickname } } }',
];

/** The same documents under purposes and views that see less, in between. */
const others: readonly TokenRequest[] = [
  { purpose: 'ACCOUNT_SERVICING', customer: 'customer-3' },
  { purpose: 'FRAUD_ALERTS', customer: 'customer-1' },
  { client: 'ads-engine', purpose: 'AD_TARGETING' },
];

const serving = (customer: string): TokenRequest => ({ purpose: 'ACCOUNT_SERVICING', customer });

/** The test of this journey, through a demo whose customers nobody has touched. */
export function isolationJourney(demo: () => DemoWorld): void {
  beforeAll(() => {
    world = demo();
  });

  test(`over ${requests} requests, ${concurrent} at a time, no customer ever sees a row of another`, async () => {
    await openOneAccount('customer-4');
    const marks = new Map<string, Marks>();
    for (const customer of customers) marks.set(customer, await marksOf(customer));
    const askers = [...customers.map(serving), ...others].map((asker) => askerOf(asker, marks));
    const rounds = new Map<Asker, number>();
    let repeats = 0;
    const again = (): void => {
      repeats += 1;
      if (repeats > patience) throw new Error(`banks were missing from more than ${patience} answers`);
    };
    await inTurns(async (turn) => {
      const asker = askers[turn % askers.length];
      const query = documents[Math.floor(turn / askers.length) % documents.length];
      if (asker === undefined || query === undefined) throw new Error('nobody asks');
      await askInTime(asker, query, again);
      rounds.set(asker, (rounds.get(asker) ?? 0) + 1);
    });
    expect([...rounds.values()].reduce((sum, count) => sum + count)).toBe(requests);
    expect(rounds.size).toBe(askers.length);
  }, 240_000);
}

/** What tells a customer's rows from all others, as it stands in an answer. */
interface Marks {
  readonly ids: readonly string[];
  /** Ids, masked numbers, names and amounts. */
  readonly all: ReadonlySet<string>;
}

/** Who asks, what all answers must hold, and what none may. */
interface Asker {
  readonly request: TokenRequest;
  readonly own: readonly string[];
  readonly foreign: readonly string[];
}

function askerOf(request: TokenRequest, marks: ReadonlyMap<string, Marks>): Asker {
  const mine = marks.get(request.customer ?? '');
  const others = [...marks].filter(([customer]) => customer !== request.customer).flatMap(([, { all }]) => [...all]);
  const foreign = others.filter((mark) => mine?.all.has(mark) !== true);
  return { request, own: request.purpose === 'ACCOUNT_SERVICING' ? (mine?.ids ?? []) : [], foreign };
}

async function marksOf(customer: string): Promise<Marks> {
  const { data, errors } = await world.as(serving(customer))(
    '{ me { id displayName accounts { id maskedNumber nickname balances { money { amount } } } } }',
  );
  expect(errors.filter(({ extensions }) => extensions.code !== 'CONSENT_REQUIRED')).toEqual([]);
  const accounts = data.me?.accounts ?? [];
  expect(accounts.length).toBeGreaterThan(0);
  const marks = accounts.flatMap(({ id, maskedNumber, nickname, balances }) => [
    ...[id, maskedNumber, nickname].filter((mark) => mark !== null),
    ...(balances?.map(({ money }) => money?.amount) ?? []),
  ]);
  const all = [data.me?.id, data.me?.displayName, ...marks].map((mark) => JSON.stringify(mark));
  return { ids: accounts.map(({ id }) => JSON.stringify(id)), all: new Set(all) };
}

/**
 * Codes of what a busy machine can cost a customer: six programs share two cores here, so a bank may miss its deadline.
 * Five misses open its breaker, which then answers for it at once, for five seconds. Nothing else may go wrong.
 */
const late: readonly string[] = ['BANK_UNAVAILABLE', 'SUBGRAPH_UNAVAILABLE'];

/** How often all askers together may ask again: what an open breaker refuses in its five seconds, more than once. */
const patience = requests;

/** What came late is asked for again; like any other answer it must not show a foreign row. */
async function askInTime(asker: Asker, query: string, again: () => void): Promise<void> {
  const answer = await world.graphql(await world.token(asker.request), { query });
  expectNothingForeign(answer, asker);
  const codes = answer.errors.map(({ extensions }) => extensions.code);
  if (answer.status !== 200 || !codes.some((code) => late.includes(code))) return expectWhole(answer, asker);
  again();
  return askInTime(asker, query, again);
}

function expectNothingForeign({ text }: Answer, { request, foreign }: Asker): void {
  const seen = foreign.filter((mark) => text.includes(mark));
  if (seen.length > 0) throw new Error(`\`${request.customer}\` saw ${seen.join(', ')}`);
}

function expectWhole({ status, text }: Answer, { request, own }: Asker): void {
  const { purpose, customer } = request;
  if (status !== (customer === undefined ? 400 : 200)) throw new Error(`\`${purpose}\` was answered: ${text}`);
  if (own.length === 0) return;
  const whole = own.every((id) => text.includes(id)) && !text.includes('"errors"');
  if (!whole) throw new Error(`\`${customer}\` did not see all that is its own: ${text}`);
}

/** `customer-4` has revoked: it consents anew, so that a third customer has rows. */
async function openOneAccount(customer: string): Promise<void> {
  const manage = world.as({ purpose: 'CONSENT_MANAGEMENT', customer });
  const grant = `mutation ($accounts: [ID!], $key: String!) { grantConsent(bankId: "harbor", purpose: ACCOUNT_SERVICING,
    categories: [ACCOUNT_IDENTITY, BALANCE], accountIds: $accounts, idempotencyKey: $key) { state } }`;
  await manage(grant, { key: 'wait' });
  const { data } = await manage('{ me { accounts { id } } }');
  const granted = await manage(grant, { accounts: data.me?.accounts?.map(({ id }) => id), key: 'pick' });
  expect(granted.data).toEqual({ grantConsent: { state: 'ACTIVE' } });
}

async function inTurns(run: (turn: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < requests) {
      const turn = next;
      next += 1;
      await run(turn);
    }
  };
  await Promise.all(Array.from({ length: concurrent }, worker));
}
