/** What a bank keeps of a checkpoint: it proves later that the chain was not rewritten, and tells the bank no count. */
import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { checkpointBytes, type SignedCheckpoint } from './checkpoint.js';

/** A checkpoint as banks see it. The digest covers the checkpoint's own signature, so that nobody guesses what is behind it. */
export interface WitnessStatement {
  readonly chain: number;
  /** Milliseconds since the epoch: when the checkpoint was made. */
  readonly at: number;
  /** SHA-256 in hex. */
  readonly digest: string;
  /** Id of the key that signed. */
  readonly key: string;
  /** Base64: Ed25519 over chain, instant and digest. */
  readonly signature: string;
}

/** What stands for the grant where a statement is bound to a bank's key: it comes without one. */
export const witnessSubject = 'witness of receipts';

/** True for what has a statement's form. */
export function isWitnessStatement(value: unknown): value is WitnessStatement {
  if (typeof value !== 'object' || value === null) return false;
  const { chain, at, digest, key, signature } = value as Partial<Record<keyof WitnessStatement, unknown>>;
  return (
    Number.isSafeInteger(chain) &&
    Number.isSafeInteger(at) &&
    typeof digest === 'string' &&
    /^[0-9a-f]{64}$/.test(digest) &&
    typeof key === 'string' &&
    typeof signature === 'string'
  );
}

/** The statement that a bank is handed for a checkpoint. */
export function witnessOf(key: KeyObject, checkpoint: SignedCheckpoint): WitnessStatement {
  const { chain, at } = checkpoint;
  const digest = witnessDigest(checkpoint);
  const signature = sign(null, statementBytes({ chain, at, digest }), key).toString('base64');
  return { chain, at, digest, key: checkpoint.key, signature };
}

/** What a statement says of a checkpoint. */
export function witnessDigest(checkpoint: SignedCheckpoint): string {
  return createHash('sha256').update(checkpointBytes(checkpoint)).update(checkpoint.signature).digest('hex');
}

/** True when one of the public keys signed the statement. */
export function isWitnessed(keys: readonly KeyObject[], statement: WitnessStatement): boolean {
  const signature = Buffer.from(statement.signature, 'base64');
  return keys.some((key) => verify(null, statementBytes(statement), key, signature));
}

function statementBytes({ chain, at, digest }: Pick<WitnessStatement, 'chain' | 'at' | 'digest'>): Buffer {
  return Buffer.from(`ringfence witness 1\n${JSON.stringify([chain, at, digest])}`);
}
