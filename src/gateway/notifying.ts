/** Delivery that goes on by itself: rounds of what is due, one at a time, over one post. */
import type { BankPost } from './bankPost.js';

/** Delivers while it runs. */
export interface Notifying {
  /** Delivers what is due now; resolves when each bank has answered or let it be. Never rejects. */
  deliver(): Promise<void>;
  /** Begins no further round; resolves when the last one has ended and the post is closed. */
  close(): Promise<void>;
}

const usualEveryMs = 1_000;

/** Runs `deliver`, which must not reject, every `everyMs` (1,000 ms where absent); while one round lasts no other begins. Keeps no process alive. */
export function startNotifying(
  post: Pick<BankPost, 'close'>,
  deliver: Notifying['deliver'],
  everyMs = usualEveryMs,
): Notifying {
  let underWay: Promise<void> | undefined;
  const timer = setInterval(() => {
    underWay ??= deliver().finally(() => (underWay = undefined));
  }, everyMs).unref();
  return {
    deliver,
    close: async () => {
      clearInterval(timer);
      await underWay;
      await post.close();
    },
  };
}
