import { createHmac } from 'node:crypto';
import { createSubgraph, type PartnerKeys, type Subgraph, type SubgraphOptions } from '../../src/partner/index.js';
import type { CategoryMask, Purpose } from '../../src/policy/index.js';
import type { DemoBank } from '../demo/world.js';
import { BankState } from './bankState.js';
import { bankResolvers } from './bankResolvers.js';
import { openCounter } from './counter.js';
import { createCursorBook } from './cursor.js';
import { createLedger } from './ledger/index.js';

/** What a sandbox bank is made of. */
export interface BankOptions {
  readonly bank: DemoBank;
  /** `schema/policy.graphql` followed by `schema/bank.graphql`. */
  readonly sdl: string;
  readonly keys: SubgraphOptions['keys'];
  readonly policyHash: string;
  /** The bank's own copy of its agreement. */
  readonly agreement: ReadonlyMap<Purpose, CategoryMask>;
  readonly salt: string;
  readonly now: () => Date;
}

/** A bank with a ledger of its own, behind the partner kit. */
export function createBank({ bank, sdl, keys, policyHash, agreement, salt, now }: BankOptions): Subgraph {
  const ledger = createLedger({ bank, salt, now });
  const states = new BankState(now);
  const resolvers = bankResolvers(createCursorBook(cursorKey(bank, typeof keys === 'function' ? keys() : keys)));
  const context = ({ sub }: { readonly sub?: string }): object => {
    const counter = openCounter(ledger, states, sub);
    return counter === undefined ? {} : { counter };
  };
  return createSubgraph({ name: bank, sdl, resolvers, keys, policyHash, agreement, now, context });
}

/** Cursors outlive a restart: their key comes from the bank's newest secret. */
function cursorKey(bank: DemoBank, { macKeys }: PartnerKeys): Buffer {
  const [newest] = macKeys;
  if (newest === undefined) throw new TypeError('a bank needs a MAC key');
  return createHmac('sha256', Buffer.from(newest.key, 'base64')).update(`cursors of ${bank}`).digest();
}
