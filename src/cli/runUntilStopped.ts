/** How a command that serves runs: start, say so, wait for a signal, stop everything. */
import { orFail } from './failure.js';
import { RunningParts } from './runningParts.js';
import { stopSignal } from './stopSignal.js';

/**
 * Runs `start`, prints `ringfence ready`, and stops what `start` has added when a signal comes, also one that comes
 * before it is ready. A failed start is printed and ends with exit code 1. Ends the process.
 */
export async function runUntilStopped(start: (parts: RunningParts) => Promise<void>): Promise<never> {
  const parts = new RunningParts();
  await orFail(() => serveUntilStopped(start, parts));
  await orFail(() => parts.stop());
  // Whatever was still starting loses its parent here, and ends with it.
  process.exit();
}

async function serveUntilStopped(start: (parts: RunningParts) => Promise<void>, parts: RunningParts): Promise<void> {
  const stopped = stopSignal();
  const started = start(parts).then(() => 'ready' as const);
  if ((await Promise.race([started, stopped])) !== 'ready') return;
  process.stdout.write('ringfence ready\n');
  await stopped;
}
