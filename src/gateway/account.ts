/** A request's end: the epoch compared, receipts kept, and what the answer may still hold. */
import { InternalFault } from '../fault/index.js';
import type { Exchange } from '../plan/index.js';
import type { Logger } from './log.js';
import type { ReceiptEntry } from '../receipt/index.js';
import type { UnderPolicy } from './pipeline.js';
import {
  type Happened,
  type Outcome,
  receiptsOf,
  refusalReceipts,
  shownReceipts,
  withheldReceipts,
} from './receipts.js';

/** A request whose plan has run. */
export interface Accounted {
  readonly exchange: Exchange;
  readonly happened: Happened;
  /** Coordinates that were denied before planning. */
  readonly refused: readonly string[];
  /** Resolves when the answer is on its socket. */
  readonly handed: Promise<void>;
}

/**
 * Writes down what was asked, released and refused before bytes leave; gives the exchange as it stands after that.
 * INVARIANT: the epoch is compared right before bytes leave; where it moved, or no receipt could be kept, the wall stops
 * every released value, and the rest of the answer stands.
 */
export async function accountFor(underPolicy: UnderPolicy, accounted: Accounted, logger: Logger): Promise<Exchange> {
  const { exchange, happened, refused, handed } = accounted;
  if (!exchange.principal) throw new InternalFault('an answer under policy is for nobody');
  const { requestId, principal } = exchange;
  if (refused.length > 0) logger.info({ requestId, client: principal.clientId, refused }, 'refused');
  const closing: Closing = { underPolicy, exchange, logger };
  const before = await settled(closing);
  const entries = [
    ...releaseReceipts(closing, happened, before),
    ...refusalReceipts(exchange, refused, underPolicy),
    ...withheldReceipts(exchange, happened.withheld, underPolicy),
  ];
  if (entries.length === 0) return before;
  if (!(await isKept(closing, entries))) return { ...exchange, stopped: 'STALE' };
  underPolicy.departures.begin(handed);
  const after = await settled(closing);
  if (before !== exchange) return before;
  const hasReleased = happened.releases.length > 0 || happened.shown.length > 0;
  if (after === exchange || !hasReleased) return after;
  const discarded = releaseReceipts(closing, happened, after).filter(({ decision }) => decision !== 'RELEASED');
  if (discarded.length > 0) await isKept(closing, discarded);
  return after;
}

function releaseReceipts({ exchange, underPolicy }: Closing, happened: Happened, after: Exchange): ReceiptEntry[] {
  const outcome = outcomeOf(after);
  const { shown } = happened;
  return [
    ...receiptsOf(exchange, { happened, outcome }, underPolicy),
    ...shownReceipts(exchange, { shown, outcome }, underPolicy),
  ];
}

interface Closing {
  readonly underPolicy: UnderPolicy;
  readonly exchange: Exchange;
  readonly logger: Logger;
}

function outcomeOf({ stopped }: Exchange): Outcome {
  if (stopped === undefined) return 'RELEASED';
  return stopped === 'REVOKED_IN_FLIGHT' ? stopped : 'REQUESTED';
}

async function isKept({ underPolicy, exchange, logger }: Closing, entries: ReceiptEntry[]): Promise<boolean> {
  try {
    await underPolicy.receipts.append(entries);
    return true;
  } catch (error) {
    logger.error({ requestId: exchange.requestId, err: error }, 'no receipt could be kept: no bank value left');
    return false;
  }
}

/** The exchange itself while the customer's epoch is the one it began with. Consent state that is too old stops it too. */
async function settled({ underPolicy, exchange, logger }: Closing): Promise<Exchange> {
  const { principal, standing, requestId } = exchange;
  if (principal?.customer === undefined || !standing) return exchange;
  try {
    const epoch = await underPolicy.consents.epoch(principal.customer);
    if (epoch === standing.epoch) return exchange;
    return { ...exchange, standing: { ...standing, epoch }, stopped: 'REVOKED_IN_FLIGHT' };
  } catch (error) {
    logger.error({ requestId, err: error }, 'the state of consents is not known: no bank value left');
    return { ...exchange, stopped: 'STALE' };
  }
}
