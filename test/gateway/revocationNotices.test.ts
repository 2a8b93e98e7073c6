/** Notices of revocations on their way to banks. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createAgreementPort, type RevocationNotice } from '../../src/consent/index.js';
import { createLogger } from '../../src/gateway/index.js';
import { createNotifying, type Notifying } from '../../src/gateway/revocationNotices.js';
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
function notifying(bank: string, status: 'LIVE' | 'NOT_PARTICIPATING' = 'LIVE'): Notifying {
  told.splice(0);
  return createNotifying({
    urls: new Map([['harbor', `http://127.0.0.1:${server.port}/graphql`]]),
    keys: () => keys,
    now,
    agreements: createAgreementPort([{ bank: 'harbor', status, region: 'US', covers: new Map() }]),
    logger: createLogger('silent'),
    everyMs: 2 ** 31 - 1,
    notices: { due: async () => [{ bank, notice }], told: async (consent) => void told.push(consent) },
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
  const mail = notifying('harbor', 'NOT_PARTICIPATING');
  await mail.deliver();
  expect([heard, told]).toEqual([[], []]);
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
