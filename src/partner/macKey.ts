/** The keys that bodies are bound by, as a partner has them. */

/** A key shared with the gateway, for the MAC over bodies. */
export interface MacKey {
  readonly kid?: string;
  /** Base64, 32 bytes at least. */
  readonly key: string;
}

/** The bytes of the keys. Throws a `TypeError` for one that is too short. */
export function parseMacKeys(keys: readonly MacKey[]): readonly Buffer[] {
  return keys.map(parseMacKey);
}

function parseMacKey({ key }: MacKey): Buffer {
  const bytes = Buffer.from(key, 'base64');
  if (bytes.byteLength < 32) throw new TypeError('a MAC key must hold 32 bytes at least, as base64');
  return bytes;
}
