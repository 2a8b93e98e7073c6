/** The benchmark's command line: which gateways, which workloads, how long; then one table, or one JSON object. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runFederated } from './federated.mjs';
import { coresOf } from './measure/process.mjs';
import { gatewaysFor } from './gateways.mjs';
import { printTable, summarise } from './report/table.mjs';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    workload: { type: 'string', default: '1,3' },
  },
});

const say = (line) => process.stderr.write(`${line}\n`);
const cores = coresOf();
say(cores.note);
const workFolder = mkdtempSync(join(tmpdir(), 'ringfence-bench-'));
const settings = {
  cores,
  workFolder,
  connections: 50,
  ...(options.quick ? { rounds: 2, seconds: 2, warmUpS: 2 } : { rounds: 5, seconds: 10, warmUpS: 6 }),
};
const entries = gatewaysFor(options.only);
const federated = { 1: 'nested', 3: 'small' };
const results = {};

async function runWorkload(number) {
  const operation = federated[number];
  if (operation === undefined) throw new Error(`no workload \`${number}\`; expected some of 1, 2, 3`);
  say(`workload ${number}: ${operation}`);
  results[operation] = summarise(await runFederated({ operation, entries, settings, say }));
  if (!options.json) process.stdout.write(printTable(operation, results[operation]));
}

try {
  for (const number of options.workload.split(',')) await runWorkload(number);
} finally {
  rmSync(workFolder, { recursive: true, force: true });
}
if (options.json) process.stdout.write(`${JSON.stringify(results)}\n`);
