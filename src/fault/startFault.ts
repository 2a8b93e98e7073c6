import { InternalFault } from './fault.js';

/** Why a gateway does not start. */
export type StartReason =
  | 'CONFIG_INVALID'
  | 'EXPLORER_MISSING'
  | 'LISTEN_FAILED'
  | 'POLICY_INVALID'
  | 'POLICY_HASH_MISMATCH'
  | 'POLICY_UNAPPROVED'
  | 'PORT_IN_USE'
  | 'SUBGRAPH_FAILED'
  | 'SUPERGRAPH_INVALID';

/** A fault that ends the start: the message tells an operator what to change. */
export class StartFault extends InternalFault {
  constructor(
    readonly reason: StartReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'StartFault';
  }
}
