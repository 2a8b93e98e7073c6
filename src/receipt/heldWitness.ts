/** What banks were handed, held against the checkpoints that are there → what was rewritten or taken away since. */
import type { KeyObject } from 'node:crypto';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { SignedCheckpoint } from './checkpoint.js';
import type { ReceiptFinding } from './finding.js';
import { isWitnessed, witnessDigest, type WitnessStatement } from './witness.js';

/** So many signatures are checked without a pause: 20 ms. */
const atOnce = 200;

/** The statements that none of the keys signed. 100 µs each; others have their turn meanwhile, and no transaction should wait for it. */
export async function unsignedStatements(
  statements: readonly WitnessStatement[],
  signers: readonly KeyObject[],
): Promise<ReadonlySet<WitnessStatement>> {
  const unsigned = new Set<WitnessStatement>();
  for (const [index, statement] of statements.entries()) {
    if (!isWitnessed(signers, statement)) unsigned.add(statement);
    if (index % atOnce === atOnce - 1) await turnOfTheLoop();
  }
  return unsigned;
}

/** Sees checkpoints one by one. Memory grows with the statements alone. */
export class HeldWitness {
  private readonly wanted: ReadonlySet<string>;
  private readonly borneOut = new Set<string>();

  constructor(
    private readonly statements: readonly WitnessStatement[],
    private readonly unsigned: ReadonlySet<WitnessStatement>,
  ) {
    this.wanted = new Set(statements.map(({ chain, digest }) => keyOf(chain, digest)));
  }

  /** Takes a checkpoint. */
  saw(checkpoint: SignedCheckpoint): void {
    if (this.wanted.size === 0) return;
    const key = keyOf(checkpoint.chain, witnessDigest(checkpoint));
    if (this.wanted.has(key)) this.borneOut.add(key);
  }

  /** What no checkpoint stands behind, and what nobody signed. `ends`: the last entry of each chain. */
  findings(ends: ReadonlyMap<number, number>): readonly ReceiptFinding[] {
    return this.statements.flatMap((statement): ReceiptFinding[] => {
      const { chain, at, digest } = statement;
      const place = { chain, from: 1, to: Math.max(1, ends.get(chain) ?? 1) };
      if (this.unsigned.has(statement)) {
        return [{ kind: 'invented', ...place, words: 'a witness shows a statement that was not signed' }];
      }
      if (this.borneOut.has(keyOf(chain, digest))) return [];
      const words = `rewritten or cut after the checkpoint that a bank witnessed at ${new Date(at).toISOString()}`;
      return [{ kind: 'rewritten', ...place, words }];
    });
  }
}

function keyOf(chain: number, digest: string): string {
  return `${chain} ${digest}`;
}
