/** What grants cost, apart from everything else: the gateway's side and a bank's side, in microseconds a call. */
import { createPrivateKey } from 'node:crypto';
import { createGrantIssuer } from '../../dist/src/partition/index.js';
import { createCallCheck } from '../../dist/src/partner/callCheck.js';
import { accountReferenceAt, bankId, customerReferenceAt } from '../banks/rows.mjs';
import { grantKeysFor } from './keys.mjs';

const audience = bankId(0);
const now = () => new Date();
const payload = JSON.stringify({ query: `{${' field'.repeat(80)} }`, variables: { representations: [{ ref: 'x' }] } });

/** `{ signUs, bindUs, verifyNewUs, verifyKnownUs }`: a new grant, a body bound to a known one, and both checks of a bank. */
export async function measureGrants() {
  const { gateway, partners } = grantKeysFor([audience]);
  const { kid, grantKey, macKey } = gateway[audience];
  const key = createPrivateKey({ key: grantKey, format: 'jwk' });
  const keys = () => ({ grantKey: { kid, key }, macKey: Buffer.from(macKey, 'base64') });
  const issuer = createGrantIssuer({ keys, policyHash: '0'.repeat(64), now });
  const check = createCallCheck({ audience, keys: () => partners[audience], now });
  const bindNew = async (epoch) => (await issuer.bind(body, epoch, payload))();
  const bindKnown = () => bindNew(0);
  const calls = { fresh: [], known: [] };
  const signUs = await timeEach(async (index) => void calls.fresh.push(await bindNew(index + 1)));
  const bindUs = await timeEach(async () => void calls.known.push(await bindKnown()));
  const verify = (list) => (index) => check(lowerCase(list[index]), payload);
  return {
    signUs: signUs - bindUs,
    bindUs,
    verifyNewUs: await timeEach(verify(calls.fresh)),
    verifyKnownUs: await timeEach(verify(calls.known)),
  };
}

const body = {
  aud: audience,
  sub: customerReferenceAt(audience),
  client: 'messenger',
  purpose: 'ACCOUNT_SERVICING',
  scope: ['RELATIONSHIP', 'BALANCE', 'TRANSACTION_CORE'],
  accounts: [{ reference: accountReferenceAt(audience), categories: ['RELATIONSHIP', 'BALANCE'], anchored: [] }],
  consents: [{ id: 'consent', version: 1 }],
};

const repetitions = 1000;

async function timeEach(work) {
  const startedAt = performance.now();
  for (let index = 0; index < repetitions; index += 1) await work(index);
  return ((performance.now() - startedAt) / repetitions) * 1000;
}

function lowerCase(headers) {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
