/** The mark of receipts: the newest checkpoint of each chain, in a file on this machine, which whoever owns the database cannot reach. */
import { z } from 'zod';
import type { SignedCheckpoint } from '../receipt/index.js';
import { readMachineFile, renameMachineFile, replaceMachineFile } from './machineFile.js';
import { StoreFault } from './storeFault.js';

/** What a machine has seen of a store's receipts. */
export interface ReceiptMark {
  /** Of the store: another one after an operator confirmed a restored copy, and in a store that was made anew. */
  readonly generation: string;
  /** One of each chain. */
  readonly checkpoints: readonly SignedCheckpoint[];
}

/** Where a mark is kept. All of it throws a `StoreFault` that names the path where the disk does not let it. */
export interface ReceiptMarkFile {
  /** Undefined where there is none. Throws a `StoreFault` where it holds something else. */
  read(): ReceiptMark | undefined;
  /** Replaces it whole: whatever ends this process, or the machine, the old one is there or the new one. */
  write(mark: ReceiptMark): void;
  /** Gives it another name, so that another one can begin, and nothing is lost. That name; undefined where it is gone already. */
  putAside(): string | undefined;
}

const checkpointSchema = z.strictObject({
  chain: z.int().min(1),
  seq: z.int().min(0),
  at: z.int(),
  hash: z.hex().length(64),
  key: z.string(),
  signature: z.base64(),
});
const markSchema = z.strictObject({ generation: z.string().min(1), checkpoints: z.array(checkpointSchema) });

/** The mark that lies beside a store's own mark: `store.mark` and `store.receipts.mark`. */
export function receiptMarkFile(storeMark: string): ReceiptMarkFile {
  const path = `${storeMark.replace(/\.mark$/, '')}.receipts.mark`;
  return {
    read: () => {
      const text = readMachineFile(path);
      return text === undefined ? undefined : parse(text, path);
    },
    write: (mark) => replaceMachineFile(path, `${JSON.stringify(written(mark))}\n`),
    putAside: () => renameMachineFile(path, `${path}.${Date.now()}`),
  };
}

function written({ generation, checkpoints }: ReceiptMark): z.infer<typeof markSchema> {
  const lines = checkpoints.map(({ chain, seq, at, hash, key, signature }) => {
    const bytes = { hash: Buffer.from(hash).toString('hex'), signature: Buffer.from(signature).toString('base64') };
    return { chain, seq, at, key, ...bytes };
  });
  return { generation, checkpoints: lines };
}

function parse(text: string, path: string): ReceiptMark {
  const parsed = markSchema.safeParse(jsonOf(text));
  if (!parsed.success) {
    const words = `\`${path}\` holds no mark of receipts; see docs/operations/receipts.md, checking`;
    throw new StoreFault('STORE_DAMAGED', words, { cause: parsed.error });
  }
  const { generation, checkpoints } = parsed.data;
  const signed = checkpoints.map(({ hash, signature, ...rest }) => {
    return { ...rest, hash: Buffer.from(hash, 'hex'), signature: Buffer.from(signature, 'base64') };
  });
  return { generation, checkpoints: signed };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
