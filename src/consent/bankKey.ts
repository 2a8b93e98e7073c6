/** The keys that are configured for a bank, and the decisions about them → how each key stands. Pure. */

/** `grant` signs grants (EdDSA, Ed25519); `mac` binds bodies to them (HMAC-SHA-256). */
export const keyKinds = ['grant', 'mac'] as const;

/** One of {@link keyKinds}. */
export type KeyKind = (typeof keyKinds)[number];

/** A key by its name and its print. Neither half of it is ever here, nor in a store. */
export interface BankKey {
  readonly bank: string;
  /** What the bank knows it by. */
  readonly kid: string;
  readonly kind: KeyKind;
  /** What tells it from every other key, and nothing else of it: 43 characters of base64url. */
  readonly print: string;
}

/** What a decision does. Instants are milliseconds since the epoch. */
export type KeyAct =
  | {
      readonly act: 'ADD';
      readonly kind: KeyKind;
      readonly print: string;
      /** Absent: at once. */
      readonly from?: number;
      /** Absent: until it is retired. */
      readonly until?: number;
    }
  | { readonly act: 'RETIRE'; readonly until: number }
  | {
      readonly act: 'REVOKE';
      /** The print of a key with that name; absent where whoever decided did not know it. */
      readonly print?: string;
    };

/** One decision about the key, or both keys, that a bank knows by `kid`, and who answers for it. */
export type KeyDecision = KeyAct & {
  readonly bank: string;
  readonly kid: string;
  readonly enteredAt: number;
  readonly by: string;
  readonly reason: string;
};

/** A key in the light of all decisions. */
export interface KeyStanding extends BankKey {
  /** Absent: always. */
  readonly from?: number;
  /** Absent: for as long as nothing is decided. */
  readonly until?: number;
  /** From then on it is never used again. */
  readonly revokedAt?: number;
}

/** A name under which a bank takes nothing more. */
export type RevokedKey = Pick<BankKey, 'bank' | 'kid'> & { readonly revokedAt: number };

/** Where a key is in its life. */
export type KeyState = 'TO_COME' | 'VALID' | 'RETIRED' | 'REVOKED';

/**
 * Every key of one bank that is configured or was added, in that order. Decisions must be in the order of their entry.
 * INVARIANT: whatever was decided before or after, a key whose name or print was revoked is revoked, and a name
 * that was added stands for the print that was added.
 */
export function keyStandings(
  configured: readonly BankKey[],
  decisions: readonly KeyDecision[],
  bank: string,
): readonly KeyStanding[] {
  const own = decisions.filter((decision) => decision.bank === bank);
  const added = own.filter((decision) => decision.act === 'ADD');
  const isAdded = ({ kid, kind }: BankKey): boolean => added.some((one) => one.kid === kid && one.kind === kind);
  const known: readonly KeyStanding[] = [
    ...configured.filter((key) => key.bank === bank && !isAdded(key)),
    ...added.map(({ kid, kind, print, from, until }) => ({
      ...{ bank, kid, kind, print },
      ...(from !== undefined && { from }),
      ...(until !== undefined && { until }),
    })),
  ];
  return withoutRevivals(
    known.map((key) => decided(key, own)),
    own,
  );
}

/** The state at an instant. */
export function keyStateAt({ from, until, revokedAt }: KeyStanding, now: number): KeyState {
  if (revokedAt !== undefined) return 'REVOKED';
  if (until !== undefined && until <= now) return 'RETIRED';
  return from !== undefined && from > now ? 'TO_COME' : 'VALID';
}

/** The valid keys of one kind, the one to use first: that which became valid last. */
export function validKeys(standings: readonly KeyStanding[], kind: KeyKind, now: number): readonly KeyStanding[] {
  return standings
    .filter((key) => key.kind === kind && keyStateAt(key, now) === 'VALID')
    .toReversed()
    .sort((one, other) => (other.from ?? 0) - (one.from ?? 0));
}

/**
 * Every name that was revoked, of every bank, once and since when; whether it is still configured or not, and with the names
 * of those among `standings` that were revoked by their print alone.
 */
export function revokedKeys(
  standings: readonly KeyStanding[],
  decisions: readonly KeyDecision[],
): readonly RevokedKey[] {
  const byName = decisions.flatMap(({ act, bank, kid, enteredAt }) =>
    act === 'REVOKE' ? [{ bank, kid, revokedAt: enteredAt }] : [],
  );
  const byPrint = standings.flatMap(({ bank, kid, revokedAt }) =>
    revokedAt === undefined ? [] : [{ bank, kid, revokedAt }],
  );
  const first = new Map<string, RevokedKey>();
  for (const key of [...byName, ...byPrint]) {
    const name = JSON.stringify([key.bank, key.kid]);
    if (key.revokedAt < (first.get(name)?.revokedAt ?? Infinity)) first.set(name, key);
  }
  return [...first.values()];
}

function decided(key: KeyStanding, decisions: readonly KeyDecision[]): KeyStanding {
  return decisions
    .filter(({ kid }) => kid === key.kid)
    .reduce<KeyStanding>((standing, decision) => {
      if (decision.act === 'REVOKE') return { revokedAt: decision.enteredAt, ...standing };
      if (decision.act === 'RETIRE')
        return { ...standing, until: Math.min(decision.until, standing.until ?? Infinity) };
      return standing;
    }, key);
}

/** A key does not come back under another name, also where nothing but its print is left of the old one. */
function withoutRevivals(keys: readonly KeyStanding[], decisions: readonly KeyDecision[]): readonly KeyStanding[] {
  const revoked = new Map<string, number>();
  for (const decision of decisions) {
    if (decision.act === 'REVOKE' && decision.print !== undefined) revoked.set(decision.print, decision.enteredAt);
  }
  for (const { print, revokedAt } of keys) if (revokedAt !== undefined) revoked.set(print, revokedAt);
  return keys.map((key) => {
    const revokedAt = revoked.get(key.print);
    return revokedAt === undefined ? key : { revokedAt, ...key };
  });
}
