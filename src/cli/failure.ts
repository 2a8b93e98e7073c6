/** How a command fails: what is wrong on standard error, and exit code 1. */
import { ClientFault, InternalFault, StartFault } from '../fault/index.js';

/** One line per reason: `PORT_IN_USE: port 4000 of …`. Stacks stay out; the message of a fault says what to do. */
export function printFailure(error: unknown): string {
  if (error instanceof StartFault || isStoreFault(error)) return `ringfence: ${error.reason}: ${error.message}\n`;
  if (error instanceof InternalFault || error instanceof ClientFault) return `ringfence: ${error.message}\n`;
  if (!(error instanceof Error)) return 'ringfence: something went wrong here\n';
  const origin = error.stack
    ?.split('\n')
    .find((line) => line.trimStart().startsWith('at '))
    ?.trim();
  return `ringfence: unexpected failure: ${error.message}${origin === undefined ? '' : ` (${origin})`}\n`;
}

/** By its name, so that no command loads a database for the sake of its faults. */
function isStoreFault(error: unknown): error is Error & { readonly reason: string } {
  return error instanceof Error && error.name === 'StoreFault' && 'reason' in error;
}

/** Runs the body of a command; a rejection is printed and sets the exit code. */
export async function orFail(body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    process.stderr.write(printFailure(error));
    process.exitCode = 1;
  }
}
