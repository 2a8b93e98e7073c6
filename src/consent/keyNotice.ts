/** What a bank is told of a key that was revoked on the platform's side. */

/** The notice, as it travels. It only ever takes a key away: no message can bring a bank a new one. */
export interface KeyNotice {
  /** The name of the key, or of both keys that go by it. */
  readonly kid: string;
  /** ISO 8601: whatever comes under the key from then on is not from the platform. */
  readonly revokedAt: string;
}

/** What stands for the grant where a notice of a key is bound: it comes without one. */
export const keyNoticeSubject = 'revocation of key';

/** True for what has a notice's form. */
export function isKeyNotice(value: unknown): value is KeyNotice {
  if (typeof value !== 'object' || value === null) return false;
  const { kid, revokedAt } = value as Partial<Record<keyof KeyNotice, unknown>>;
  return typeof kid === 'string' && kid !== '' && typeof revokedAt === 'string' && !Number.isNaN(Date.parse(revokedAt));
}
