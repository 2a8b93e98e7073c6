/** Signed states of the receipts → the banks that the gateway routes to, each of which keeps them. */
import { isDisclosed } from '../consent/index.js';
import type { AgreementPort } from '../policy/index.js';
import { type WitnessStatement, witnessSubject } from '../receipt/index.js';
import { type BankPostOptions, createBankPost } from './bankPost.js';
import type { Logger } from './log.js';

/** Whom statements are handed to, at `/witness` beside their graph. */
export interface WitnessingOptions extends BankPostOptions {
  readonly agreements: AgreementPort;
  readonly logger: Logger;
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

/** A bank that is not disclosed is not asked for this either. */
export function createWitnessing(options: WitnessingOptions): Witnessing {
  const { agreements, logger } = options;
  const post = createBankPost(options, { path: 'witness', subject: witnessSubject });
  return {
    hand: (statement) => {
      for (const bank of post.banks.filter((one) => isDisclosed(agreements.agreement(one)))) {
        post.send(bank, statement).catch(() => logger.warn({ bank }, 'a bank did not take a witness statement'));
      }
    },
    close: () => post.close(),
  };
}
