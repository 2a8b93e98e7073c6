import { describe, expect, test } from '@jest/globals';
import { createKeyRegistry, type KeyDecision, underRegistry } from '../../src/consent/index.js';
import type { Admission } from '../../src/partition/index.js';
import type { ConsentPort } from '../../src/policy/index.js';
import { Departures } from '../../src/gateway/departures.js';
import { refusalOf } from './bankGraph.js';
import { account, holding } from './rows.js';
import { createWorld, standingAt, type WorldOptions } from './world.js';

const accounts = '{ me { accounts { nickname } } }';

const banks = [standingAt('harbor', { a1: ['ACCOUNT_IDENTITY'] })];
const revocation: KeyDecision = { act: 'REVOKE', bank: 'harbor', kid: 'g1', enteredAt: 1, by: 'ops', reason: 'a test' };

const worldOf = (options: Partial<WorldOptions>) =>
  createWorld({
    banks,
    rows: { harbor: holding({ accounts: [account('a1')] }) },
    ...options,
  });

/** A line that makes a second attempt of each message after `between`, and goes by what comes of it. */
const twice =
  (between: () => void): NonNullable<WorldOptions['line']> =>
  async (message) => {
    between();
    const code = await refusalOf(message, message.headers());
    return code && { kind: 'failed', code };
  };

const codes = ({ errors = [] }: { errors?: readonly { extensions: { code: string } }[] }) =>
  errors.map(({ extensions }) => extensions.code);

describe('an attempt at a bank', () => {
  test('is refused where the consent moved since the one before, and the receipts say both', async () => {
    let epoch = 1;
    const world = worldOf({ epoch: () => epoch, line: twice(() => (epoch = 2)) });
    expect(codes(await world.ask(accounts))).toEqual(['REVOKED_IN_FLIGHT']);
    const receipts = await world.receipts();
    expect(receipts.map(({ decision }) => decision).sort()).toEqual(['REFUSED', 'REQUESTED']);
    expect(receipts.find(({ decision }) => decision === 'REQUESTED')?.interactions).toHaveLength(1);
  });

  test('is refused where the key that signed for it was revoked since: no attempt goes out under that key', async () => {
    const bankKeys = createKeyRegistry([], { now: () => new Date(), requireFresh: () => undefined });
    const own: ConsentPort = { standing: async () => ({ epoch: 1, banks }), epoch: async () => 1, knownEpoch: () => 1 };
    const consents = underRegistry(own, bankKeys);
    const revoke = (): void => bankKeys.apply([revocation]);
    const live = { consents, departures: new Departures(), handed: async () => undefined };
    const world = worldOf({ live, line: twice(revoke) });
    expect(codes(await world.ask(accounts))).toEqual(['REVOKED_IN_FLIGHT']);
    expect((await world.receipts()).find(({ decision }) => decision === 'REQUESTED')?.interactions).toHaveLength(1);
  });

  test('each counts towards what its agreement allows, and one that is refused does not', async () => {
    let [counted, epoch] = [0, 1];
    const admission: Admission = { barred: () => undefined, admit: () => void (counted += 1) };
    await worldOf({ admission, line: twice(() => undefined) }).ask(accounts);
    expect(counted).toBe(2);
    await worldOf({ admission, epoch: () => epoch, line: twice(() => (epoch = 2)) }).ask(accounts);
    expect(counted).toBe(3);
  });

  test.each(['BANK_UNAVAILABLE', 'BANK_THROTTLED'] as const)('is refused with %s, and never told of', async (code) => {
    const admission: Admission = { barred: () => undefined, admit: () => code };
    const world = worldOf({ admission });
    expect(codes(await world.ask(accounts))).toEqual([code]);
    expect(world.asked).toEqual([]);
    expect(await world.receipts()).toEqual([]);
  });

  test('is not begun while the bank may not be asked', async () => {
    const messages: string[] = [];
    const admission: Admission = { barred: () => 'BANK_THROTTLED', admit: () => undefined };
    const world = worldOf({ admission, wire: async ({ bank }) => (messages.push(bank), { kind: 'answer', text: '' }) });
    expect(codes(await world.ask(accounts))).toEqual(['BANK_THROTTLED']);
    expect(messages).toEqual([]);
  });
});
