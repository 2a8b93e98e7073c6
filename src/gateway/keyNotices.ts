/** Tells banks which keys were revoked, so that they take nothing more that comes under them. */
import {
  disclosedBanks,
  type KeyNotice,
  keyNoticeSubject,
  type KeyRegistry,
  type RevokedKey,
} from '../consent/index.js';
import { type BankPostOptions, createBankPost } from './bankPost.js';
import type { Logger } from './log.js';
import { type Notifying, startNotifying } from './notifying.js';

/** Whom notices are sent to, at `/keys` beside their graph. */
export interface KeyNotifyingOptions extends BankPostOptions {
  readonly bankKeys: Pick<KeyRegistry, 'revoked'>;
  readonly logger: Logger;
  /** How often it is looked for what is due: 1,000 ms where absent. */
  readonly everyMs?: number;
}

const firstPauseMs = 15_000;
const longestPauseMs = 3_600_000;

/** What became of one notice so far. */
interface Telling {
  readonly told: boolean;
  readonly pauseMs: number;
  /** Not tried again before this instant. */
  readonly dueAt: number;
}

/**
 * Every instance tells every bank of every revoked key once in its life, whether the configuration still names the key or not, and
 * those revoked long ago too: a bank that was set up anew may have them among its keys again. Bound by the key that is valid now, so
 * that a bank with which none is left is not told. What a bank does not take comes again, from 15 s on up to every hour; one that is
 * not disclosed is not told before it is, and none is while nobody knows which are.
 */
export function createKeyNotifying(options: KeyNotifyingOptions): Notifying {
  const { bankKeys, agreements, logger, now, everyMs } = options;
  const post = createBankPost(options, { path: 'keys', subject: keyNoticeSubject });
  const tellings = new Map<string, Telling>();
  const tell = async ({ bank, kid, revokedAt }: RevokedKey): Promise<void> => {
    const name = JSON.stringify([bank, kid]);
    const { told, pauseMs, dueAt } = tellings.get(name) ?? { told: false, pauseMs: firstPauseMs, dueAt: 0 };
    if (told || now().getTime() < dueAt || !disclosedBanks(agreements)?.includes(bank)) return;
    const later = Math.min(pauseMs * 2, longestPauseMs);
    tellings.set(name, { told, pauseMs: later, dueAt: now().getTime() + pauseMs });
    const notice: KeyNotice = { kid, revokedAt: new Date(revokedAt).toISOString() };
    if ((await post.send(bank, notice)) === 'taken') tellings.set(name, { told: true, pauseMs, dueAt });
  };
  const deliver = async (): Promise<void> => {
    const revoked = known(bankKeys).filter(({ bank }) => post.banks.includes(bank));
    await Promise.all(
      revoked.map((key) =>
        tell(key).catch(() => logger.warn({ bank: key.bank, kid: key.kid }, 'a bank did not take the notice of a key')),
      ),
    );
  };
  return startNotifying(post, deliver, everyMs);
}

/** Decisions that cannot be read say so elsewhere. */
function known(bankKeys: Pick<KeyRegistry, 'revoked'>): readonly RevokedKey[] {
  try {
    return bankKeys.revoked();
  } catch {
    return [];
  }
}
