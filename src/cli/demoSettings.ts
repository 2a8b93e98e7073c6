/** The demo's environment variables → settings. */
import type { LogLevel } from '../gateway/index.js';
import { clockOffsetOf, logLevelOf, portOf } from './environment.js';

/** What the demo can be told from outside. */
export interface DemoSettings {
  /** `PORT`, 4000; 0 for one that is free. */
  readonly port: number;
  /** `BANK_PORT`, 4101, and the three after it; 0 for any that are free. */
  readonly bankPort: number;
  /** `RINGFENCE_SANDBOX_SALT`: another one changes what the banks hold. */
  readonly salt: string;
  /** `RINGFENCE_CLOCK`: how far the demo's clock runs ahead. */
  readonly clockOffsetMs: number;
  /** `RINGFENCE_LOG`. */
  readonly logLevel: LogLevel;
  /** `RINGFENCE_POLICY_HASH`: the only policy that may be served. */
  readonly pinnedPolicyHash?: string;
}

/** Reads the settings. Throws a `StartFault` that names the variable and what was expected. */
export function demoSettings(environment: Readonly<Record<string, string | undefined>>): DemoSettings {
  const pinned = environment['RINGFENCE_POLICY_HASH'];
  return {
    port: portOf(environment['PORT'], { name: 'PORT', fallback: 4000, span: 1 }),
    bankPort: portOf(environment['BANK_PORT'], { name: 'BANK_PORT', fallback: 4101, span: 4 }),
    salt: environment['RINGFENCE_SANDBOX_SALT'] ?? '',
    clockOffsetMs: clockOffsetOf(environment['RINGFENCE_CLOCK']),
    logLevel: logLevelOf(environment['RINGFENCE_LOG'], 'warn'),
    ...(pinned !== undefined && { pinnedPolicyHash: pinned }),
  };
}
