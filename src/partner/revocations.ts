/** What a bank hears of consents that were revoked on the platform's side. */
import { isRevocationNotice, type RevocationNotice, revocationSubject } from '../consent/index.js';
import type { MacKey } from './macKey.js';
import { createPostbox, type Postbox } from './postbox.js';

/** The notices that came in. The same one may come twice. */
export type RevocationBook = Postbox<RevocationNotice>;

/** What a book is made from. */
export interface RevocationBookOptions {
  readonly macKeys: readonly MacKey[] | (() => readonly MacKey[]);
  readonly now: () => Date;
  /** Told of each notice; the gateway comes again with one for which this throws or rejects. */
  readonly onRevocation?: (notice: RevocationNotice) => void | Promise<void>;
}

/** A book in memory, for `POST /revocations`: the latest 10,000 notices. */
export function createRevocationBook({
  onRevocation = () => undefined,
  ...rest
}: RevocationBookOptions): RevocationBook {
  return createPostbox({ ...rest, subject: revocationSubject, isMessage: isRevocationNotice, onMessage: onRevocation });
}
