/** Which processes descend from another. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** The process and all that it started, directly or not, that live now. */
export async function processesBelow(root: number): Promise<readonly number[]> {
  const parents = existsSync('/proc/self/stat') ? await fromProc() : await fromPs();
  const descends = (pid: number | undefined): boolean =>
    pid !== undefined && pid > 1 && (pid === root || descends(parents.get(pid)));
  return [...parents.keys()].filter(descends);
}

/** Process → its parent. Small Linux images have no `ps`. */
async function fromProc(): Promise<ReadonlyMap<number, number>> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      const [, state, parent] = /\) (\S) (\d+) /.exec(stat) ?? [];
      return state === undefined || state === 'Z' ? [] : [[Number(pid), Number(parent)] as const];
    }),
  );
  return new Map(found.flat());
}

async function fromPs(): Promise<ReadonlyMap<number, number>> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  const lines = stdout.trim().split('\n');
  return new Map(lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]));
}
