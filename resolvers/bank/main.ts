/** A sandbox bank as a process of its own; see `resolvers/process.ts` for how it is started. */
import { z } from 'zod';
import { createKeyBook, createRevocationBook, createWitnessBook } from '../../src/partner/index.js';
import { dataCategories, maskOf, purposes } from '../../src/policy/index.js';
import { demoBanks } from '../demo/world.js';
import { serveAsChild, type ChildServer } from '../process.js';
import { createBank } from './bank.js';
import { bankContract } from './contract.js';
import { partnerKeysSchema, serveSandbox } from './sandbox.js';

const bankProcessConfig = z.strictObject({
  bank: z.enum(demoBanks),
  /** 0 takes a free port. */
  port: z.int().min(0).max(65_535),
  keys: partnerKeysSchema,
  policyHash: z.string().min(1),
  /** Categories by purpose; a purpose that is absent is not covered. */
  agreement: z.partialRecord(z.enum(purposes), z.array(z.enum(dataCategories))),
  salt: z.string(),
  clockOffsetMs: z.int(),
});

/** What the parent sends to a bank's process. */
export type BankProcessConfig = z.input<typeof bankProcessConfig>;

async function start(sent: BankProcessConfig): Promise<ChildServer> {
  const { bank, port, keys, policyHash, agreement, salt, clockOffsetMs } = bankProcessConfig.parse(sent);
  const covers = new Map(purposes.map((purpose) => [purpose, maskOf(agreement[purpose] ?? [])]));
  const now = (): Date => new Date(Date.now() + clockOffsetMs);
  const book = createKeyBook({ keys, now });
  const subgraph = createBank({ bank, sdl: bankContract(), keys: book.keys, policyHash, agreement: covers, salt, now });
  const door = { macKeys: () => book.keys().macKeys, now };
  const [witness, revocations] = [createWitnessBook(door), createRevocationBook(door)];
  return serveSandbox(subgraph, port, { witness, revocations, keys: book });
}

serveAsChild(start);
