/** Where and with what a run was measured, for every place that shows its figures. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** `{ date, machine, node, commit, versions, cores }`; `packages` are the npm packages of the peers. */
export function environmentOf({ packages, cores }) {
  const [cpu] = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpu?.model.trim() ?? 'unknown CPU'}, ${cpus().length} cores, ${Math.round(totalmem() / 1024 ** 3)} GiB, ${process.platform}`,
    node: process.version,
    commit: commit(),
    versions: Object.fromEntries([...new Set(packages)].map((name) => [name, versionOf(name)])),
    cores: cores.note,
  };
}

function versionOf(name) {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')).version;
}

function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

/** The same in one line. */
export function environmentLine({ date, machine, node, versions }) {
  const list = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [date, machine, `Node ${node}`, ...list].join(' · ');
}
