/** What the database holds instead of names and contents. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { StoreFault } from './storeFault.js';

/** The store's keys, 32 bytes each: one for names, one for each kind of content, one for decisions about keys; all follow from one secret. */
export interface StoreKeys {
  readonly names: Buffer;
  readonly consents: Buffer;
  readonly receipts: Buffer;
  readonly decisions: Buffer;
}

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const formatByte = 1;
const nonceEnd = 1 + nonceBytes;
const tagEnd = nonceEnd + tagBytes;

/** The keys that follow from one secret of 32 bytes or more (HKDF-SHA-256). Throws a `StoreFault` for a shorter one. */
export function storeKeysOf(secret: Buffer): StoreKeys {
  if (secret.length < keyBytes) throw new StoreFault('STORE_KEY', `the store's key is shorter than ${keyBytes} bytes`);
  const derive = (use: string): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, '', `ringfence store ${use}`, keyBytes));
  return {
    names: derive('names'),
    consents: derive('consents'),
    receipts: derive('receipts'),
    decisions: derive('decisions'),
  };
}

/** What stands in a table for a name of one kind: 32 bytes that nobody makes or reads without the key. */
export function keyedName(key: Buffer, kind: string, ...parts: readonly string[]): Buffer {
  return createHmac('sha256', key)
    .update(JSON.stringify([kind, ...parts]))
    .digest();
}

/** The content sealed (AES-256-GCM); `context` says where it belongs, and it opens nowhere else. */
export function sealContent(key: Buffer, context: string, content: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(content, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(formatByte), nonce, cipher.getAuthTag(), sealed]);
}

/** The sealed content. Throws a `StoreFault` where another key sealed it, it belongs elsewhere, or it was changed. */
export function openContent(key: Buffer, context: string, bytes: Uint8Array): string {
  try {
    if (bytes[0] !== formatByte) throw new RangeError('an unknown format');
    const nonce = bytes.subarray(1, nonceEnd);
    const tag = bytes.subarray(nonceEnd, tagEnd);
    const cipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
      .setAAD(Buffer.from(context))
      .setAuthTag(tag);
    return Buffer.concat([cipher.update(bytes.subarray(tagEnd)), cipher.final()]).toString('utf8');
  } catch (cause) {
    throw new StoreFault('STORE_KEY', `\`${context}\` does not open: the key is another, or the row was changed`, {
      cause,
    });
  }
}
