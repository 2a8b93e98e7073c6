/** Words from options and environment variables → values, or a fault that names the word's place. */
import { StartFault } from '../fault/index.js';
import { logLevels, type LogLevel } from '../gateway/index.js';

/** What a port number may be. */
export interface PortRule {
  /** The option or variable, for the message. */
  readonly name: string;
  readonly fallback: number;
  /** How many ports in a row are needed. */
  readonly span: number;
}

/** A port number; `fallback` for none. */
export function portOf(text: string | undefined, { name, fallback, span }: PortRule): number {
  if (text === undefined || text === '') return fallback;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port + span - 1 <= 65_535) return port;
  throw new StartFault('CONFIG_INVALID', `\`${name}\` must be a port number, 0 to ${65_536 - span}`);
}

/** A log level of `RINGFENCE_LOG`; `fallback` for none. */
export function logLevelOf(text: string | undefined, fallback: LogLevel): LogLevel {
  if (text === undefined || text === '') return fallback;
  const level = logLevels.find((word) => word === text);
  if (level) return level;
  throw new StartFault('CONFIG_INVALID', `\`RINGFENCE_LOG\` must be one of ${logLevels.join(', ')}`);
}

const unitMs: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };

/** An offset of `RINGFENCE_CLOCK` in milliseconds: `+91d`, `+2h`, `+30m`, `+5s`; 0 for none. */
export function clockOffsetOf(text: string | undefined): number {
  if (text === undefined || text === '') return 0;
  const [, count, unit] = /^\+(\d{1,6})([dhms])$/.exec(text) ?? [];
  const factor = unitMs[unit ?? ''];
  if (count !== undefined && factor !== undefined) return Number(count) * factor;
  throw new StartFault('CONFIG_INVALID', '`RINGFENCE_CLOCK` must be an offset such as `+91d`');
}
