/** Why the store cannot be used, in words for whoever runs the gateway. */

/** What is the matter. */
export type StoreFaultReason =
  'STORE_IN_USE' | 'STORE_UNREACHABLE' | 'STORE_VERSION' | 'STORE_ROLE' | 'STORE_KEY' | 'STORE_DAMAGED';

/** The store cannot be used. The message names what to do next and holds no password. */
export class StoreFault extends Error {
  constructor(
    readonly reason: StoreFaultReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'StoreFault';
  }
}
