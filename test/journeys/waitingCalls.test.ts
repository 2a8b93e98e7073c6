/** Consent revoked while calls wait at the door of a bank: under two instances over one store, with HTTP in between. */
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import { createConsentPort, revoke } from '../../src/consent/index.js';
import { createTransport, type Transport } from '../../src/fetch/index.js';
import { Departures } from '../../src/gateway/departures.js';
import { createLogger } from '../../src/gateway/log.js';
import { partnerLine } from '../../src/gateway/partnerLine.js';
import { type Agreement, maskOf } from '../../src/policy/index.js';
import type { LiveConsents } from '../../src/store/index.js';
import { makeConsent } from '../consent/makeConsent.js';
import { type Bank, Gate, good, json, openBank } from '../fetch/bank.js';
import { type Answered, createWorld, customer, type World } from '../partition/world.js';
import { onEachDatabase } from '../store/databases.js';
import { instancesOver } from '../store/liveInstances.js';

const harbor: Agreement = { bank: 'harbor', status: 'LIVE', region: 'US', covers: new Map() };
const query = '{ me { accounts { nickname balances { money { amount } } } } }';
const codes = ({ errors = [] }: Answered): string[] => errors.map(({ extensions }) => extensions.code);

onEachDatabase('a call that waits', (open) => {
  const { start, stop } = instancesOver(open);
  const closing: (() => Promise<void>)[] = [stop];
  afterEach(async () => {
    for (const close of closing.splice(1).reverse()) await close();
    await stop();
  });

  /** A bank that answers as told, and how often it was told something. */
  const bankThat = async (answer: (res: ServerResponse) => void): Promise<Bank> => {
    const bank = await openBank(answer);
    closing.push(() => bank.close());
    return bank;
  };

  /** A gateway with one connection to the bank, over its own view of the consents; `posted` is told of each call that it makes. */
  const gatewayTo = (bank: Bank, live: LiveConsents, posted: () => void): World => {
    const transport = createTransport({ destinations: [{ url: bank.url, maxConnections: 1 }] });
    closing.push(() => transport.close());
    const telling: Transport = {
      ...transport,
      post: (call) => {
        posted();
        return transport.post(call);
      },
    };
    const urls = new Map([['harbor', bank.url]]);
    const consents = createConsentPort(live, { agreement: () => harbor, agreements: () => [harbor] }, () => new Date());
    return createWorld({
      banks: [],
      rows: {},
      wire: partnerLine({ urls, transport: telling, maxAnswerBytes: 1_000_000, logger: createLogger('silent') }),
      live: { consents, departures: new Departures(), handed: async () => undefined },
    });
  };

  const granted = async (live: LiveConsents): Promise<string> => {
    const id = randomUUID();
    const dates = { grantedAt: Date.now() - 1000, stateSince: Date.now() - 1000, expiresAt: Date.now() + 3_600_000 };
    const facts = { id, customer, customerReference: 'harbor-c1', accounts: ['a1'], ...dates };
    const consent = makeConsent({ ...facts, categories: maskOf(['BALANCE', 'ACCOUNT_IDENTITY']) });
    await live.change(customer, () => ({ consents: [consent], result: undefined }));
    return id;
  };

  test('for a connection does not reach the bank after a revocation elsewhere was acknowledged', async () => {
    const [own, other] = [await start(), await start()];
    const id = await granted(own);
    const [arrived, waiting] = [new Gate(), new Gate()];
    const held: ServerResponse[] = [];
    const bank = await bankThat((res) => {
      held.push(res);
      arrived.open();
    });
    let calls = 0;
    const world = gatewayTo(bank, own, () => void ((calls += 1) === 2 && waiting.open()));
    const first = world.ask(query);
    await arrived.opened;
    const second = world.ask(query);
    await waiting.opened;
    await other.change(customer, revoke(id, Date.now()));
    held.forEach((res) => res.writeHead(200, json).end(good));
    expect(codes(await second)).toEqual(['REVOKED_IN_FLIGHT']);
    await first;
    expect(bank.received).toHaveLength(1);
    const refused = (await world.receipts()).filter(({ decision }) => decision === 'REFUSED');
    expect(refused).toMatchObject([{ bank: 'harbor', objectCount: 0 }]);
  });

  test('to be tried once more does not reach the bank after a revocation was acknowledged', async () => {
    const [own, other] = [await start(), await start()];
    const id = await granted(own);
    const revoking = () => other.change(customer, revoke(id, Date.now()));
    const bank = await bankThat((res) => void revoking().then(() => res.writeHead(503).end()));
    const world = gatewayTo(bank, own, () => undefined);
    expect(codes(await world.ask(query))).toEqual(['REVOKED_IN_FLIGHT']);
    expect(bank.received).toHaveLength(1);
    const decisions = (await world.receipts()).map(({ decision }) => decision).sort();
    expect(decisions).toEqual(['REFUSED', 'REQUESTED']);
  });

  test('goes when it has its connection where nothing was revoked', async () => {
    const own = await start();
    await granted(own);
    const bank = await bankThat((res) => res.writeHead(200, json).end(good));
    const world = gatewayTo(bank, own, () => undefined);
    await Promise.all([world.ask(query), world.ask(query)]);
    expect(bank.received).toHaveLength(2);
  });
});
