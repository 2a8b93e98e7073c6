import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { KyselyPlugin } from 'kysely';
import {
  type ConsentRepository,
  type CustomerConsents,
  createAgreementRegistry,
  createKeyRegistry,
  createConsentPort,
  dayMs,
  underRegistry,
} from '../../src/consent/index.js';
import { Departures } from '../../src/gateway/departures.js';
import { financialMask } from '../../src/policy/index.js';
import {
  createConsentStore,
  createKeyStore,
  type Database,
  followRegistry,
  startLiveConsents,
} from '../../src/store/index.js';
import { makeConsent } from '../consent/makeConsent.js';
import { account, holding } from '../partition/rows.js';
import { createWorld, customer, type World } from '../partition/world.js';
import { type EmptyDatabase, emptyEmbedded } from '../store/databases.js';
import { keys, receiptStore } from '../store/receiptWorld.js';

const requests = 10;
const query = '{ me { accounts { nickname balances { money { amount } } } } }';
/** So rarely that nothing is read again while a test runs. */
const never = 2 ** 31 - 1;
/** A clock that stands still: no lease runs out, however slow the machine is. */
const monotonicMs = (): number => 0;
const onFailure = (error: unknown): void => {
  throw error;
};

/** A handle on the same database that counts every statement which goes through it, in transactions too. */
function counted(database: Database): Database & { readonly statements: () => number } {
  let count = 0;
  const counter: KyselyPlugin = {
    transformQuery: ({ node }) => {
      count += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const query = database.query.withPlugin(counter);
  return {
    kind: database.kind,
    query,
    transaction: (work) => query.transaction().execute(work),
    listen: (channel, heard) => database.listen(channel, heard),
    close: () => database.close(),
    statements: () => count,
  };
}

/** Reads the store each time that it is waited for, and knows what it read last. */
function forgetful(store: ConsentRepository): ConsentRepository {
  let last: CustomerConsents | undefined;
  return {
    ofCustomer: async (whose) => (last = await store.ofCustomer(whose)),
    known: () => last,
    change: (whose, step) => store.change(whose, step),
    roll: () => store.roll(),
    customersOf: (search) => store.customersOf(search),
  };
}

describe('a request in steady state', () => {
  let database: EmptyDatabase;
  const closing: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    database = await emptyEmbedded();
  });
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
    await database.end();
  });

  /** The stages over the store, consents from `repository`; and what statements the decisions and the receipts have cost so far. */
  const gatewayOver = async (open: (decisions: Database) => Promise<ConsentRepository>) => {
    const [decisions, receipts] = [counted(await database.open()), counted(await database.open())];
    const repository = await open(decisions);
    const granted = Date.now() - dayMs;
    const times = { grantedAt: granted, stateSince: granted, expiresAt: granted + 300 * dayMs };
    const consent = makeConsent({ id: randomUUID(), customer, accounts: ['a1'], customerReference: 'c1', ...times });
    await repository.change(customer, ({ epoch }) => ({ consents: epoch === 0 ? [consent] : [], result: undefined }));
    const covers = new Map([['ACCOUNT_SERVICING', financialMask] as const]);
    const configured = [{ bank: 'harbor', status: 'LIVE', region: 'US', covers } as const];
    const registry = createAgreementRegistry(configured, { now: () => new Date(), monotonicMs });
    const requireFresh = () => void registry.revision();
    const follower = await followRegistry(decisions, {
      registry,
      keys: {
        store: createKeyStore(decisions, keys),
        registry: createKeyRegistry([], { now: () => new Date(), requireFresh }),
      },
      monotonicMs,
      onFailure,
      everyMs: never,
    });
    const journal = receiptStore(receipts);
    closing.push(
      () => follower.stop(),
      () => journal.close(),
    );
    const consents = underRegistry(
      createConsentPort(repository, registry, () => new Date()),
      registry,
    );
    const world = createWorld({
      banks: [],
      rows: { harbor: holding({ accounts: [account('a1')] }) },
      live: { consents, departures: new Departures(), handed: async () => undefined },
      append: (batch) => journal.append(batch),
    });
    return { world, spent: () => ({ decisions: decisions.statements(), receipts: receipts.statements() }) };
  };

  const live = async (decisions: Database): Promise<ConsentRepository> => {
    const consents = await startLiveConsents(decisions, keys, { monotonicMs, onFailure, everyMs: never });
    closing.push(() => consents.stop());
    return consents;
  };

  const askOften = async (world: World): Promise<void> => {
    for (const _ of Array.from({ length: requests })) {
      expect(await world.ask(query)).toMatchObject({ data: { me: { accounts: [{ balances: [{}] }] } } });
    }
  };

  test('makes no statement for consents and agreements, and one for its receipts', async () => {
    const { world, spent } = await gatewayOver(live);
    await world.ask(query);
    const before = spent();
    await askOften(world);
    const { decisions, receipts } = spent();
    expect({ decisions: decisions - before.decisions, receipts: receipts - before.receipts }).toEqual({
      decisions: 0,
      receipts: requests,
    });
  });

  test('is not what this count sees where each decision reads the store', async () => {
    const { world, spent } = await gatewayOver(async (decisions) => forgetful(createConsentStore(decisions, keys)));
    await world.ask(query);
    const before = spent();
    await askOften(world);
    expect(spent().decisions - before.decisions).toBeGreaterThanOrEqual(requests);
  });
});
