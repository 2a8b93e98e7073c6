/** One answer while it is written: where the writer is, and the errors so far. */
import type { FieldFault } from '../fault/index.js';
import { clientPath, type Exchange, type Harvest } from '../plan/index.js';

/** Response keys and list indices. */
export type ResponsePath = readonly (string | number)[];

/** Writes an object that was found to be of some type, at some position of the operation. */
export type ObjectWriter = (object: object, answer: Answer) => string | undefined;

/**
 * The state of one serialization. Each position knows its own depth when it is compiled and writes its key to
 * `path[depth]` before it goes deeper, so that no path is built for positions without an error.
 */
export class Answer {
  readonly path: (string | number)[] = [];
  readonly errors: string[] = [];

  private readonly written = new Map<object, { readonly by: ObjectWriter; readonly text: string }>();

  constructor(
    readonly exchange: Exchange,
    private readonly harvest: Pick<Harvest, 'shared' | 'isPlain'>,
  ) {}

  /** True when no string of the harvest needs an escape. */
  get isPlain(): boolean {
    return this.harvest.isPlain;
  }

  /** Writes an object; one that stands at several positions is written once, unless errors name its positions. */
  write(object: object, by: ObjectWriter): string | undefined {
    if (!this.harvest.shared.has(object)) return by(object, this);
    const written = this.written.get(object);
    if (written?.by === by) return written.text;
    const errors = this.errors.length;
    const text = by(object, this);
    if (text !== undefined && this.errors.length === errors) this.written.set(object, { by, text });
    return text;
  }

  /** Notes faults at the position that the first `depth` keys name. */
  fail(faults: readonly FieldFault[], depth: number): void {
    for (const fault of faults) {
      this.errors.push(errorText(fault, [...this.path.slice(0, depth), ...clientPath(fault.below ?? [])]));
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
