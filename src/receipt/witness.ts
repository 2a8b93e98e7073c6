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

/** Statements, as an attestation names those that it rests on: a bank can tell whether they are its own. Instants are ISO 8601. */
export interface WitnessSet {
  readonly statements: number;
  readonly first: string;
  readonly last: string;
  /** SHA-256 in hex over the digests of all of them, each once, sorted, with a line feed behind each. */
  readonly digest: string;
}

/** The set of one statement or more. */
export function witnessSetOf(statements: readonly WitnessStatement[]): WitnessSet {
  const digests = [...new Set(statements.map(({ digest }) => digest))].sort();
  const instants = statements.map(({ at }) => at).sort((one, other) => one - other);
  const instant = (ms = 0): string => new Date(ms).toISOString();
  return {
    statements: digests.length,
    first: instant(instants[0]),
    last: instant(instants.at(-1)),
    digest: createHash('sha256')
      .update(digests.map((digest) => `${digest}\n`).join(''))
      .digest('hex'),
  };
}

/** True when one of the public keys signed the statement. */
export function isWitnessed(keys: readonly KeyObject[], statement: WitnessStatement): boolean {
  const signature = Buffer.from(statement.signature, 'base64');
  return keys.some((key) => verify(null, statementBytes(statement), key, signature));
}

function statementBytes({ chain, at, digest }: Pick<WitnessStatement, 'chain' | 'at' | 'digest'>): Buffer {
  return Buffer.from(`ringfence witness 1\n${JSON.stringify([chain, at, digest])}`);
}
