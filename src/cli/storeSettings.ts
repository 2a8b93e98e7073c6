/** Where a gateway keeps its state: environment and configuration → settings of the store, or a fault that says what is wrong. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { type Config, StartFault } from '../gateway/index.js';
import type { DatabaseSettings, ReceiptMode } from '../store/index.js';

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
    };

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

const secretBytes = 32;
const demoConnections = 10;

/** The store of `serve --config`; the configuration lies in `configFolder`. Makes the key of an embedded store that is new. */
export function configuredStore(
  { store }: Pick<Config, 'store'>,
  configFolder: string,
  environment: Environment,
): StoreSettings {
  if (store.memory) return { kind: 'memory' };
  const file = (path: string): string => resolve(configFolder, path);
  const kept = { kind: 'kept', receipts: store.receipts } as const;
  const url = serverUrl(environment);
  if (url === undefined) {
    const folder = file(store.folder);
    const secret = existsSync(join(folder, 'data')) ? readSecret(file(store.keyFile)) : madeSecret(file(store.keyFile));
    return { ...kept, database: { kind: 'embedded', folder }, secret, markFile: `${folder}.mark` };
  }
  const { connections, authoritiesFile } = store;
  const authorities = authoritiesFile === undefined ? {} : { authorities: readAuthorities(file(authoritiesFile)) };
  const database = { kind: 'server', url, connections, ...authorities } as const;
  const markFile = file(join('.ringfence', `store-${nameOf(url)}.mark`));
  return { ...kept, database, secret: readSecret(file(store.keyFile)), markFile };
}

/**
 * The store of a demo that answers on `port`, below `root`. On a port that is not known beforehand nothing is kept, as there is no
 * name to come back to, unless `RINGFENCE_STORE` names a folder.
 */
export function demoStore(root: string, port: number, environment: Environment): StoreSettings {
  const wanted = environment['RINGFENCE_STORE'] ?? '';
  if (wanted === 'memory') return { kind: 'memory' };
  const kept = { kind: 'kept', receipts: 'strict' } as const;
  const url = serverUrl(environment);
  const secret = (): Buffer => madeSecret(join(root, '.ringfence', 'store.key'));
  if (url !== undefined && wanted === '') {
    const database = { kind: 'server', url, connections: demoConnections } as const;
    return {
      ...kept,
      database,
      secret: secret(),
      markFile: join(root, '.ringfence', `store-${port}-${nameOf(url)}.mark`),
    };
  }
  if (wanted === '' && port === 0) return { kind: 'memory' };
  const folder = wanted === '' ? join(root, '.ringfence', `store-${port}`) : folderNamed(wanted);
  return { ...kept, database: { kind: 'embedded', folder }, secret: secret(), markFile: `${folder}.mark` };
}

/** `DATABASE_URL`; undefined where there is none. Never repeated in a message: it may hold a password. */
export function serverUrl(environment: Environment): string | undefined {
  const url = environment['DATABASE_URL'];
  if (url === undefined || url === '') return undefined;
  if (/^postgres(?:ql)?:\/\/./.test(url) && URL.canParse(url)) return url;
  throw new StartFault('CONFIG_INVALID', '`DATABASE_URL` must be an address such as `postgres://user@host:5432/name`');
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
export function readAuthorities(file: string): string {
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
