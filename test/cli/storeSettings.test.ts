import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { configuredStore, demoStore } from '../../src/cli/storeSettings.js';
import { configSchema } from '../../src/gateway/index.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringfence-'));
});

const remote = 'postgres://gateway:hidden@db.internal:5432/ringfence';
const server = `${remote}?sslmode=verify-full`;
const configured = (store: unknown, environment = {}) =>
  configuredStore({ store: configSchema.shape.store.parse(store) }, folder, environment);
const failureOf = (start: () => unknown): { reason?: string; message?: string } => {
  try {
    start();
    return {};
  } catch (error) {
    return error as { reason?: string; message?: string };
  }
};

describe('the store of a configured gateway', () => {
  test('is embedded beside its configuration, with a key that only its owner can read', () => {
    const first = configured({});
    expect(first).toMatchObject({
      kind: 'kept',
      database: { kind: 'embedded', folder: join(folder, '.ringfence/store') },
    });
    expect(statSync(join(folder, '.ringfence/store.key')).mode & 0o777).toBe(0o600);
    expect(configured({})).toEqual(first);
  });

  test('is refused when it is there and its key is not: another key would open nothing', () => {
    mkdirSync(join(folder, '.ringfence/store/data'), { recursive: true });
    expect(failureOf(() => configured({}))).toMatchObject({ reason: 'CONFIG_INVALID', message: /store\.key/ });
  });

  test('is a server where `DATABASE_URL` says so, with a key that the operator made', () => {
    const environment = { DATABASE_URL: server };
    expect(failureOf(() => configured({}, environment))).toMatchObject({ reason: 'CONFIG_INVALID' });
    writeFileSync(join(folder, 'own.key'), Buffer.alloc(32, 7).toString('base64'));
    expect(configured({ keyFile: 'own.key', connections: 4 }, environment)).toEqual({
      kind: 'kept',
      database: { kind: 'server', url: server, connections: 4 },
      secret: Buffer.alloc(32, 7),
      receipts: 'strict',
      markFile: expect.stringMatching(/\.ringfence\/store-[0-9a-f]{12}\.mark$/),
    });
  });

  test.each(['', 'short', Buffer.alloc(31).toString('base64'), Buffer.alloc(33).toString('base64'), '!'.repeat(44)])(
    'is refused with %j for a key',
    (text) => {
      writeFileSync(join(folder, 'own.key'), text);
      expect(failureOf(() => configured({ keyFile: 'own.key' }))).toMatchObject({ reason: 'CONFIG_INVALID' });
    },
  );

  test('is refused with authorities that are none', () => {
    writeFileSync(join(folder, 'own.key'), Buffer.alloc(32, 7).toString('base64'));
    writeFileSync(join(folder, 'authorities.pem'), 'nonsense');
    const store = { keyFile: 'own.key', authoritiesFile: 'authorities.pem' };
    expect(failureOf(() => configured(store, { DATABASE_URL: remote })).message).toContain('authorities.pem');
  });

  test.each([
    ['another machine', remote],
    ['another machine whose certificate is not checked', `${remote}?sslmode=no-verify`],
    ['two modes', `${server}&sslmode=disable`],
    ['encryption switched off again', `${server}&ssl=0`],
    ['another machine behind a local name', 'postgres://gateway:hidden@localhost/ringfence?host=db.internal'],
  ])('is refused without encryption on %s', (_, url) => {
    writeFileSync(join(folder, 'own.key'), Buffer.alloc(32, 7).toString('base64'));
    const { reason, message } = failureOf(() => configured({ keyFile: 'own.key' }, { DATABASE_URL: url }));
    expect([reason, message]).toEqual(['CONFIG_INVALID', expect.stringContaining('without encryption')]);
    expect(message).not.toContain('hidden');
  });

  test.each(['options=-c%20role%3Dpostgres', 'statement_timeout=0'])(
    'is refused where its address says what the store says itself: %s',
    (parameter) => {
      writeFileSync(join(folder, 'own.key'), Buffer.alloc(32, 7).toString('base64'));
      const url = `${server}&${parameter}`;
      const { reason, message } = failureOf(() => configured({ keyFile: 'own.key' }, { DATABASE_URL: url }));
      expect([reason, message]).toEqual(['CONFIG_INVALID', expect.stringContaining('must not say')]);
      expect(message).not.toContain('hidden');
    },
  );

  test('is trusted by the authorities alone where they are named', () => {
    writeFileSync(join(folder, 'own.key'), Buffer.alloc(32, 7).toString('base64'));
    writeFileSync(join(folder, 'authorities.pem'), '-----BEGIN CERTIFICATE-----');
    const store = { keyFile: 'own.key', authoritiesFile: 'authorities.pem' };
    expect(configured(store, { DATABASE_URL: remote })).toMatchObject({ database: { url: remote } });
    const both = failureOf(() => configured(store, { DATABASE_URL: `${remote}?sslmode=no-verify` }));
    expect(both).toMatchObject({ reason: 'CONFIG_INVALID', message: expect.stringContaining('leave `ssl') });
  });

  test('keeps nothing only where the configuration says so', () => {
    expect(configured({ memory: true })).toEqual({ kind: 'memory' });
    expect(failureOf(() => configured({ memory: false }))).not.toEqual({});
  });

  test.each(['nonsense', 'mysql://db/x', 'postgres:hidden', 'http://db:5432/hidden'])(
    'is refused with `DATABASE_URL` %s, which is not repeated',
    (url) => {
      const { reason, message } = failureOf(() => configured({}, { DATABASE_URL: url }));
      expect(reason).toBe('CONFIG_INVALID');
      expect(message).not.toContain(url);
    },
  );
});

