/** One answer while it is written: where the writer is, and the errors so far. */
import type { FieldFault } from '../fault/index.js';
import { clientKey, type Exchange } from '../plan/index.js';

/** Response keys and list indices. */
export type ResponsePath = readonly (string | number)[];

/**
 * The state of one serialization. Each position knows its own depth when it is compiled and writes its key to
 * `path[depth]` before it goes deeper, so that no path is built for positions without an error.
 */
export class Answer {
  readonly path: (string | number)[] = [];
  readonly errors: string[] = [];

  constructor(readonly exchange: Exchange) {}

  /** Notes faults at the position that the first `depth` keys name. */
  fail(faults: readonly FieldFault[], depth: number): void {
    for (const fault of faults) {
      const below = (fault.below ?? []).map((key) => (typeof key === 'string' ? clientKey(key) : key));
      this.errors.push(errorText(fault, [...this.path.slice(0, depth), ...below]));
    }
  }

  /** Notes a fault that belongs to no position. */
  failWhole(fault: FieldFault): void {
    this.errors.push(errorText(fault, undefined));
  }

  /** The whole response. */
  text(data: string): string {
    return this.errors.length === 0 ? `{"data":${data}}` : `{"data":${data},"errors":[${this.errors.join(',')}]}`;
  }
}

function errorText({ code, message, bank, extensions }: FieldFault, path: ResponsePath | undefined): string {
  const stated = { code, ...extensions, ...(bank !== undefined && { bank }) };
  return JSON.stringify({ message, ...(path && { path }), extensions: stated });
}

/** The fault of a position whose value cannot be written. The value itself never shows in a message. */
export function unwritable(message: string): readonly FieldFault[] {
  return [{ code: 'INTERNAL_SERVER_ERROR', message }];
}
