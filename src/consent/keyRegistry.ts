/** Configured keys and the decisions about them → the keys that banks may be spoken to with now, from memory. */
import {
  keyStandings,
  revokedKeys,
  validKeys,
  type BankKey,
  type KeyDecision,
  type KeyKind,
  type KeyStanding,
  type RevokedKey,
} from './bankKey.js';

/** Keys of banks that change while the gateway runs. Whatever is asked throws STALE while what is known is too old. */
export interface KeyRegistry {
  /** The valid keys of a bank, the one to use first. */
  valid(bank: string, kind: KeyKind): readonly KeyStanding[];
  /** Every key that was revoked, of every bank, also where nothing is left of it but its name. */
  revoked(): readonly RevokedKey[];
  /** How many revocations were decided: moves with each, and never falls. */
  revision(): number;
  /** Takes all decisions that there are, in the order of their entry. */
  apply(decisions: readonly KeyDecision[]): void;
}

/** What a key registry goes by. */
export interface KeyRegistryClocks {
  readonly now: () => Date;
  /** Throws STALE while the last `apply` was too long ago. */
  readonly requireFresh: () => void;
}

/** A registry that knows no decisions yet. Asking costs as much as a bank has keys. */
export function createKeyRegistry(
  configured: readonly BankKey[],
  { now, requireFresh }: KeyRegistryClocks,
): KeyRegistry {
  let standings = byBank(configured, []);
  let revoked: readonly RevokedKey[] = [];
  let revision = 0;
  const fresh = <Known>(known: () => Known): Known => {
    requireFresh();
    return known();
  };
  return {
    valid: (bank, kind) => fresh(() => validKeys(standings.get(bank) ?? [], kind, now().getTime())),
    revoked: () => fresh(() => revoked),
    revision: () => fresh(() => revision),
    apply: (decisions) => {
      standings = byBank(configured, decisions);
      revoked = revokedKeys([...standings.values()].flat(), decisions);
      revision = decisions.filter(({ act }) => act === 'REVOKE').length;
    },
  };
}

function byBank(
  configured: readonly BankKey[],
  decisions: readonly KeyDecision[],
): ReadonlyMap<string, readonly KeyStanding[]> {
  const banks = new Set([...configured, ...decisions].map(({ bank }) => bank));
  return new Map([...banks].map((bank) => [bank, keyStandings(configured, decisions, bank)]));
}
