/** `NATS_URL` → where NATS is, or a fault that says what is wrong. */
import { StartFault } from '../fault/index.js';
import type { NatsSettings } from '../store/index.js';
import { localHosts } from './localHosts.js';

const protocols: ReadonlySet<string> = new Set(['nats:', 'tls:']);

/**
 * The servers that `NATS_URL` names, with commas between them; undefined where it names none. A name and a password in the
 * first address, or a token in place of a name, hold for all. Throws CONFIG_INVALID for what is no such address, and for
 * another machine without `tls`. An address is never repeated in a message: it may hold a password.
 */
export function natsSettings(environment: Readonly<Record<string, string | undefined>>): NatsSettings | undefined {
  const text = environment['NATS_URL'] ?? '';
  if (text === '') return undefined;
  const urls = text.split(',').map((part) => addressOf(part.trim()));
  const [{ username, password } = { username: '', password: '' }] = urls;
  const servers = urls.map(({ protocol, host }) => `${protocol}//${host}`);
  if (username === '') return { servers };
  const [user, secret] = [decodeURIComponent(username), decodeURIComponent(password)];
  return password === '' ? { servers, token: user } : { servers, user, password: secret };
}

function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !protocols.has(url.protocol) || url.hostname === '') {
    throw new StartFault('CONFIG_INVALID', '`NATS_URL` must be an address such as `tls://host:4222`');
  }
  if (url.protocol === 'tls:' || localHosts.has(url.hostname)) return url;
  throw new StartFault('CONFIG_INVALID', '`NATS_URL` names another machine without encryption: begin it with `tls://`');
}
