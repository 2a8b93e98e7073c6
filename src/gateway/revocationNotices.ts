/** Tells banks which consents were revoked: after it was denied here, until they have taken it. */
import { disclosedBanks, type DueNotice, type RevocationNotices, revocationSubject } from '../consent/index.js';
import { type BankPostOptions, createBankPost } from './bankPost.js';
import type { Logger } from './log.js';
import { type Notifying, startNotifying } from './notifying.js';

/** Whom notices are sent to, at `/revocations` beside their graph. */
export interface NotifyingOptions extends BankPostOptions {
  readonly notices: RevocationNotices;
  readonly logger: Logger;
  /** How often it is looked for what is due: 1,000 ms where absent. */
  readonly everyMs?: number;
}

/**
 * Looks whenever something may be due. Nothing waits for a bank: one that is down is tried again, from 15 s on up to every hour. A bank that is not
 * disclosed is not told before it is, and none is while nobody knows which are.
 */
export function createNotifying(options: NotifyingOptions): Notifying {
  const { notices, agreements, logger, everyMs } = options;
  const post = createBankPost(options, { path: 'revocations', subject: revocationSubject });
  const tell = async ({ bank, notice }: DueNotice): Promise<void> => {
    // The wallet is no bank: it learns of a revocation by what it is not asked any more.
    if (!post.banks.includes(bank)) return notices.told(notice.consent);
    if ((await post.send(bank, notice)) === 'taken') await notices.told(notice.consent);
  };
  const deliver = async (): Promise<void> => {
    // What is taken now comes again only after a rest: none is taken that could not be told.
    if (disclosedBanks(agreements) === undefined) return;
    // A store that does not answer says so elsewhere.
    const due = await notices.due().catch(() => []);
    await Promise.all(
      due.map((one) =>
        tell(one).catch(() => logger.warn({ bank: one.bank }, 'a bank did not take the notice of a revocation')),
      ),
    );
  };
  return startNotifying(post, deliver, everyMs);
}
