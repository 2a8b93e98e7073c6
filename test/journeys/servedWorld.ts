/** Two `ringfence serve --config` over one PostgreSQL server, with one sandbox bank and the platform, each a process of its own. */
import { execFile } from 'node:child_process';
import { generateKeyPairSync, randomBytes, randomUUID, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SignJWT, type JWK } from 'jose';
import type { BankProcessConfig } from '../../resolvers/bank/main.js';
import type { PlatformProcessConfig } from '../../resolvers/platform/startPlatform.js';
import { launchChild, type RunningChild } from '../../resolvers/process.js';
import { defaultScope } from '../../src/cli/devIssuer.js';
import { partnerEnds, type PartnerEnd } from '../../src/cli/partnerEnds.js';
import { admittedBy } from '../../src/principal/index.js';
import { policy } from '../partition/world.js';
import { migrateServer } from '../store/databases.js';
import { testServer } from '../store/testServer.js';
import { addressOf, serve, stop } from './served.js';

/** A key that signs grants: both halves, and its name. */
export interface GrantKeyPair {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly jwk: JWK & { kty: string; kid: string };
}

export function grantKeyPair(kid: string): GrantKeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { crv, x } = publicKey.export({ format: 'jwk' });
  return { kid, privateKey, jwk: { kty: 'OKP', crv: crv as string, x: x as string, kid } };
}

/** A GraphQL answer as far as these tests look. */
export interface ServedAnswer {
  readonly data: { readonly [field: string]: never } | null;
  readonly codes: readonly string[];
  readonly text: string;
}

/** What an operator's command came to. */
export interface Ordered {
  readonly failed: boolean;
  readonly text: string;
}

export interface ServedWorld {
  readonly bankUrl: string;
  readonly macKey: Buffer;
  /** Asks each gateway in turn, as customer-1. */
  ask(purpose: string, query: string, variables?: Readonly<Record<string, unknown>>): Promise<readonly ServedAnswer[]>;
  /** `ringfence bank …`, as the owner of the store. */
  order(...words: readonly string[]): Promise<Ordered>;
  /** Puts a private half, and the public one, where an operator has them. Gives the public one's file. */
  hold(key: GrantKeyPair): string;
  /** True while both gateways are the processes that were started. */
  isFirstRun(): boolean;
  stop(): Promise<void>;
}

const platformNames = ['directory', 'wallet', 'offers', 'ads', 'apps'] as const;
const purposes = ['ACCOUNT_SERVICING', 'CONSENT_MANAGEMENT'] as const;
const covered = ['RELATIONSHIP', 'ACCOUNT_IDENTITY', 'BALANCE'] as const;

/** Takes 15 s. `first`: the grant key that is configured; its kid is `g1`, the MAC key's `m1`. */
export async function startServedWorld(first: GrantKeyPair): Promise<ServedWorld> {
  const ends: (() => Promise<unknown> | void)[] = [];
  const macKey = randomBytes(32);
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-'));
  ends.push(() => rmSync(folder, { recursive: true }));
  const server = await testServer();
  ends.push(() => server.end());
  const url = await server.createDatabase();
  await migrateServer(url);
  const bank = await startBank({ grantKeys: [first.jwk], macKeys: [{ kid: 'm1', key: macKey.toString('base64') }] });
  ends.push(() => bank.stop());
  const site = await startPlatform(folder);
  ends.push(() => site.child.stop());
  const login = await startLogin();
  ends.push(() => void login.server.close());
  const files = { bankUrl: `http://127.0.0.1:${bank.port}`, jwksUrl: login.url, site, first, macKey, folder };
  const secret = randomBytes(32).toString('base64');
  const configs = ['one', 'two'].map((name) => writeConfig(name, secret, files));
  process.env['DATABASE_URL'] = url;
  const gateways = configs.map((config) => serve('--config', config));
  ends.push(() => void delete process.env['DATABASE_URL'], ...gateways.map((gateway) => () => stop(gateway)));
  const addresses = await Promise.all(gateways.map(addressOf));
  return {
    bankUrl: files.bankUrl,
    macKey,
    ask: (purpose, query, variables) =>
      Promise.all(
        addresses.map(async (address) =>
          asked(address, await login.token(purpose), JSON.stringify({ query, variables })),
        ),
      ),
    order: (...words) => ordered([...words, '--config', configs[0] ?? ''], url),
    hold: (key) => held(key, folder),
    isFirstRun: () => gateways.every(({ exitCode, signalCode }) => exitCode === null && signalCode === null),
    stop: async () => {
      for (const end of ends.toReversed()) await end();
    },
  };
}

function startBank(keys: PartnerEnd | BankProcessConfig['keys']): Promise<RunningChild> {
  const agreement = Object.fromEntries(purposes.map((purpose) => [purpose, [...covered]]));
  const config: BankProcessConfig = {
    ...{ bank: 'harbor', port: 0, keys, policyHash: policy.hash, agreement, salt: '', clockOffsetMs: 0 },
  };
  return launchChild(join(process.cwd(), 'dist/resolvers/bank/main.js'), config);
}

