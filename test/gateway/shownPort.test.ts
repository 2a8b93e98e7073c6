/** What the platform's own records show of banking: recorded, and gone with the consent, as what banks answer is. */
import { describe, expect, test } from '@jest/globals';
import { Departures } from '../../src/gateway/departures.js';
import { categoriesOf } from '../../src/policy/index.js';
import type { Receipt } from '../../src/receipt/index.js';
import { createWorld, standingAt, type World, type WorldOptions } from '../partition/world.js';

const harbor: WorldOptions = { banks: [standingAt('harbor', 'all')], rows: {} };
const managing: WorldOptions = { ...harbor, purpose: 'CONSENT_MANAGEMENT' };
const connections = '{ me { id connections { id bank { name } } } }';
const consents = '{ me { consents { id state bank { name } accountIds } } }';

/** The epoch as it is from its second look on. */
function movedAfter(looks: number): () => number {
  let seen = 0;
  return () => (++seen > looks ? 2 : 1);
}

const told = ({ decision, bank, categories, objectCount, consents: rested }: Receipt): unknown[] => [
  decision,
  bank,
  categoriesOf(categories),
  objectCount,
  rested?.map(({ id }) => id),
];

async function receiptsOf(world: World): Promise<unknown[]> {
  return (await world.receipts()).map(told);
}

describe('connections', () => {
  test('leave a receipt without a bank, under the consents that they rest on', async () => {
    const world = createWorld(harbor);
    expect(await world.ask(connections)).toMatchObject({ data: { me: { connections: [{}, {}] } } });
    expect(await receiptsOf(world)).toEqual([['RELEASED', undefined, ['RELATIONSHIP'], 3, ['consent-harbor']]]);
  });

  test.each([0, 1])('are discarded where the consent moves before bytes leave, seen at look %d', async (looks) => {
    const world = createWorld({ ...harbor, epoch: movedAfter(looks) });
    expect(await world.ask(connections)).toMatchObject({
      data: { me: { id: 'pairwise', connections: null } },
      errors: [{ path: ['me', 'connections'], extensions: { code: 'REVOKED_IN_FLIGHT' } }],
    });
    expect((await receiptsOf(world)).at(-1)).toEqual([
      'REVOKED_IN_FLIGHT',
      undefined,
      ['RELATIONSHIP'],
      0,
      ['consent-harbor'],
    ]);
  });

  test('stay in when their receipt cannot be kept', async () => {
    const world = createWorld({ ...harbor, append: async () => Promise.reject(new Error('the store is down')) });
    expect(await world.ask(connections)).toMatchObject({
      data: { me: { id: 'pairwise', connections: null } },
      errors: [{ path: ['me', 'connections'], extensions: { code: 'STALE' } }],
    });
  });

  test('hold up a revocation until they are on their socket', async () => {
    const departures = new Departures();
    let tell: () => void = () => undefined;
    const socket = new Promise<void>((resolve) => (tell = resolve));
    const standing = { epoch: 1, banks: harbor.banks };
    const live = {
      consents: { standing: async () => standing, epoch: async () => 1, knownEpoch: () => 1 },
      departures,
      handed: () => socket,
    };
    await createWorld({ ...harbor, live }).ask(connections);
    const order: string[] = [];
    const settled = departures.settled().then(() => order.push('acknowledged'));
    await new Promise(setImmediate);
    order.push('on the socket');
    tell();
    await settled;
    expect(order).toEqual(['on the socket', 'acknowledged']);
  });
});

describe('the records of consents', () => {
  test('leave a receipt of what they show, and of what they refuse', async () => {
    const world = createWorld(harbor);
    await world.ask(consents);
    expect(await receiptsOf(world)).toEqual([
      ['RELEASED', undefined, ['RELATIONSHIP'], 1, ['consent-harbor']],
      ['REFUSED', undefined, ['RELATIONSHIP'], 0, []],
    ]);
  });

  test('leave none where nothing financial is asked of them', async () => {
    const world = createWorld(harbor);
    await world.ask('{ me { consents { id state } } }');
    expect(await receiptsOf(world)).toEqual([]);
  });

  test('rest on no consent where they are managed: another that moves takes nothing away', async () => {
    const world = createWorld({ ...managing, epoch: movedAfter(0) });
    expect(await world.ask(consents)).toMatchObject({
      data: { me: { consents: [{ bank: { name: 'Bank harbor' }, accountIds: ['sealed'] }, {}] } },
    });
    expect((await receiptsOf(world))[0]).toEqual(['RELEASED', undefined, ['RELATIONSHIP'], 1, []]);
  });

  test('keep their banks in when the receipt cannot be kept, and say all the rest', async () => {
    const world = createWorld({ ...managing, append: async () => Promise.reject(new Error('the store is down')) });
    const { data, errors } = await world.ask(consents);
    expect(data).toMatchObject({ me: { consents: [{ id: 'consent-harbor', state: 'ACTIVE', bank: null }, {}] } });
    expect(errors?.map(({ extensions }) => extensions.code)).toContain('STALE');
  });
});
