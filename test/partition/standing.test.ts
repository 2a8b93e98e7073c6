import { describe, expect, test } from '@jest/globals';
import { account, holding } from './rows.js';
import { type Answered, createWorld, standingAt, type World, type WorldOptions } from './world.js';

const rows = {
  harbor: holding({ accounts: [account('a1')] }),
  summit: holding({ accounts: [account('s1', 'summit')] }),
};
const atBoth = [standingAt('harbor', { a1: ['BALANCE'] }), standingAt('summit', { s1: ['BALANCE'] })];
const ids = '{ me { accounts { bank { id } } } }';

function codes({ errors = [] }: Answered): string[] {
  return errors.map(({ path, extensions: { code, bank } }) => `${JSON.stringify(path)} ${code} ${bank ?? ''}`.trim());
}

function reading(options: Partial<WorldOptions>): World {
  return createWorld({ banks: atBoth, rows, ...options });
}

describe('picking', () => {
  const query = '{ me { accounts { nickname currency } } }';

  test('shows all accounts of a bank while it waits, and nothing but what is listed for picking', async () => {
    const world = reading({ purpose: 'CONSENT_MANAGEMENT', banks: [standingAt('harbor', 'all', 'picking')] });
    const answer = await world.ask(query);
    expect(answer.data).toEqual({ me: { accounts: [{ nickname: 'nickname of a1', currency: null }] } });
    expect(codes(answer)).toEqual(['["me","accounts",0,"currency"] PURPOSE_DENIED']);
    expect(world.asked[0]?.query).not.toMatch(/currency/);
  });

  test('shows the accounts of a consent, and refuses a bank that shows another', async () => {
    const picked = standingAt('harbor', { a1: ['ACCOUNT_IDENTITY'] }, 'picking');
    const world = reading({
      purpose: 'CONSENT_MANAGEMENT',
      banks: [picked],
      rows: { harbor: holding({ accounts: [account('a1'), account('a2')] }) },
    });
    const answer = await world.ask('{ me { accounts { nickname } } }');
    expect(answer.data).toEqual({ me: { accounts: [] } });
    expect(codes(answer)).toEqual(['["me","accounts"] BANK_UNAVAILABLE harbor']);
  });

  test('needs the agreement', async () => {
    const world = reading({
      purpose: 'CONSENT_MANAGEMENT',
      banks: [standingAt('harbor', 'all', 'picking')],
      agreed: { harbor: [] },
    });
    expect(codes(await world.ask('{ me { accounts { nickname } } }'))).toEqual([
      '["me","accounts"] BANK_EXCLUDED harbor',
    ]);
    expect(world.asked).toEqual([]);
  });
});

describe('a revocation', () => {
  test('before a bank is asked keeps it from being asked', async () => {
    const world = reading({ epoch: () => 2 });
    const answer = await world.ask(ids);
    expect(answer.data).toEqual({ me: { accounts: [] } });
    expect(codes(answer)).toEqual([
      '["me","accounts"] REVOKED_IN_FLIGHT harbor',
      '["me","accounts"] REVOKED_IN_FLIGHT summit',
    ]);
    expect(world.asked).toEqual([]);
  });

  test('that cannot be known of keeps banks from being asked, and costs nothing else', async () => {
    const epoch = (): number => {
      throw new Error('the store is lost');
    };
    const world = reading({ epoch });
    const answer = await world.ask(ids);
    expect(answer.data).toEqual({ me: { accounts: [] } });
    expect(codes(answer)).toEqual(['["me","accounts"] STALE harbor', '["me","accounts"] STALE summit']);
    expect(world.asked).toEqual([]);
  });

  test('while a bank answers discards what it answered', async () => {
    let epoch = 1;
    const world = reading({
      epoch: () => epoch,
      banks: [standingAt('harbor', { a1: ['ACCOUNT_IDENTITY'] })],
      tamper: (answer) => {
        epoch = 2;
        return answer;
      },
    });
    const answer = await world.ask('{ me { accounts { nickname } } }');
    expect(answer.data).toEqual({ me: { accounts: [] } });
    expect(codes(answer)).toEqual(['["me","accounts"] REVOKED_IN_FLIGHT harbor']);
  });
});
