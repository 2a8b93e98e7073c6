/**
 * One opener for a folder: a file that says which process that is. A process id alone would not: it comes back, in a
 * container as 1 every time. Another container's processes cannot be seen, so an opener also touches its file as long as it runs.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StoreFault } from './storeFault.js';

const touchMs = 1_000;
/** An opener that nobody can see has ended when its file has rested this long. */
const restMs = 10_000;
/** Two who find the same file left behind both take it; after this time both know whose it is. */
const settleMs = 100;

/**
 * Takes the folder; gives what lets it go. Rejects with a `StoreFault` while a process has it, this one included. Takes up to
 * 10 s where a container left it that was killed, else no time.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const file = join(folder, 'opener');
  const own = `${JSON.stringify({ ...placeOf(process.pid), opening: randomUUID() })}\n`;
  if (!created(file, own)) {
    const holder = await runningHolder(file);
    if (holder !== undefined) throw inUse(folder, holder);
    rmSync(file, { force: true });
    const taken = created(file, own);
    await pause(settleMs);
    if (!taken || contentOf(file) !== own) throw inUse(folder, placeIn(file));
  }
  held.add(file);
  const touching = setInterval(() => touch(file), touchMs).unref();
  return () => {
    clearInterval(touching);
    held.delete(file);
    if (contentOf(file) === own) rmSync(file, { force: true });
  };
}

/** The folders that this process has. */
const held = new Set<string>();

/** Which process an opener is: its id, when it began, and where that id means something. */
interface Place {
  readonly process: number;
  /** In ticks since the machine began; empty where the system does not say. */
  readonly began: string;
  /** The start of the machine and the process namespace; empty likewise. */
  readonly machine: string;
}

function placeOf(process_: number): Place {
  return { process: process_, began: beginningOf(process_) ?? '', machine: machine() };
}

/** When a process of this machine began; undefined when there is none. */
function beginningOf(process_: number): string | undefined {
  const status = contentOf(`/proc/${process_}/stat`);
  // The second field is a name in parentheses, which may hold anything; the beginning is the twenty-second.
  return status?.slice(status.lastIndexOf(')') + 2).split(' ')[19];
}

function machine(): string {
  const start = contentOf('/proc/sys/kernel/random/boot_id');
  if (start === undefined) return '';
  return `${start.trim()} ${readlinkSync('/proc/self/ns/pid')}`;
}

/** Who has the folder; undefined when its file was left behind. */
async function runningHolder(file: string): Promise<Place | undefined> {
  const holder = placeIn(file);
  if (holder !== undefined && holder.machine === machine()) return isRunning(holder, file) ? holder : undefined;
  const unseen = holder ?? { process: 0, began: '', machine: '' };
  const seenAt = touchedAt(file);
  const until = Math.min(Date.now(), seenAt ?? 0) + restMs;
  while (Date.now() < until) {
    await pause(settleMs);
    const now = touchedAt(file);
    if (now === undefined) return undefined;
    if (now !== seenAt) return unseen;
  }
  return undefined;
}

function isRunning({ process: process_, began }: Place, file: string): boolean {
  if (process_ === process.pid && !held.has(file) && began === '') return false;
  if (began !== '') return beginningOf(process_) === began;
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function placeIn(file: string): Place | undefined {
  try {
    const { process: process_, began, machine: on } = JSON.parse(contentOf(file) ?? '') as Record<string, unknown>;
    if (typeof process_ !== 'number' || typeof began !== 'string' || typeof on !== 'string') return undefined;
    return Number.isInteger(process_) && process_ > 0 ? { process: process_, began, machine: on } : undefined;
  } catch {
    return undefined;
  }
}

function inUse(folder: string, holder: Place | undefined): StoreFault {
  const whose = holder === undefined || holder.machine !== machine() ? 'elsewhere' : `in process ${holder.process}`;
  const message = `the store in \`${folder}\` is open ${whose}: stop it, or run commands against it while it serves`;
  return new StoreFault('STORE_IN_USE', message);
}

function created(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Somebody took the file away; whoever opens next will not see this process, which nothing here can mend.
  }
}

function touchedAt(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}
