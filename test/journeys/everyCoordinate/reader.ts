/** Plain reading through the gateway, to prepare what the probes need. */
import { fullScope } from './oracle.js';
import type { World } from './world.js';

/** Parsed JSON. */
export type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** A consent to be granted, with the customer's accounts at the bank. */
export interface Grant {
  readonly customer: string;
  readonly bank: string;
  readonly purpose: string;
  /** Separated by spaces. */
  readonly categories: string;
}

/** The client that the demo registers for a purpose; the one that the copy adds for the rest. */
export function clientOf(purpose: string): string {
  const clients: Readonly<Record<string, string>> = {
    AD_TARGETING: 'ads-engine',
    AD_MEASUREMENT: 'ads-engine',
    THIRD_PARTY_SHARING: 'partner-app',
    ANALYTICS: 'insights',
    COMPLIANCE_AUDIT: 'auditor',
  };
  return clients[purpose] ?? (fullScope(purpose).size > 0 ? 'messenger' : 'everything-else');
}

/** Reads with each purpose's whole scope; throws on any error, because preparation must not go wrong quietly. */
export class Reader {
  constructor(private readonly world: World) {}

  async read(purpose: string, query: string, customer = 'customer-1'): Promise<Json> {
    const token = await this.world.token({
      client: clientOf(purpose),
      purpose,
      scope: [...fullScope(purpose)].join(' '),
      ...(purpose === 'COMPLIANCE_AUDIT' ? {} : { customer }),
    });
    const { body } = await this.world.ask(token, query);
    const answer = JSON.parse(body) as { readonly data?: Json; readonly errors?: Json };
    if (answer.errors !== undefined || answer.data === undefined) throw new Error(`${query} gave ${body}`);
    return answer.data;
  }

  /** Grants a consent the long way: the bank's step, picking, and the same order with the accounts. */
  async grant({ customer, bank, purpose, categories }: Grant): Promise<{ consent: string; pickedAccount: string }> {
    const order = `bankId: "${bank}", purpose: ${purpose}, categories: [${categories}], days: 300, lookbackDays: 3000`;
    const ask = (rest: string): Promise<Json> =>
      this.read('CONSENT_MANAGEMENT', `mutation { grantConsent(${order}, ${rest}) { id state } }`, customer);
    await ask(`idempotencyKey: "pick ${purpose}"`);
    const picked = await this.read('CONSENT_MANAGEMENT', '{ me { accounts { id bank { id } } } }', customer);
    const here = rows(picked, 'me', 'accounts').filter((account) => text(account, 'bank', 'id') === bank);
    const ids = here.map((account) => text(account, 'id'));
    const granted = await ask(`accountIds: ${JSON.stringify(ids)}, idempotencyKey: "grant ${purpose}"`);
    return { consent: text(granted, 'grantConsent', 'id'), pickedAccount: ids[0] ?? '' };
  }
}

/** What lies at a path; null where nothing does. */
function at(from: Json, path: readonly string[]): Json {
  return path.reduce<Json>((value, key) => {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? ((value as { readonly [key: string]: Json })[key] ?? null)
      : null;
  }, from);
}

/** The list at a path; throws where none is. */
export function rows(from: Json, ...path: string[]): readonly Json[] {
  const found = at(from, path);
  if (Array.isArray(found)) return found;
  throw new Error(`no list at \`${path.join('.')}\``);
}

/** The text at a path; throws where none is. */
export function text(from: Json, ...path: string[]): string {
  const found = at(from, path);
  if (typeof found === 'string') return found;
  throw new Error(`no text at \`${path.join('.')}\``);
}
