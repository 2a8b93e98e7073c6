/** What a bank keeps as a witness: signed states of the gateway's receipts, so that these cannot be rewritten behind its back. */
import type { KeyObject } from 'node:crypto';
import { isWitnessed, isWitnessStatement, witnessSubject, type WitnessStatement } from '../receipt/index.js';
import type { MacKey } from './macKey.js';
import { createPostbox, type Postbox } from './postbox.js';

/** The statements that were handed in. A bank that wants to use them writes each to a file of its own, as a line of JSON. */
export type WitnessBook = Postbox<WitnessStatement>;

/** What a book is made from. */
export interface WitnessBookOptions {
  readonly macKeys: readonly MacKey[] | (() => readonly MacKey[]);
  readonly now: () => Date;
  /** The platform's public keys, as `ringfence receipts key` prints them: what none of them signed is not taken. Absent: all is. */
  readonly signers?: readonly KeyObject[];
  /** Told of each statement as it comes in. */
  readonly onStatement?: (statement: WitnessStatement) => void;
}

/** A book in memory, for `POST /witness`: the latest 10,000 statements. */
export function createWitnessBook(options: WitnessBookOptions): WitnessBook {
  const { onStatement = () => undefined, signers, ...rest } = options;
  const isMessage = (value: unknown): value is WitnessStatement =>
    isWitnessStatement(value) && (!signers || isWitnessed(signers, value));
  return createPostbox({ ...rest, subject: witnessSubject, isMessage, onMessage: onStatement });
}
