/** What the gateway writes about itself: JSON lines on standard error, without values, query texts or tokens. */
import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { ClientFault, InternalFault } from '../fault/index.js';

/** A structured log. */
export type Logger = PinoLogger;

/** The levels that `log.level` takes. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** One of {@link logLevels}. */
export type LogLevel = (typeof logLevels)[number];

/** Members that no line may show, should one ever be passed. */
const secretMembers = ['authorization', 'token', 'variables', 'query', 'source', 'body', 'headers', 'data'];

/** A log that writes JSON lines to `destination`, standard error unless told otherwise. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secretMembers.flatMap((member) => [member, `*.${member}`]), censor: '[redacted]' },
      serializers: { err: describeError },
    },
    destination ?? pino.destination({ dest: 2, sync: false }),
  );
}

/** An error as a log may hold it. */
export interface ErrorDescription {
  readonly name: string;
  readonly message?: string;
  readonly code?: string;
  /** Why the store cannot be used, or the program not start. */
  readonly reason?: string;
  readonly frames: readonly string[];
  readonly cause?: ErrorDescription;
}

/** How many causes a description follows. */
const causeDepth = 3;

/**
 * The parts of an error that cannot hold a value. Only our own faults have a message here: one from elsewhere may
 * quote what a bank sent, as that of `JSON.parse` does.
 */
export function describeError(error: unknown, depth = causeDepth): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] };
  const ours = error instanceof ClientFault || error instanceof InternalFault;
  const code: unknown = 'code' in error ? error.code : undefined;
  const reason: unknown = 'reason' in error ? error.reason : undefined;
  return {
    name: error.name,
    ...(ours && { message: error.message }),
    ...(typeof code === 'string' && { code }),
    ...(ours && typeof reason === 'string' && { reason }),
    frames: framesOf(error),
    ...(error.cause !== undefined && depth > 0 && { cause: describeError(error.cause, depth - 1) }),
  };
}

function framesOf(error: Error): string[] {
  const lines = (error.stack ?? '').split('\n').map((line) => line.trim());
  return lines.filter((line) => /^at .*:\d+:\d+\)?$/.test(line)).slice(0, 8);
}
