/** Every environment variable and every key file, missing or corrupted in turn. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { configuredKeys } from '../../src/cli/configuredKeys.js';
import { demoSettings } from '../../src/cli/demoSettings.js';
import { demoStore } from '../../src/cli/storeSettings.js';
import { assembleServed } from '../../src/cli/servedAssembly.js';
import type { StartFault } from '../../src/fault/index.js';
import { type Config, createLogger, parseConfig } from '../../src/gateway/index.js';
import { refuseOtherPolicy } from '../../src/gateway/servablePolicy.js';
import { policy } from '../partition/world.js';

/** The reason that a start is refused with; `starts` where it is not. */
async function reasonOf(start: () => unknown): Promise<string> {
  try {
    await start();
    return 'starts';
  } catch (error) {
    return (error as StartFault).reason;
  }
}

describe('an environment variable', () => {
  /** Variable → a value that is nonsense there, and what a demo makes of it. */
  const variables: Readonly<Record<string, readonly [value: string, outcome: string]>> = {
    PORT: ['many', 'CONFIG_INVALID'],
    BANK_PORT: ['65535', 'CONFIG_INVALID'],
    RINGFENCE_CLOCK: ['yesterday', 'CONFIG_INVALID'],
    RINGFENCE_LOG: ['loud', 'CONFIG_INVALID'],
    RINGFENCE_POLICY_HASH: ['nonsense', 'POLICY_HASH_MISMATCH'],
    DATABASE_URL: ['nonsense', 'CONFIG_INVALID'],
    NATS_URL: ['nonsense', 'CONFIG_INVALID'],
    RINGFENCE_STORE: ['nonsense', 'CONFIG_INVALID'],
    // Words of any kind make sandbox data of some kind.
    RINGFENCE_SANDBOX_SALT: ['nonsense', 'starts'],
  };

  const start = (environment: Readonly<Record<string, string>>): Promise<string> =>
    reasonOf(() => {
      const { port, pinnedPolicyHash } = demoSettings({ PORT: '0', ...environment });
      refuseOtherPolicy(policy.hash, pinnedPolicyHash);
      demoStore('nowhere', port, environment);
    });

  test('is one of these', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const read = files.flatMap((file) => {
      const text = readFileSync(join('src', file), 'utf8');
      return [...text.matchAll(/env(?:ironment)?\['(\w+)'\]/g)].map(([, name = '']) => name);
    });
    expect([...new Set(read)].sort()).toEqual(Object.keys(variables).sort());
  });

  test.each(Object.entries(variables))('%s with nonsense in it is not passed over', async (name, [value, outcome]) => {
    expect(await start({ [name]: value })).toBe(outcome);
  });

  test('that pins a policy pins it also when it is empty', async () => {
    expect(await start({ RINGFENCE_POLICY_HASH: '' })).toBe('POLICY_HASH_MISMATCH');
    expect(await start({ RINGFENCE_POLICY_HASH: policy.hash })).toBe('starts');
  });
});

describe('a configured gateway', () => {
  let folder = '';
  const names = ['directory', 'harbor'];
  const keys = (name: string) => `grantKey: { kid: g, file: ${name}.pem }, macKey: { kid: m, file: ${name}.mac }`;
  const text = `
issuers: [{ issuer: 'https://login.example', jwksUrl: 'https://login.example/keys', algorithms: [ES256] }]
subgraphs:
  directory: { url: 'http://directory.internal', ${keys('directory')} }
banks:
  - { id: harbor, name: Harbor, url: 'https://harbor.example', status: LIVE, region: US, agreement: {}, lookbackDays: 90,
      maximumConsentDays: 365, callsPerMinute: 600, ${keys('harbor')} }
`;

  function config(): Config {
    const outcome = parseConfig(text, 'ringfence.yaml');
    if (outcome.kind !== 'ok') throw new Error('the configuration here does not hold');
    return outcome.config;
  }

  function writeKeys(): void {
    for (const name of names) {
      const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
      writeFileSync(join(folder, `${name}.pem`), pem);
      writeFileSync(join(folder, `${name}.mac`), randomBytes(32).toString('base64'));
    }
  }

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ringfence-keys-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const files = names.flatMap((name) => [`${name}.pem`, `${name}.mac`]);

  test.each(files)('does not start without the key file %s, nor with nonsense in it', async (file) => {
    writeKeys();
    expect(await reasonOf(() => configuredKeys(config(), folder))).toBe('starts');
    for (const nonsense of ['', 'NON SENSE!', randomBytes(31).toString('base64')]) {
      writeFileSync(join(folder, file), nonsense);
      expect(await reasonOf(() => configuredKeys(config(), folder))).toBe('CONFIG_INVALID');
    }
    rmSync(join(folder, file));
    expect(await reasonOf(() => configuredKeys(config(), folder))).toBe('CONFIG_INVALID');
  });

  test('does not start while a subgraph of the platform has no address', async () => {
    const world = {
      policy,
      config: config(),
      configFolder: folder,
      now: () => new Date(),
      logger: createLogger('silent'),
    };
    expect(await reasonOf(() => assembleServed(world))).toBe('CONFIG_INVALID');
  });
});
