/** What partners are spoken to with, while that changes. */
import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { ClientFault } from '../../src/fault/index.js';
import { type AudienceKeys, createGrantIssuer, type GrantBody, grantHeaders } from '../../src/partition/index.js';
import { account, holding } from './rows.js';
import { createWorld, standingAt } from './world.js';

const macKey = new Uint8Array(32).fill(9);
const key = generateKeyPairSync('ed25519').privateKey;
const keysNamed = (kid: string): AudienceKeys => ({ grantKey: { kid, key }, macKey });

test('a grant is reused under the key that signed it, and not once another key is used', async () => {
  let kid = 'g1';
  const issuer = createGrantIssuer({ keys: () => keysNamed(kid), policyHash: 'hash', now: () => new Date() });
  const body: GrantBody = { aud: 'harbor', purpose: 'ACCOUNT_SERVICING', scope: [], accounts: [], consents: [] };
  const sent = async (): Promise<string> => (await issuer.bind(body, 1, '{}'))()[grantHeaders.authorization] ?? '';
  const [one, again] = [await sent(), await sent()];
  expect(again).toBe(one);
  kid = 'g2';
  expect(decodeProtectedHeader((await sent()).slice('Bearer '.length)).kid).toBe('g2');
});

test.each(['BANK_UNAVAILABLE', 'STALE'] as const)(
  'a bank without a key (%s) is not asked, and costs its own rows alone',
  async (code) => {
    const world = createWorld({
      banks: ['harbor', 'summit'].map((bank) => standingAt(bank, { [`${bank}-a`]: ['BALANCE'] })),
      rows: {
        harbor: holding({ accounts: [account('harbor-a', 'harbor')] }),
        summit: holding({ accounts: [account('summit-a', 'summit')] }),
      },
      keys: (bank) => {
        if (bank === 'harbor') throw new ClientFault(code);
        return keysNamed('g1');
      },
    });
    const { data, errors } = await world.ask('{ me { accounts { bank { id } } } }');
    expect(data).toEqual({ me: { accounts: [{ bank: { id: 'summit' } }] } });
    expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code, bank: 'harbor' }]);
    expect(world.asked.map(({ bank }) => bank)).toEqual(['summit']);
  },
);
