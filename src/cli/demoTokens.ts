/** The explorer's token picker: one fresh token per kind of reader, signed by the dev issuer on request. */
import { ClientFault } from '../fault/index.js';
import { type Handler, jsonAnswer, type Route } from '../gateway/index.js';
import type { Admits } from '../principal/index.js';
import { defaultScope, type DevIssuer } from './devIssuer.js';

interface Reader {
  readonly label: string;
  readonly client: string;
  readonly purpose: string;
  readonly customer?: string;
}

const messenger = (label: string, purpose: string, customer: string): Reader => {
  return { label: `messenger · ${label} · ${customer}`, client: 'messenger', purpose, customer };
};

/** Who the picker offers to be. */
const readers: readonly Reader[] = [
  messenger('accounts', 'ACCOUNT_SERVICING', 'customer-1'),
  messenger('fraud alerts', 'FRAUD_ALERTS', 'customer-1'),
  messenger('chat with a bank', 'SUPPORT_CHAT', 'customer-1'),
  messenger('sending money', 'P2P_PAYMENT', 'customer-1'),
  messenger('checkout', 'MERCHANT_CHECKOUT', 'customer-1'),
  messenger('consents', 'CONSENT_MANAGEMENT', 'customer-1'),
  messenger('accounts', 'ACCOUNT_SERVICING', 'customer-2'),
  messenger('accounts', 'ACCOUNT_SERVICING', 'customer-3'),
  messenger('accounts', 'ACCOUNT_SERVICING', 'customer-4'),
  { label: 'ads engine · targeting', client: 'ads-engine', purpose: 'AD_TARGETING' },
  { label: 'ads engine · measurement', client: 'ads-engine', purpose: 'AD_MEASUREMENT' },
  { label: 'third-party app', client: 'partner-app', purpose: 'THIRD_PARTY_SHARING' },
  { label: 'insights', client: 'insights', purpose: 'ANALYTICS' },
  { label: 'auditor', client: 'auditor', purpose: 'COMPLIANCE_AUDIT' },
];

const expiresInS = 3600;
const localNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** The page `/demo/tokens`: `[{ label, client, purpose, customer?, token }]`. */
export function demoTokensRoute(issuer: DevIssuer, admits: Admits): Route {
  const handler: Handler = async ({ request }) => {
    // The page hands out tokens to whoever asks, so a name that was rebound to this address is not answered.
    if (!isLocal(request.headers.host)) throw new ClientFault('NOT_FOUND');
    const tokens = readers.map(async (reader) => ({
      ...reader,
      token: await issuer.token({
        ...reader,
        scope: defaultScope(reader.purpose, admits),
        expiresInS,
        authenticatedAgoS: 0,
      }),
    }));
    return jsonAnswer(200, JSON.stringify(await Promise.all(tokens)));
  };
  return { GET: handler };
}

function isLocal(host: string | undefined): boolean {
  return host !== undefined && localNames.has(host.replace(/:\d+$/, '').toLowerCase());
}
