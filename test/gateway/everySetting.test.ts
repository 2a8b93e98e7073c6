/** Every setting of ringfence.yaml, deleted or made into nonsense in turn: the gateway refuses to start, or does less. */
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { configSchema, parseConfig } from '../../src/gateway/index.js';
import { changesOf, nonsense, type Path, placesOf, withPlace } from '../policy/changes.js';

const keyFiles = (name: string) => ({
  grantKey: { kid: 'g1', file: `${name}.pem` },
  macKey: { kid: 'm1', file: `${name}.mac` },
});
const agreement = { ACCOUNT_SERVICING: ['RELATIONSHIP'] };

/** States every setting that there is, none of them as it is when nothing is said. */
const whole = {
  listen: { host: '127.0.0.2', port: 4100 },
  bodyLimitBytes: 2048,
  requestTimeoutMs: 500,
  drainTimeoutMs: 500,
  documentCacheBytes: 2_097_152,
  allowedOrigins: ['https://app.example'],
  limits: { maxTokens: 500, maxNesting: 50, positions: 100, depth: 10, rows: 1000 },
  log: { level: 'debug' },
  store: {
    folder: 'kept',
    keyFile: 'kept.key',
    connections: 20,
    receipts: 'async',
    authoritiesFile: 'authorities.pem',
    memory: true,
  },
  explorer: true,
  audience: 'partners',
  issuers: [{ issuer: 'https://login.example', jwksUrl: 'https://login.example/keys', algorithms: ['ES256'] }],
  subgraphs: { directory: { url: 'http://directory.internal/graphql', ...keyFiles('directory') } },
  wallet: { status: 'LIVE', region: 'US', agreement },
  banks: [
    {
      id: 'harbor',
      name: 'Harbor Bank',
      url: 'https://harbor.example/graphql',
      status: 'LIVE',
      region: 'UK',
      agreement,
      lookbackDays: 90,
      maximumConsentDays: 180,
      callsPerMinute: 600,
      maintenance: [{ from: '2026-12-01T02:00:00Z', until: '2026-12-01T04:00:00Z' }],
      ...keyFiles('harbor'),
      keyFolder: 'harbor',
    },
  ],
};

/** What a gateway does where a setting is not said: nothing that it would not do otherwise, save within bounds. */
const unsaid: Readonly<Record<string, unknown>> = {
  listen: { host: '127.0.0.1', port: 4000 },
  'listen.host': '127.0.0.1',
  'listen.port': 4000,
  bodyLimitBytes: 262_144,
  requestTimeoutMs: 10_000,
  drainTimeoutMs: 10_000,
  documentCacheBytes: 33_554_432,
  allowedOrigins: [],
  'allowedOrigins.0': undefined,
  limits: { maxTokens: 10_000, maxNesting: 200, positions: 5000, depth: 40, rows: 20_000 },
  'limits.maxTokens': 10_000,
  'limits.maxNesting': 200,
  'limits.positions': 5000,
  'limits.rows': 20_000,
  'limits.depth': 40,
  log: { level: 'info' },
  'log.level': 'info',
  // Kept unless it is said that nothing is.
  store: { folder: '.ringfence/store', keyFile: '.ringfence/store.key', connections: 10, receipts: 'strict' },
  'store.folder': '.ringfence/store',
  'store.keyFile': '.ringfence/store.key',
  'store.connections': 10,
  'store.receipts': 'strict',
  // The URL of the server says whether the connection is encrypted.
  'store.authoritiesFile': undefined,
  'store.memory': undefined,
  explorer: false,
  // A token is for this audience or refused, said or not.
  audience: 'ringfence',
  // Subgraphs without an address are refused when the parts are put together: see test/cli.
  'subgraphs.directory': undefined,
  // Without an agreement a partner is not asked; what an agreement does not name, it does not cover.
  wallet: undefined,
  'wallet.agreement.ACCOUNT_SERVICING': undefined,
  'wallet.agreement.ACCOUNT_SERVICING.0': undefined,
  'banks.0': undefined,
  'banks.0.agreement.ACCOUNT_SERVICING': undefined,
  'banks.0.agreement.ACCOUNT_SERVICING.0': undefined,
  // When a bank rests is no limit of what it releases.
  'banks.0.maintenance': [],
  'banks.0.maintenance.0': undefined,
  // The two keys that are named are all that there are.
  'banks.0.keyFolder': undefined,
};

