/** A small file on this machine that must outlive whatever ends the process, or the machine. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { StoreFault } from './storeFault.js';

/** What it holds; undefined where there is none. Throws a `StoreFault` that names the path where it cannot be read. */
export function readMachineFile(path: string): string | undefined {
  return orAbsent(path, 'read', () => readFileSync(path, 'utf8'));
}

/**
 * Replaces it whole: whatever ends the process or the machine, the old one is there or the new one, as the new one is on the disk
 * before it has the name. Waits for the disk, some ms. Throws a `StoreFault` that names the path where it cannot be written.
 */
export function replaceMachineFile(path: string, content: string): void {
  const draft = `${path}.${process.pid}`;
  named(path, 'written', () => {
    const file = openSync(draft, 'w', 0o600);
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  });
}

/** Gives it another name, which comes back; undefined where there is none. Throws a `StoreFault` as the others do. */
export function renameMachineFile(path: string, other: string): string | undefined {
  return orAbsent(path, 'renamed', () => {
    renameSync(path, other);
    return other;
  });
}

/** Undefined where there is no such file. */
function orAbsent(path: string, done: string, act: () => string): string | undefined {
  return named(path, done, () => {
    try {
      return act();
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  });
}

const full: readonly unknown[] = ['ENOSPC', 'EDQUOT'];

/** A disk's error is none of the database's: it says which file. */
function named<Result>(path: string, done: string, act: () => Result): Result {
  try {
    return act();
  } catch (cause) {
    const code = codeOf(cause);
    if (full.includes(code)) {
      throw new StoreFault('STORE_FULL', `\`${path}\` cannot be ${done}: its disk has no room left`, { cause });
    }
    const words = `\`${path}\` cannot be ${done} (${code}): look at its folder, its disk and whose it is`;
    throw new StoreFault('STORE_DAMAGED', words, { cause });
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
