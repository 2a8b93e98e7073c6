/** What one call to the consent subgraph may rest on: whose records, and where the customer stands now. */
import { isDisclosed } from '../../src/consent/index.js';
import { ClientFault } from '../../src/fault/index.js';
import type { GrantClaims } from '../../src/partition/index.js';
import { maskOf, type BankStanding, type Purpose } from '../../src/policy/index.js';
import type { ConsentParts } from './parts.js';

/** Who asks, and what that opens. Made anew for each call. */
export interface Asker {
  /** Absent where the grant speaks for no customer, or names no client: nothing of anybody's is shown then. */
  readonly identity?: { readonly customer: string; readonly client: string };
  readonly purpose: Purpose;
  /** True for records that are the asker's own: under CONSENT_MANAGEMENT all of the customer's, else this client's and purpose's. */
  owns(record: { readonly customer?: string; readonly client: string; readonly purpose: Purpose }): boolean;
  /** Where the customer stands at each bank, for this client and purpose. Read once. */
  standings(): Promise<readonly BankStanding[]>;
  /**
   * The bank as a record may name it: null when it is not disclosed. Throws the fault that says why the relationship may
   * not be shown to this client and purpose.
   */
  named(bank: string): Promise<{ readonly id: string } | null>;
}

/** The key under which the asker stands in the resolvers' context. */
export interface AskerContext {
  readonly grant: GrantClaims;
  readonly asker: Asker;
}

const relationship = maskOf(['RELATIONSHIP']);

/** The asker behind a verified grant. */
export function askerOf(grant: GrantClaims, parts: ConsentParts): Asker {
  const { sub: customer, client, purpose } = grant;
  const identity = customer === undefined || client === undefined ? undefined : { customer, client };
  const managed = purpose === 'CONSENT_MANAGEMENT';
  let read: Promise<readonly BankStanding[]> | undefined;
  const standings = () => (read ??= readStandings(grant, parts));
  return {
    ...(identity === undefined ? {} : { identity }),
    purpose,
    owns: (record) =>
      identity !== undefined &&
      record.customer === identity.customer &&
      (managed || (record.client === identity.client && record.purpose === purpose)),
    standings,
    named: async (bank) => {
      const agreement = parts.agreements.agreement(bank);
      if (!isDisclosed(agreement)) return null;
      if (managed) return { id: bank };
      if (((agreement.covers.get(purpose) ?? 0) & relationship) === 0) throw new ClientFault('BANK_EXCLUDED');
      requireActive((await standings()).find((standing) => standing.bank === bank));
      return { id: bank };
    },
  };
}

async function readStandings(
  { sub, client, purpose }: GrantClaims,
  parts: ConsentParts,
): Promise<readonly BankStanding[]> {
  if (sub === undefined || client === undefined) return [];
  return (await parts.consents.standing({ customer: sub, client, purpose }, parts.now())).banks;
}

function requireActive(standing: BankStanding | undefined): void {
  if (standing === undefined) throw new ClientFault('CONSENT_REQUIRED');
  if (standing.state === 'reauth') throw new ClientFault('REAUTH_REQUIRED');
}