interface Site {
  readonly child: RunningChild;
  readonly config: Readonly<Record<string, unknown>>;
}

/** With one key for all of its subgraphs. */
async function startPlatform(folder: string): Promise<Site> {
  const { gateway, partner } = partnerEnds('platform');
  writeFileSync(join(folder, 'platform.pem'), gateway.grantKey.key.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(join(folder, 'platform.mac'), Buffer.from(gateway.macKey).toString('base64'));
  const config: PlatformProcessConfig = {
    port: 0,
    schemaFolder: join(process.cwd(), 'schema'),
    keys: Object.fromEntries(platformNames.map((name) => [name, partner])) as unknown as PlatformProcessConfig['keys'],
    ...{ policyHash: policy.hash, clockOffsetMs: 0, pairwiseKey: 'a pairwise key', salt: '' },
  };
  const child = await launchChild(join(process.cwd(), 'dist/resolvers/platform/main.js'), config);
  const { kid } = gateway.grantKey;
  const keys = { grantKey: { kid, file: '../platform.pem' }, macKey: { kid, file: '../platform.mac' } };
  const subgraphs = platformNames.map((name) => {
    return [name, { url: `http://127.0.0.1:${child.port}/${name}/graphql`, ...keys }] as const;
  });
  return { child, config: Object.fromEntries(subgraphs) };
}

interface Login {
  readonly server: Server;
  readonly url: string;
  token(purpose: string): Promise<string>;
}

/** A login server that publishes its key, and signs for customer-1. */
async function startLogin(): Promise<Login> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'EdDSA', use: 'sig' }];
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
  const token = (purpose: string): Promise<string> => {
    const authTime = Math.floor(Date.now() / 1000);
    const scope = defaultScope(purpose, admittedBy(policy.table));
    return new SignJWT({ client_id: 'messenger', purpose, scope, auth_time: authTime })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'k1', typ: 'JWT' })
      .setIssuer('https://login.example')
      .setAudience('ringfence')
      .setSubject('customer-1')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey);
  };
  return { server, url, token };
}

interface Files {
  readonly bankUrl: string;
  readonly jwksUrl: string;
  readonly site: Site;
  readonly first: GrantKeyPair;
  readonly macKey: Buffer;
  readonly folder: string;
}

/** One gateway's own folder; both share the folder of further keys, as machines share what their operators put there. */
function writeConfig(name: string, secret: string, { bankUrl, jwksUrl, site, first, macKey, folder }: Files): string {
  const own = join(folder, name);
  mkdirSync(join(own, '.ringfence'), { recursive: true });
  mkdirSync(join(folder, 'keys'), { recursive: true });
  const write = (file: string, content: string | Buffer): void => writeFileSync(join(own, file), content);
  write('store.key', secret);
  write('g1.pem', first.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  write('m1.mac', macKey.toString('base64'));
  const bank = {
    ...{ id: 'harbor', name: 'Harbor', url: `${bankUrl}/graphql`, status: 'LIVE', region: 'US' },
    agreement: Object.fromEntries(purposes.map((purpose) => [purpose, covered])),
    ...{ lookbackDays: 'unlimited', maximumConsentDays: 365, callsPerMinute: 'unlimited' },
    grantKey: { kid: 'g1', file: 'g1.pem' },
    macKey: { kid: 'm1', file: 'm1.mac' },
    keyFolder: '../keys',
  };
  const config = {
    listen: { port: 0 },
    log: { level: 'error' },
    store: { keyFile: 'store.key', connections: 4 },
    issuers: [{ issuer: 'https://login.example', jwksUrl, algorithms: ['EdDSA'] }],
    subgraphs: site.config,
    banks: [bank],
  };
  // JSON is YAML too
  write('ringfence.yaml', JSON.stringify(config));
  return join(own, 'ringfence.yaml');
}

function held({ kid, privateKey, jwk }: GrantKeyPair, folder: string): string {
  writeFileSync(join(folder, 'keys', `${kid}.pem`), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const file = join(folder, `${kid}-${randomUUID()}.jwk`);
  writeFileSync(file, JSON.stringify(jwk));
  return file;
}

async function asked(address: string, token: string, body: string): Promise<ServedAnswer> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const text = await (await fetch(address, { method: 'POST', headers, body })).text();
  const { data = null, errors = [] } = JSON.parse(text) as {
    data?: ServedAnswer['data'];
    errors?: readonly { readonly extensions: { readonly code: string } }[];
  };
  return { data, codes: errors.map(({ extensions }) => extensions.code), text };
}

async function ordered(words: readonly string[], url: string): Promise<Ordered> {
  const env = { ...process.env, NODE_OPTIONS: '', DATABASE_URL: url };
  try {
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ['dist/src/cli/ringfence.js', 'bank', ...words], { env });
    return { failed: false, text: stdout };
  } catch (error) {
    return { failed: true, text: String((error as { readonly stderr?: string }).stderr) };
  }
}
