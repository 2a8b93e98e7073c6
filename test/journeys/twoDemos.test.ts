/** Two demos whose banks hold different values, and what shows in both, in one, or in none. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bankNames, type DemoWorld, startDemos } from './demoWorld.js';
import { foreignIdsJourney } from './foreignIds.js';
import { isolationJourney } from './isolation.js';
import { noPathJourney } from './noPath.js';
import { processesBelow } from './processes.js';

let worlds: readonly [DemoWorld, DemoWorld];
const plain = () => worlds[0];
const salted = () => worlds[1];

beforeAll(async () => {
  worlds = (await startDemos({}, { RINGFENCE_SANDBOX_SALT: 'another' })) as [DemoWorld, DemoWorld];
}, 120_000);
afterAll(() => Promise.all(worlds.map((world) => world.stop())));

describe('two demos with different salts', () => {
  test('hold the same accounts and other amounts, texts and entries', async () => {
    const query = `{ me { accounts { id bank { id } kind balances { kind money { amount } }
      transactions(first: 25) { edges { node { id description amount { amount } } } } } } }`;
    const [one, two] = await Promise.all(
      worlds.map(async (world) => {
        const { data, errors } = await world.as({ purpose: 'ACCOUNT_SERVICING', customer: 'customer-1' })(query);
        expect(errors.filter(({ extensions }) => extensions.code !== 'BANK_EXCLUDED')).toEqual([]);
        return data.me?.accounts ?? [];
      }),
    );
    expect(one?.map(({ bank, kind }) => [bank?.id, kind])).toEqual(two?.map(({ bank, kind }) => [bank?.id, kind]));
    const amounts = (accounts: typeof one) =>
      accounts?.map(({ balances }) => balances?.map(({ money }) => money?.amount));
    const entries = (accounts: typeof one) =>
      accounts?.flatMap(({ transactions }) => transactions?.edges?.map(({ node }) => String(node?.id)) ?? []) ?? [];
    amounts(one)?.forEach((own, index) => expect(own).not.toEqual(amounts(two)?.[index]));
    expect(entries(one).filter((id) => entries(two).includes(id))).toEqual([]);
  });
});

describe('ids of other customers', () => {
  foreignIdsJourney(plain);
});

describe('principals without a path', () => {
  noPathJourney(() => ({ plain: plain(), salted: salted() }));
});

describe('many customers at once', () => {
  isolationJourney(salted);
});

describe('two demos at their end', () => {
  test('run each bank as a process of its own, and leave none behind when stopped', async () => {
    const families = await Promise.all(worlds.map((world) => processesBelow(world.process.pid ?? 0)));
    // The gateway, the banks, and the platform's subgraphs.
    for (const family of families) expect(family.length).toBe(2 + bankNames.length);
    await Promise.all(worlds.map((world) => world.stop()));
    const living = await Promise.all(families.flat().map((pid) => processesBelow(pid)));
    expect(living.flat()).toEqual([]);
    expect(worlds.map((world) => world.process.exitCode)).toEqual([0, 0]);
  });
});
