/** What a bank is told of a consent that the customer or the platform revoked. */

/** The notice, as it travels. A consent's id stands in the grants that the bank received. */
export interface RevocationNotice {
  readonly consent: string;
  readonly version: number;
  /** ISO 8601: from then on nothing is read under the consent. */
  readonly revokedAt: string;
}

/** A notice, and the bank that it is for. */
export interface DueNotice {
  readonly bank: string;
  readonly notice: RevocationNotice;
}

/** The notices that banks have not taken yet. Survives whoever delivers them; a bank may get one twice. */
export interface RevocationNotices {
  /** Those to deliver now, 100 at most. What is not {@link told} soon comes again, later each time. */
  due(): Promise<readonly DueNotice[]>;
  /** The bank took it. */
  told(consent: string): Promise<void>;
}

/** What stands for the grant where a notice is bound to a bank's key: it comes without one. */
export const revocationSubject = 'revocation of consent';

/** True for what has a notice's form. */
export function isRevocationNotice(value: unknown): value is RevocationNotice {
  if (typeof value !== 'object' || value === null) return false;
  const { consent, version, revokedAt } = value as Partial<Record<keyof RevocationNotice, unknown>>;
  return (
    typeof consent === 'string' &&
    consent !== '' &&
    Number.isSafeInteger(version) &&
    typeof revokedAt === 'string' &&
    !Number.isNaN(Date.parse(revokedAt))
  );
}
