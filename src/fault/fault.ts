import { faultCodes, type FaultCode } from './codes.js';

/**
 * A fault whose message may be shown to the client. Chosen where it is thrown: the message names no host, token,
 * customer data or class, and says what to do where that is not plain.
 */
export class ClientFault extends Error {
  readonly kind = 'client';

  constructor(
    readonly code: FaultCode,
    message: string = faultCodes[code].text,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ClientFault';
  }

  /** The HTTP status when this fault ends the whole request. */
  get status(): number {
    return faultCodes[this.code].status;
  }
}

/** A fault of the gateway or of what it calls. The message is for operators; a client sees only the code. */
export class InternalFault extends Error {
  readonly kind = 'internal';
  readonly code: FaultCode = 'INTERNAL_SERVER_ERROR';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'InternalFault';
  }
}

/**
 * Why one position of an answer holds nothing: a plain record, made once per (code, bank) where it can be.
 * `message` is written here or by {@link FaultCode}, never by a bank.
 */
export interface FieldFault {
  readonly code: FaultCode;
  readonly message: string;
  /** The bank that the position depends on; only ever shown to the owning customer. */
  readonly bank?: string;
  /** What follows the position's own path, where the fault arose deeper (response keys and list indices). */
  readonly below?: readonly (string | number)[];
  /** Extensions that a platform subgraph stated; plain mode only. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A {@link FieldFault} with the code's own text. */
export function fieldFault(code: FaultCode, bank?: string): FieldFault {
  const message = faultCodes[code].text;
  return bank === undefined ? { code, message } : { code, message, bank };
}
