/** Notices of revocations on their way to banks. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  createAgreementPort,
  createAgreementRegistry,
  currentAgreements,
  type RegisteredAgreementPort,
  type RevocationNotice,
} from '../../src/consent/index.js';
import { ClientFault } from '../../src/fault/index.js';
import { createLogger } from '../../src/gateway/index.js';
import type { Notifying } from '../../src/gateway/notifying.js';
import { createNotifying } from '../../src/gateway/revocationNotices.js';
import { createRevocationBook, type RunningServer, startServer } from '../../src/partner/index.js';

const now = () => new Date();
const macKey = randomBytes(32);
const keys = { grantKey: { kid: 'k', key: generateKeyPairSync('ed25519').privateKey }, macKey };
const notice: RevocationNotice = { consent: 'c1', version: 2, revokedAt: '2026-11-01T10:00:00.000Z' };

/** What the bank does with the notices that come. */
let isDown = false;
const heard: RevocationNotice[] = [];
const book = createRevocationBook({
  macKeys: [{ key: macKey.toString('base64') }],
  now,
  onRevocation: (taken) => {
    if (isDown) throw new Error('the bank cannot write it down');
    heard.push(taken);
  },
});

let server: RunningServer;
beforeAll(async () => {
  server = await startServer(0, (request, response) => {
    expect(request.url).toBe('/revocations');
    return book.handle(request, response);
  });
});
afterAll(() => server.close());
beforeEach(() => {
  isDown = false;
  heard.splice(0);
});

const told: string[] = [];
const standing = (status: 'LIVE' | 'NOT_PARTICIPATING'): RegisteredAgreementPort =>
  createAgreementPort([{ bank: 'harbor', status, region: 'US', covers: new Map() }]);
/** How often it was asked what is due. */
let asked = 0;
function notifying(bank: string, agreements = standing('LIVE')): Notifying {
  told.splice(0);
  asked = 0;
  return createNotifying({
    urls: new Map([['harbor', `http://127.0.0.1:${server.port}/graphql`]]),
    keys: () => keys,
    now,
    agreements,
    logger: createLogger('silent'),
    everyMs: 2 ** 31 - 1,
    notices: {
      due: async () => {
        asked += 1;
        return [{ bank, notice }];
      },
      told: async (consent) => void told.push(consent),
    },
  });
}

test('reach the bank whose consent it was, which says that it took them', async () => {
  const mail = notifying('harbor');
  await mail.deliver();
  expect([heard, told]).toEqual([[notice], ['c1']]);
  await mail.close();
});

test('are not told while the bank cannot take them, and are once it can', async () => {
  isDown = true;
  const mail = notifying('harbor');
  await mail.deliver();
  expect([heard, told]).toEqual([[], []]);
  isDown = false;
  await mail.deliver();
  expect([heard, told]).toEqual([[notice], ['c1']]);
  await mail.close();
});

test('do not reach a bank that takes no part', async () => {
  const mail = notifying('harbor', standing('NOT_PARTICIPATING'));
  await mail.deliver();
  expect([heard, told]).toEqual([[], []]);
  await mail.close();
});

test('are not even taken up while nobody knows how banks stand, and reach the bank once that is known', async () => {
  const clock = { now: () => new Date(0), monotonicMs: () => 0 };
  const registry = createAgreementRegistry(standing('LIVE').agreements(), clock);
  const mail = notifying('harbor', currentAgreements(registry));
  await mail.deliver();
  expect([heard, told, asked]).toEqual([[], [], 0]);
  registry.apply([], 0);
  await mail.deliver();
  expect([heard, told]).toEqual([[notice], ['c1']]);
  await mail.close();
});

test('are not sent where nobody knows how the bank stands any more when they would be', async () => {
  const live = standing('LIVE');
  let looks = 0;
  const lapsing = (): RegisteredAgreementPort => {
    looks += 1;
    if (looks > 2) throw new ClientFault('STALE');
    return live;
  };
  const mail = notifying('harbor', { ...live, agreements: () => lapsing().agreements() });
  await mail.deliver();
  expect([looks, heard, told]).toEqual([3, [], []]);
  await mail.close();
});

test('of a partner that is no bank are done with', async () => {
  const mail = notifying('wallet');
  await mail.deliver();
  expect([heard, told]).toEqual([[], ['c1']]);
  await mail.close();
});

test('that nobody bound to the key are not taken', async () => {
  const url = `http://127.0.0.1:${server.port}/revocations`;
  const { status } = await fetch(url, { method: 'POST', body: JSON.stringify(notice) });
  expect([status, heard]).toEqual([401, []]);
});
