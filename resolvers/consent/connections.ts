/** The customer's connections: the banks that consent for this purpose connects them to. */
import { maskOf, type BankStanding } from '../../src/policy/index.js';
import { walletAccount } from '../../src/consent/index.js';
import type { Pseudonymizer } from '../platform/pseudonym.js';
import type { Asker } from './asker.js';
import type { ConsentParts } from './parts.js';

/** A connection as the graph shows it. */
export interface ConnectionRow {
  readonly id: string;
  readonly bankId: string;
  readonly reference: string;
  readonly bank: { readonly id: string };
  readonly status: 'CONNECTED' | 'REAUTH_REQUIRED';
  readonly linkedAt: string | null;
}

const relationship = maskOf(['RELATIONSHIP']);

/**
 * The asker's connections in registry order. A bank is one where a consent stands and the agreement covers RELATIONSHIP
 * for the purpose; the wallet is no bank. Picking accounts connects nobody.
 */
export async function connectionsOf(
  asker: Asker,
  parts: ConsentParts,
  nameOf: Pseudonymizer,
): Promise<ConnectionRow[]> {
  const { identity } = asker;
  if (identity === undefined) return [];
  const connected = (await asker.standings()).filter(
    ({ bank, state }) => state !== 'picking' && bank !== walletAccount && isCovered(bank, asker, parts),
  );
  const { consents } = await parts.repository.ofCustomer(identity.customer);
  const grantedAt = new Map(consents.map((consent) => [consent.id, consent.grantedAt]));
  return connected.map((standing) => ({
    id: nameOf('connection', identity.client, identity.customer, standing.bank),
    bankId: standing.bank,
    reference: standing.customerReference,
    bank: { id: standing.bank },
    status: standing.state === 'reauth' ? 'REAUTH_REQUIRED' : 'CONNECTED',
    linkedAt: linkedAt(standing, grantedAt),
  }));
}

function isCovered(bank: string, { purpose }: Asker, { agreements }: ConsentParts): boolean {
  return ((agreements.agreement(bank)?.covers.get(purpose) ?? 0) & relationship) !== 0;
}

/** When the oldest of the consents that the connection rests on was granted. */
function linkedAt({ consents }: BankStanding, grantedAt: ReadonlyMap<string, number>): string | null {
  const instants = consents.flatMap(({ id }) => grantedAt.get(id) ?? []);
  return instants.length === 0 ? null : new Date(Math.min(...instants)).toISOString();
}
