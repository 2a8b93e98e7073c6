/** threats.md, Side channels: errors, nulls, sizes, logs, names. */
import { expect, test } from '@jest/globals';
import { bytesOf } from '../journeys/httpClient.js';
import { account, holding } from '../partition/rows.js';
import { createWorld, standingAt } from '../partition/world.js';
import { ads, callsOf, codesOf, first, insights, refusedIn, type Section } from './running.js';

/** Attacks on classes 30, 31, 32 and 34; canaries.ts has 33. */
export const sideChannelAttacks: Section = (running) => {
  test('30 of what a bank says when it fails, nobody reads a word', async () => {
    const said = {
      message: 'insufficient funds: 12.30 at db-7.harbor.internal',
      path: ['_entities', 0, 'accounts', 0, 'nickname'],
      extensions: { code: 'EVIL', balance: '12.30', stacktrace: ['at ledger.js:1'], serviceName: 'harbor-core' },
    };
    const world = createWorld({
      banks: [standingAt('harbor', { a1: ['ACCOUNT_IDENTITY'] })],
      rows: { harbor: holding({ accounts: [account('a1')] }) },
      tamper: ({ data }) => ({
        data: JSON.parse(JSON.stringify(data).replaceAll('"nickname of a1"', 'null')) as unknown,
        errors: [said],
        extensions: { tracing: { sql: 'select 12.30' } },
      }),
    });
    const text = await world.text('{ me { accounts { id nickname } } }');
    expect(text).toContain('"errors"');
    expect(text).not.toMatch(/12\.30|insufficient|db-7|internal\b.*harbor|EVIL|ledger|serviceName|tracing|select/);
  });

  test('30 errors of the system hold a code and a bank, and no text of a bank', async () => {
    const { world } = running();
    for (const kind of ['error', 'garbage', 'types', 'throttle'] as const) {
      await world.setFault('summit', kind);
      const { errors } = await world.as(first('ACCOUNT_SERVICING'))('{ me { accounts { id balances { asOf } } } }');
      await world.clearFault('summit');
      expect(errors.length).toBeGreaterThan(0);
      for (const { message, extensions } of errors) {
        expect(Object.keys(extensions).filter((key) => !['code', 'bank'].includes(key))).toEqual([]);
        expect(message).not.toMatch(/127\.0\.0\.1|http|ECONN|JSON|Unexpected|\bat \w+/);
      }
    }
  });

  test('31 a denied field is null where it stands: no list or row above it goes with it', async () => {
    const answer = await running().world.as(first('FRAUD_ALERTS'))(
      `{ me { accounts { id availableBalance { asOf } balances { asOf } holder { name } terms { summary } bills { payee }
         transactions { edges { cursor } } } } }`,
    );
    const denied = {
      availableBalance: null,
      balances: null,
      holder: null,
      terms: null,
      bills: null,
      transactions: null,
    };
    const accounts = answer.data.me?.accounts ?? [];
    expect(accounts.length).toBeGreaterThan(0);
    for (const one of accounts) expect(one).toEqual({ id: expect.any(String), ...denied });
    expect(codesOf(answer)).toEqual(['PURPOSE_DENIED']);
  });

  test('32 what a narrow view is answered depends on no customer, bank or fault', async () => {
    const { world } = running();
    const queries = ['{ me { accounts { id } } }', '{ me { id } banks { id name } }', '{ account(id: "x") { id } }'];
    const answers = async () => {
      const all: string[] = [];
      for (const query of queries) for (const asker of [ads, insights]) all.push(bytesOf(await world.as(asker)(query)));
      return all;
    };
    const calm = await answers();
    await world.setFault('harbor', 'hang', 1000);
    const before = await callsOf(world);
    expect(await answers()).toEqual(calm);
    expect(await callsOf(world)).toBe(before);
    await world.clearFault('harbor');
  });

  test('32 a refusal costs no call, and is logged with the coordinates that it was after', async () => {
    const { world, log } = running();
    const before = (await log()).length;
    await world.as(ads)('{ me { accounts { balances { money { amount } } } } }');
    await world.as(first('FRAUD_ALERTS'))('{ me { accounts { holder { name } } } }');
    const lines = refusedIn(await log(), before).join('\n');
    for (const coordinate of ['Customer.accounts', 'Account.balances', 'holder']) expect(lines).toContain(coordinate);
  });

  test('34 a bank that did not disclose itself is named to nobody and looks like one that does not exist', async () => {
    const { world } = running();
    const query = 'query ($id: ID!) { bank(id: $id) { id name } banks { id name } }';
    for (const asker of [ads, insights, first('ACCOUNT_SERVICING'), first('CONSENT_MANAGEMENT')]) {
      const tried = await world.as(asker)(query, { id: 'union' });
      expect(tried.text).not.toMatch(/union/i);
      expect(bytesOf(tried)).toBe(bytesOf(await world.as(asker)(query, { id: 'nobody' })));
    }
    const grant = (bankId: string) =>
      world.as(first('CONSENT_MANAGEMENT'))(
        `mutation ($bankId: ID!) { grantConsent(bankId: $bankId, purpose: ACCOUNT_SERVICING, categories: [BALANCE], idempotencyKey: "u") { state } }`,
        { bankId },
      );
    expect(bytesOf(await grant('union'))).toBe(bytesOf(await grant('nobody')));
    expect((await world.bankLog('union')).count).toBe(0);
  });
};
