/** One opener for a folder: a file that names the process, and is no lock any more once that process has ended. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreFault } from './storeFault.js';

/** Takes the folder; gives what lets it go. Throws a `StoreFault` while another process of this machine has it. */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'opener');
  const own = `${process.pid}\n`;
  try {
    writeFileSync(file, own, { flag: 'wx' });
  } catch {
    const holder = Number(read(file));
    if (isRunning(holder)) {
      const message = `the store in \`${folder}\` is open in process ${holder}: stop it, or run commands against it while it serves`;
      throw new StoreFault('STORE_IN_USE', message);
    }
    rmSync(file, { force: true });
    return lockFolder(folder);
  }
  return () => rmSync(file, { force: true });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function isRunning(process_: number): boolean {
  if (!Number.isInteger(process_) || process_ <= 0) return false;
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
