/** The keys that a bank takes calls under, while they change: its own people add them, and the gateway may take them away. */
import { isKeyNotice, type KeyNotice, keyNoticeSubject } from '../consent/index.js';
import type { PartnerKeys } from './callCheck.js';
import { grantKeysByKid } from './grant.js';
import { parseMacKeys } from './macKey.js';
import { createPostbox, type Postbox } from './postbox.js';

/** A book of keys, and the door for `POST /keys`. */
export interface KeyBook extends Postbox<KeyNotice> {
  /** The keys that count now, without those that were revoked: to be given to a subgraph and to other doors. */
  readonly keys: () => PartnerKeys;
  /** From now on these keys count. One that was revoked does not come back by it. Throws as {@link createKeyBook}. */
  replace(keys: PartnerKeys): void;
}

/** What a book is made from. */
export interface KeyBookOptions {
  readonly keys: PartnerKeys;
  readonly now: () => Date;
  /**
   * Told of each revocation, to take the key out of what the bank starts with; the gateway comes again with one for which this
   * throws or rejects.
   */
  readonly onRevocation?: (notice: KeyNotice) => void | Promise<void>;
}

/** A book in memory. Throws a `TypeError` for what is no key, and for a MAC key without `kid`: nobody could revoke it. */
export function createKeyBook({ keys, now, onRevocation = () => undefined }: KeyBookOptions): KeyBook {
  const revoked = new Set<string>();
  let stated = requireKeys(keys);
  let current = stated;
  const settle = (): void => {
    const counts = ({ kid }: { readonly kid?: string | undefined }): boolean => kid !== undefined && !revoked.has(kid);
    current = { grantKeys: stated.grantKeys.filter(counts), macKeys: stated.macKeys.filter(counts) };
  };
  const postbox = createPostbox({
    macKeys: () => current.macKeys,
    now,
    subject: keyNoticeSubject,
    isMessage: isKeyNotice,
    onMessage: (notice) => {
      revoked.add(notice.kid);
      settle();
      return onRevocation(notice);
    },
  });
  return {
    ...postbox,
    keys: () => current,
    replace: (next) => {
      stated = requireKeys(next);
      settle();
    },
  };
}

function requireKeys(keys: PartnerKeys): PartnerKeys {
  grantKeysByKid(keys.grantKeys);
  parseMacKeys(keys.macKeys);
  if (keys.macKeys.some(({ kid }) => !kid))
    throw new TypeError('a MAC key must have a `kid`, as it is revoked by that name');
  return keys;
}
