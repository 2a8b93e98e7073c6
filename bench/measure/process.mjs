/** Child processes on a core of their own, and what the kernel says of them. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

const patienceMs = 5000;

/** Which core the gateway has, and which one load and subgraphs share; undefined where nothing can be pinned. */
export function coresOf(cpus = availableParallelism(), canPin = hasTaskset()) {
  if (cpus < 2) return { note: 'one core only: gateway, load and subgraphs take turns on it' };
  if (!canPin) return { note: 'no `taskset`: the kernel chooses the cores' };
  return { gateway: 1, others: 0, note: 'gateway on core 1; load and subgraphs on core 0' };
}

function hasTaskset() {
  return spawnSync('taskset', ['-c', '0,1', 'true']).status === 0;
}

const started = new Set();

/** However this process ends, nothing that it started stays behind, held or not. */
process.once('exit', () => {
  for (const child of started) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

/** Starts a Node program pinned to a core; `options.args` follow the script. With `ipc` it can be sent messages. */
export function startNode(script, { core, args = [], env = {}, ipc = false, nodeArgs = [] } = {}) {
  const command = [process.execPath, ...nodeArgs, script, ...args];
  const [program, ...rest] = core === undefined ? command : ['taskset', '-c', String(core), ...command];
  const child = spawn(program, rest, {
    stdio: ['ignore', 'pipe', 'pipe', ...(ipc ? ['ipc'] : [])],
    env: { ...process.env, NODE_ENV: 'production', ...env },
  });
  started.add(child);
  child.once('exit', () => started.delete(child));
  const output = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes) => {
      output.push(bytes);
      if (output.length > 200) output.shift();
    });
  }
  return { child, pid: child.pid, output: () => Buffer.concat(output).toString('utf8') };
}

/** The next message of a child; rejects when it ends first. */
export async function nextMessage({ child, output }, kind) {
  const ended = new AbortController();
  const exit = once(child, 'exit', { signal: ended.signal }).then(() => {
    throw new Error(`a process of the benchmark ended:\n${output()}`);
  });
  try {
    return await Promise.race([messageOf(child, kind), exit]);
  } finally {
    ended.abort();
    exit.catch(() => undefined);
  }
}

async function messageOf(child, kind) {
  for (;;) {
    const [message] = await once(child, 'message');
    if (message.kind === kind) return message;
  }
}

/** Ends a process that this benchmark started, gently first. */
export async function stop({ child }) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGCONT');
  child.kill('SIGTERM');
  const impatient = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await exited;
  clearTimeout(impatient);
}

/** Holds a process and its children, so that an idle gateway takes no time from the one that is measured. */
export function hold(pid) {
  for (const each of treeOf(pid)) process.kill(each, 'SIGSTOP');
}

/** Lets them go on. */
export function release(pid) {
  for (const each of treeOf(pid)) process.kill(each, 'SIGCONT');
}

/** CPU time of a process and its children so far, all threads, in milliseconds; undefined outside Linux. */
export function cpuMs(pid) {
  return summed(pid, (each) => {
    const text = readFileSync(`/proc/${each}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  });
}

/** Resident memory of a process and its children, in bytes; undefined outside Linux. */
export function residentBytes(pid) {
  return summed(
    pid,
    (each) => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${each}/status`, 'latin1'))[1]) * 1024,
  );
}

function summed(pid, read) {
  if (process.platform !== 'linux') return undefined;
  return treeOf(pid).reduce((total, each) => total + read(each), 0);
}

/** A process and all that came from it. */
function treeOf(pid) {
  if (process.platform !== 'linux') return [pid];
  const parents = readdirSync('/proc').flatMap((entry) => (/^\d+$/.test(entry) ? parentOf(entry) : []));
  const tree = [pid];
  for (const parent of tree) tree.push(...parents.flatMap((link) => (link.parent === parent ? [link.pid] : [])));
  return tree;
}

function parentOf(entry) {
  try {
    const text = readFileSync(`/proc/${entry}/stat`, 'latin1');
    return [{ pid: Number(entry), parent: Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]) }];
  } catch {
    // Gone since the folder was read.
    return [];
  }
}
