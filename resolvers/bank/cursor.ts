import { createHmac, timingSafeEqual } from 'node:crypto';

/** Writes and reads the cursors of a bank's lists. A cursor names a row, not its values, and fits one list only. */
export interface CursorBook {
  write(list: string, id: string): string;
  /** The row that the cursor names; undefined for a cursor of another list, or that this bank did not write. */
  read(list: string, cursor: string): string | undefined;
}

const tagBytes = 16;

/** Cursors authenticated under a key of the bank's own. */
export function createCursorBook(key: Buffer): CursorBook {
  const tagOf = (list: string, id: string): Buffer =>
    createHmac('sha256', key)
      .update(JSON.stringify(['cursor', list, id]))
      .digest()
      .subarray(0, tagBytes);
  return {
    write: (list, id) => Buffer.concat([tagOf(list, id), Buffer.from(id)]).toString('base64url'),
    read: (list, cursor) => {
      if (!/^[\w-]{23,200}$/.test(cursor)) return undefined;
      const bytes = Buffer.from(cursor, 'base64url');
      const id = bytes.subarray(tagBytes).toString();
      return timingSafeEqual(bytes.subarray(0, tagBytes), tagOf(list, id)) ? id : undefined;
    },
  };
}
