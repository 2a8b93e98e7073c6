/** Why the store cannot be used, in words for whoever runs the gateway. */
import { InternalFault } from '../fault/index.js';

/** What is the matter. */
export type StoreFaultReason =
  | 'STORE_IN_USE'
  | 'STORE_UNREACHABLE'
  | 'STORE_SLOW'
  | 'STORE_FULL'
  | 'STORE_VERSION'
  | 'STORE_CLOCK'
  | 'STORE_ROLE'
  | 'STORE_KEY'
  | 'STORE_DAMAGED'
  | 'STORE_RESTORED';

/** The store cannot be used. The message names what to do next and holds no password. */
export class StoreFault extends InternalFault {
  constructor(
    readonly reason: StoreFaultReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'StoreFault';
  }
}

const words: readonly (readonly [StoreFaultReason, RegExp, string])[] = [
  ['STORE_SLOW', /^(57014|55P03)$|Query read timeout/, 'the store is too slow: look at its load and at locks'],
  ['STORE_FULL', /^53/, 'the store has no room left: look at its disk, memory and connections'],
  ['STORE_ROLE', /^42501$/, "the store's login may not do that: see docs/operations/store.md, roles"],
  ['STORE_UNREACHABLE', /^25006$/, 'the store takes no writes: is it a standby?'],
  [
    'STORE_UNREACHABLE',
    /^(08|57P0)|^E[A-Z]+$|onnection terminated|timeout exceeded|not queryable|PGlite is clos/,
    'the store does not answer: see `DATABASE_URL`',
  ],
];

/** What a driver's error says about the store as a whole, in words; any other error as it is. */
export function storeFaultOf(error: unknown): unknown {
  if (typeof error !== 'object' || error === null || error instanceof StoreFault) return error;
  const { code, message } = error as { code?: unknown; message?: unknown };
  const signs = [code, message].filter((sign) => typeof sign === 'string');
  const known = words.find(([, pattern]) => signs.some((sign) => pattern.test(sign)));
  return known === undefined ? error : new StoreFault(known[0], known[2], { cause: error });
}
