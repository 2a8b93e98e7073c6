/** Where a gateway keeps its state: environment and configuration → settings of the store, or a fault that says what is wrong. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { StartFault } from '../fault/index.js';
import type { Config } from '../gateway/index.js';
import type { DatabaseSettings, NatsSettings, ReceiptMode } from '../store/index.js';
import { localHosts } from './localHosts.js';
import { natsSettings } from './natsSettings.js';

/** Nowhere, or a database and the secret that its keys follow from. */
export type StoreSettings =
  | { readonly kind: 'memory' }
  | {
      readonly kind: 'kept';
      readonly database: DatabaseSettings;
      readonly secret: Buffer;
      readonly receipts: ReceiptMode;
      /** Beside the store and in no backup of it: what this instance has seen of the store. */
      readonly markFile: string;
      /** Over which gateways on one server tell each other of changes; absent: over the server. */
      readonly nats?: NatsSettings;
    };

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

const secretBytes = 32;
const demoConnections = 10;

type ServerSettings = Extract<DatabaseSettings, { kind: 'server' }>;

/** The store of `serve --config`; the configuration lies in `configFolder`. Makes the key of an embedded store that is new. */
export function configuredStore(
  { store }: Pick<Config, 'store'>,
  configFolder: string,
  environment: Environment,
): StoreSettings {
  if (store.memory) return { kind: 'memory' };
  const file = (path: string): string => resolve(configFolder, path);
  const kept = { kind: 'kept', receipts: store.receipts } as const;
  const nats = natsSettings(environment);
  const { connections, authoritiesFile } = store;
  const authorities = authoritiesFile === undefined ? undefined : file(authoritiesFile);
  const database = databaseServer(environment, { connections, authorities });
  if (database === undefined) {
    const folder = file(store.folder);
    const secret = existsSync(join(folder, 'data')) ? readSecret(file(store.keyFile)) : madeSecret(file(store.keyFile));
    return { ...kept, database: { kind: 'embedded', folder }, secret, markFile: `${folder}.mark` };
  }
  const markFile = file(join('.ringfence', `store-${nameOf(database.url)}.mark`));
  return { ...kept, database, secret: readSecret(file(store.keyFile)), markFile, ...(nats && { nats }) };
}

/**
 * The store of a demo that answers on `port`, below `root`. On a port that is not known beforehand nothing is kept, as there is no
 * name to come back to, unless `RINGFENCE_STORE` names a folder.
 */
export function demoStore(root: string, port: number, environment: Environment): StoreSettings {
  const wanted = environment['RINGFENCE_STORE'] ?? '';
  if (wanted === 'memory') return { kind: 'memory' };
  const kept = { kind: 'kept', receipts: 'strict' } as const;
  const nats = natsSettings(environment);
  const database = databaseServer(environment, { connections: demoConnections });
  const secret = (): Buffer => madeSecret(join(root, '.ringfence', 'store.key'));
  if (database !== undefined && wanted === '') {
    return {
      ...kept,
      database,
      secret: secret(),
      markFile: join(root, '.ringfence', `store-${port}-${nameOf(database.url)}.mark`),
      ...(nats && { nats }),
    };
  }
  if (wanted === '' && port === 0) return { kind: 'memory' };
  const folder = wanted === '' ? join(root, '.ringfence', `store-${port}`) : folderNamed(wanted);
  return { ...kept, database: { kind: 'embedded', folder }, secret: secret(), markFile: `${folder}.mark` };
}

/** How a database server is reached. */
interface Reaching {
  /** Most connections at once. */
  readonly connections: number;
  /** PEM file of the authorities that may have signed the server's certificate. */
  readonly authorities?: string | undefined;
}

/**
 * The server that `DATABASE_URL` names; undefined where there is none. Throws CONFIG_INVALID for no address of a database,
 * authorities that are none, parameters that the store sets itself, and a server of another machine over a connection that is
 * not encrypted. The URL is never repeated in a message: it may hold a password.
 */