describe('the store of a demo', () => {
  test('has a folder for each port', () => {
    expect(demoStore(folder, 4000, {})).toMatchObject({ database: { folder: join(folder, '.ringfence/store-4000') } });
    expect(demoStore(folder, 4001, {})).toMatchObject({ database: { folder: join(folder, '.ringfence/store-4001') } });
    expect(readFileSync(join(folder, '.ringfence/store.key'), 'utf8')).toMatch(/^\S{44}\n$/);
  });

  test('is in memory on a port that nobody can come back to, and where that is wished', () => {
    expect(demoStore(folder, 0, {})).toEqual({ kind: 'memory' });
    expect(demoStore(folder, 4000, { RINGFENCE_STORE: 'memory' })).toEqual({ kind: 'memory' });
  });

  test('is where `RINGFENCE_STORE` says, else on the server', () => {
    const own = { RINGFENCE_STORE: join(folder, 'own'), DATABASE_URL: server };
    expect(demoStore(folder, 0, own)).toMatchObject({ database: { kind: 'embedded', folder: join(folder, 'own') } });
    expect(demoStore(folder, 0, { DATABASE_URL: server })).toMatchObject({ database: { kind: 'server', url: server } });
  });

  test('is refused under a name that is no folder', () => {
    expect(failureOf(() => demoStore(folder, 0, { RINGFENCE_STORE: 'memmory' }))).toMatchObject({
      reason: 'CONFIG_INVALID',
      message: /`RINGFENCE_STORE`/,
    });
  });
});

describe('NATS', () => {
  const natsOf = (url: string) => {
    const { nats } = demoStore(folder, 4000, { DATABASE_URL: server, NATS_URL: url }) as { nats?: unknown };
    return nats;
  };

  test.each([
    ['nats://localhost:4222', { servers: ['nats://localhost:4222'] }],
    ['tls://one.internal, tls://two.internal:5222', { servers: ['tls://one.internal', 'tls://two.internal:5222'] }],
    [
      'tls://ring%3Afence:hid%40den@one.internal',
      { servers: ['tls://one.internal'], user: 'ring:fence', password: 'hid@den' },
    ],
    ['tls://hidden@one.internal', { servers: ['tls://one.internal'], token: 'hidden' }],
    ['', undefined],
  ])('is where `%s` says', (url, expected) => {
    expect(natsOf(url)).toEqual(expected);
  });

  test.each([
    'nonsense',
    'http://one.internal',
    'tls://',
    'tls://one.internal,nonsense',
    'nats://a:hidden@one.internal',
  ])('is refused as `%s`, which is not repeated', (url) => {
    const { reason, message } = failureOf(() => natsOf(url));
    expect([reason, message]).toEqual(['CONFIG_INVALID', expect.stringContaining('`NATS_URL`')]);
    expect(message).not.toMatch(/hidden|nonsense/);
  });

  test('is not needed where there is one gateway, and refused there all the same when it is none', () => {
    expect(demoStore(folder, 4000, { NATS_URL: 'nats://localhost' })).not.toHaveProperty('nats');
    expect(failureOf(() => demoStore(folder, 4000, { NATS_URL: 'nonsense' }))).toMatchObject({
      reason: 'CONFIG_INVALID',
    });
  });
});
