import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { fetchedKeyRing, type KeyRing } from '../../src/principal/keyRing.js';
import { newKey, type SigningKey } from './issuance.js';

let first: SigningKey;
let second: SigningKey;
/** What the issuer would answer now; an error when it is down. */
let published: unknown;
let loads: number;
/** What happens while the issuer is asked. */
let onLoad: () => void;
let failures: unknown[];
let atMs: number;
let ring: KeyRing;

const has = (kid: string) =>
  ring.key({ alg: 'EdDSA', kid }).then(
    () => true,
    () => false,
  );

beforeAll(async () => {
  [first, second] = [await newKey('first'), await newKey('second')];
});

beforeEach(() => {
  published = { keys: [first.jwk] };
  loads = 0;
  onLoad = () => undefined;
  failures = [];
  atMs = 1_800_000_000_000;
  ring = fetchedKeyRing({
    load: async () => {
      loads += 1;
      await Promise.resolve();
      onLoad();
      if (published instanceof Error) throw published;
      return published;
    },
    now: () => new Date(atMs),
    onFailure: (error) => failures.push(error),
  });
});

describe('keys that are fetched', () => {
  test('are not had before the issuer was reached, and not asked for in a storm', async () => {
    published = new Error('down');
    expect(await Promise.all([has('first'), has('first'), has('first')])).toEqual([false, false, false]);
    expect(await has('first')).toBe(false);
    expect(loads).toBe(1);
    expect(failures).toHaveLength(1);
    expect(ring.generation()).toBeUndefined();
    atMs += 5_000;
    published = { keys: [first.jwk] };
    expect(await has('first')).toBe(true);
  });

  test('are loaded once for many requests at once', async () => {
    expect(await Promise.all([has('first'), has('first'), has('first')])).toEqual([true, true, true]);
    expect(loads).toBe(1);
  });

  test('are loaded anew for a key id that is not among them, but seldom', async () => {
    await has('first');
    published = { keys: [first.jwk, second.jwk] };
    expect(await has('second')).toBe(false);
    atMs += 5_000;
    expect(await has('second')).toBe(true);
    expect(await Promise.all(['a', 'b', 'c', 'd'].map(has))).toEqual([false, false, false, false]);
    expect(loads).toBe(2);
  });

  test('are refreshed behind the scenes, so that a withdrawn key stops working', async () => {
    await has('first');
    const before = ring.generation();
    published = { keys: [second.jwk] };
    atMs += 60_000;
    expect(await has('first')).toBe(true);
    expect(await has('second')).toBe(true);
    expect(await has('first')).toBe(false);
    expect(ring.generation()).not.toBe(before);
  });

  test('are not asked for again while younger than a minute', async () => {
    await has('first');
    atMs += 59_999;
    expect(await has('first')).toBe(true);
    expect(loads).toBe(1);
  });

  test('are the same keys for as long as the issuer publishes the same', async () => {
    await has('first');
    const before = ring.generation();
    atMs += 60_000;
    await has('first');
    await has('first');
    expect(loads).toBe(2);
    expect(ring.generation()).toBe(before);
  });

  test('are used for five minutes without the issuer, and then no longer', async () => {
    await has('first');
    published = new Error('down');
    atMs += 299_999;
    expect(await has('first')).toBe(true);
    expect(ring.generation()).toBeDefined();
    atMs += 1;
    expect(ring.generation()).toBeUndefined();
    expect(await has('first')).toBe(false);
  });

  test('are too old when the clock went back', async () => {
    await has('first');
    published = new Error('down');
    atMs -= 1;
    expect(await has('first')).toBe(false);
  });

  test.each([[null], [[]], ['keys'], [{ keys: 'none' }], [{ keys: [1] }]])(
    'are kept when the issuer answers %j',
    async (rubbish) => {
      await has('first');
      published = rubbish;
      atMs += 60_000;
      expect(await has('first')).toBe(true);
      expect(await has('first')).toBe(true);
      expect(failures).toHaveLength(1);
    },
  );

  test('lack one that is refused as a key is, also where they grow too old while it is looked for', async () => {
    const refusalOf = async (kid: string) => await ring.key({ alg: 'EdDSA', kid }).catch((error: unknown) => error);
    await has('first');
    atMs += 299_999;
    onLoad = () => (atMs += 1);
    published = new Error('down');
    expect(await refusalOf('second')).toMatchObject({ reason: 'signature', detail: 'ERR_JWKS_NO_MATCHING_KEY' });
    expect(ring.generation()).toBeUndefined();
  });

  test('are refused one by one where one cannot be read', async () => {
    published = { keys: [{ ...first.jwk, kid: 'broken', x: 'AAAA' }, first.jwk] };
    const broken: unknown = await ring.key({ alg: 'EdDSA', kid: 'broken' }).catch((error: unknown) => error);
    expect(broken).toMatchObject({ reason: 'signature', detail: 'no usable key' });
    expect(await has('first')).toBe(true);
  });

  test('are all gone when the issuer publishes none', async () => {
    await has('first');
    published = { keys: [] };
    atMs += 60_000;
    await has('first');
    expect(await has('first')).toBe(false);
  });

  test('never include two of one key id, a secret or a private one', async () => {
    const secret = { kty: 'oct', k: 'c2VjcmV0', kid: 'secret', alg: 'HS256' };
    published = { keys: [first.jwk, { ...second.jwk, kid: 'first' }, secret, { ...second.jwk, d: second.jwk.x }] };
    expect(await has('first')).toBe(false);
    expect(await ring.key({ alg: 'HS256', kid: 'secret' }).catch(() => 'refused')).toBe('refused');
    expect(await has('second')).toBe(false);
  });
});