export function databaseServer(
  environment: Environment,
  { connections, authorities }: Reaching,
): ServerSettings | undefined {
  const url = environment['DATABASE_URL'];
  if (url === undefined || url === '') return undefined;
  if (!/^postgres(?:ql)?:\/\/./.test(url) || !URL.canParse(url)) {
    throw new StartFault(
      'CONFIG_INVALID',
      '`DATABASE_URL` must be an address such as `postgres://user@host:5432/name`',
    );
  }
  refuseOverriding(new URL(url));
  if (authorities !== undefined) {
    // What the URL says of encryption would go before the authorities.
    if (!/[?&]ssl/.test(url)) return { kind: 'server', url, connections, authorities: readAuthorities(authorities) };
    throw new StartFault(
      'CONFIG_INVALID',
      '`DATABASE_URL` and the authorities both say how to encrypt: leave `ssl…` out',
    );
  }
  if (isEncryptedOrLocal(new URL(url))) return { kind: 'server', url, connections };
  const how = 'name the authorities of its certificate, or add `?sslmode=verify-full`';
  throw new StartFault('CONFIG_INVALID', `\`DATABASE_URL\` names another machine without encryption: ${how}`);
}

/** What the store itself says to a server, and an address would say otherwise: its role, and how long it waits. */
const ownParameters = [
  'options',
  'statement_timeout',
  'query_timeout',
  'idle_in_transaction_session_timeout',
  'connectionTimeoutMillis',
];

function refuseOverriding({ searchParams }: URL): void {
  const found = ownParameters.filter((parameter) => searchParams.has(parameter));
  if (found.length === 0) return;
  const names = found.map((parameter) => `\`${parameter}\``).join(', ');
  throw new StartFault('CONFIG_INVALID', `\`DATABASE_URL\` must not say ${names}: the store sets that itself`);
}

/** A host that the query names counts too, and nothing there switches the check of a certificate off. */
function isEncryptedOrLocal({ hostname, searchParams }: URL): boolean {
  const hosts = [hostname, ...searchParams.getAll('host')].filter((host) => host !== '');
  if (hosts.every((host) => localHosts.has(host) || host.startsWith('/'))) return true;
  const modes = searchParams.getAll('sslmode');
  return modes.length === 1 && modes[0] === 'verify-full' && !searchParams.has('ssl');
}

/** Tells databases apart in the names of files, whoever logs in. */
function nameOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return createHash('sha256')
    .update(JSON.stringify([hostname, port, pathname]))
    .digest('hex')
    .slice(0, 12);
}

function folderNamed(text: string): string {
  if (isAbsolute(text) || text.startsWith('.')) return resolve(text);
  const expected = '`memory`, or a folder that begins with `/` or `.`';
  throw new StartFault('CONFIG_INVALID', `\`RINGFENCE_STORE\` must be ${expected}`);
}

/** The secret in the file, which is made where there is none. Of several processes that make it at once, all get the same. */
function madeSecret(file: string): Buffer {
  if (existsSync(file)) return readSecret(file);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, `${randomBytes(secretBytes).toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
  try {
    // A link never replaces what another process has put there, and nobody sees half a file.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  return readSecret(file);
}

function readSecret(file: string): Buffer {
  const text = readFile(file)?.trim() ?? '';
  const secret = Buffer.from(text, 'base64');
  if (secret.length === secretBytes && secret.toString('base64') === text) return secret;
  const how = 'put it back, or make one for a store that is new: `openssl rand -base64 32`';
  throw new StartFault('CONFIG_INVALID', `the store's key: \`${file}\` does not hold base64 of 32 bytes: ${how}`);
}

/** Certificates as PEM. Throws CONFIG_INVALID for a file that holds none. */
function readAuthorities(file: string): string {
  const text = readFile(file) ?? '';
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw new StartFault('CONFIG_INVALID', `authorities: \`${file}\` does not hold certificates as PEM`);
}

function readFile(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
