/** Signed states of the receipts → the banks that the gateway routes to, each of which keeps them. */
import { type WitnessStatement, witnessSubject } from '../receipt/index.js';
import { type BankPostOptions, createBankPost } from './bankPost.js';
import type { Logger } from './log.js';

/** Whom statements are handed to, at `/witness` beside their graph. */
export interface WitnessingOptions extends BankPostOptions {
  readonly logger: Logger;
  /** How often it is looked whether what is held can be handed out: 1,000 ms where absent. */
  readonly everyMs?: number;
}

/** Where the statements of a store go, once a pipeline knows the banks. */
export class Witnesses {
  private take: (statement: WitnessStatement) => void = () => undefined;

  /** Hands a statement on. Until somebody takes them they go nowhere: the next one covers what they said. */
  hand(statement: WitnessStatement): void {
    this.take(statement);
  }

  /** From now on statements go there. */
  goTo(take: (statement: WitnessStatement) => void): void {
    this.take = take;
  }
}

/** Hands statements out. */
export interface Witnessing {
  /** Never throws and is never waited for: what a bank does not take is logged, and the next statement covers it. */
  hand(statement: WitnessStatement): void;
  close(): Promise<void>;
}

const usualEveryMs = 1_000;

/**
 * A bank that is not disclosed is not asked for this either. While nobody knows which are, the newest statement about each chain is
 * held, and handed out when it is known.
 */
export function createWitnessing(options: WitnessingOptions): Witnessing {
  const { logger, everyMs = usualEveryMs } = options;
  const post = createBankPost(options, { path: 'witness', subject: witnessSubject });
  const held = new HeldStatements();
  const send = async (bank: string, statement: WitnessStatement): Promise<void> => {
    if ((await post.send(bank, statement)) === 'unknown') held.hold(bank, statement);
  };
  const give = (bank: string, statement: WitnessStatement): void =>
    void send(bank, statement).catch(() => logger.warn({ bank }, 'a bank did not take a witness statement'));
  const timer = setInterval(
    () => held.release().forEach(([bank, statement]) => give(bank, statement)),
    everyMs,
  ).unref();
  return {
    hand: (statement) => post.banks.forEach((bank) => give(bank, statement)),
    close: () => {
      clearInterval(timer);
      return post.close();
    },
  };
}

/** Statements that wait until it is known whether their bank may have them: one per bank and chain, as each covers those before. */
class HeldStatements {
  private readonly held = new Map<string, readonly [bank: string, statement: WitnessStatement]>();

  hold(bank: string, statement: WitnessStatement): void {
    const key = JSON.stringify([bank, statement.chain]);
    const other = this.held.get(key)?.[1];
    if (other === undefined || other.at <= statement.at) this.held.set(key, [bank, statement]);
  }

  /** All of them; they are held no more. */
  release(): readonly (readonly [bank: string, statement: WitnessStatement])[] {
    const released = [...this.held.values()];
    this.held.clear();
    return released;
  }
}