/** Names and paths: any words will do, and what they name is looked up later. */
const freeWords: ReadonlySet<string> = new Set([
  'listen.host',
  'audience',
  'issuers.0.issuer',
  'banks.0.name',
  'banks.0.keyFolder',
  'store.folder',
  'store.keyFile',
  'store.authoritiesFile',
  ...['subgraphs.directory', 'banks.0'].flatMap((at) =>
    ['grantKey', 'macKey'].flatMap((key) => [`${at}.${key}.kid`, `${at}.${key}.file`]),
  ),
]);

const outcomeOf = (value: unknown) => parseConfig(JSON.stringify(value), 'ringfence.yaml');
const nameOf = (path: Path): string => path.join('.');
const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown> | undefined)?.[key], value);

/** The settings that the schema knows, with `*` for any key or index. */
function settingsOf(schema: unknown, path = ''): string[] {
  const { properties, items, additionalProperties } = schema as Record<string, Record<string, unknown> | undefined>;
  const below = {
    ...properties,
    ...(items && { '*': items }),
    ...(additionalProperties && { '*': additionalProperties }),
  };
  const own = path === '' ? [] : [path.slice(1)];
  return [...own, ...Object.entries(below).flatMap(([key, inner]) => settingsOf(inner, `${path}.${key}`))];
}

describe('the settings tried here', () => {
  test('hold as they are', () => expect(outcomeOf(whole)).toMatchObject({ kind: 'ok', config: whole }));

  test('are all that the schema knows', () => {
    const known = settingsOf(z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }));
    const tried = placesOf(whole).map(nameOf);
    const isTried = (setting: string): boolean => {
      const pattern = new RegExp(`^${setting.replaceAll('.', '\\.').replaceAll('*', '[^.]+')}$`);
      return tried.some((name) => pattern.test(name));
    };
    expect(known.length).toBeGreaterThan(40);
    expect(known.filter((setting) => !isTried(setting))).toEqual([]);
  });
});

describe('a gateway', () => {
  test('refuses to start without a setting, or does what is listed here', () => {
    const deleted = changesOf(whole).filter(({ how }) => how === 'deleted');
    const accepted = deleted.flatMap(({ path, changed }) => {
      const outcome = outcomeOf(changed);
      return outcome.kind === 'ok' ? [[nameOf(path), at(outcome.config, path)] as const] : [];
    });
    expect(Object.fromEntries(accepted)).toEqual(unsaid);
  });

  test('refuses to start with nonsense for a setting, unless any words will do', () => {
    const corrupted = changesOf(whole).filter(({ how }) => how === 'corrupted');
    const accepted = corrupted.filter(({ changed }) => outcomeOf(changed).kind === 'ok');
    expect(accepted.map(({ path }) => nameOf(path)).sort()).toEqual([...freeWords].sort());
    expect(JSON.stringify(accepted[0]?.changed)).toContain(nonsense);
  });

  test.each([
    ['nothing', null],
    ['an empty text', ''],
    ['a number below any bound', -1],
  ])('refuses to start with %s for a setting', (_, value) => {
    const accepted = placesOf(whole).filter((path) => outcomeOf(withPlace(whole, path, value)).kind === 'ok');
    expect(accepted.map(nameOf)).toEqual([]);
  });

  test('refuses to start with a setting that it does not know, wherever it stands', () => {
    const objects = [[], ...placesOf(whole)].filter((path) => isObject(at(whole, path)));
    const accepted = objects.filter((path) => outcomeOf(withPlace(whole, [...path, nonsense], 1)).kind === 'ok');
    expect(objects.length).toBeGreaterThan(10);
    expect(accepted.map(nameOf)).toEqual([]);
  });
});

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
