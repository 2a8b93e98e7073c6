/** The benchmark's command line: which gateways, which workloads, how long; then tables, or one JSON object. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { runBanked } from './banked.mjs';
import { runFederated } from './federated.mjs';
import { runReceipted } from './receipted.mjs';
import { gatewaysFor } from './gateways.mjs';
import { coresOf } from './measure/process.mjs';
import { printBanks } from './report/banks.mjs';
import { chartsOf } from './report/charts.mjs';
import { environmentLine, environmentOf } from './report/environment.mjs';
import { printReceipts } from './report/receipts.mjs';
import { printBars, summaryOf } from './report/summary.mjs';
import { printTable, summarise } from './report/table.mjs';

const everyWorkload = '1,2,3,4';
const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
    only: { type: 'string' },
    workload: { type: 'string', default: everyWorkload },
    seconds: { type: 'string' },
  },
});

const say = (line) => process.stderr.write(`${line}\n`);
const cores = coresOf();
const workFolder = mkdtempSync(join(tmpdir(), 'ringfence-bench-'));
const duration = options.quick ? { rounds: 2, seconds: 2, warmUpS: 2 } : { rounds: 5, seconds: 10, warmUpS: 6 };
if (options.seconds !== undefined) duration.seconds = Number(options.seconds);
const settings = { cores, workFolder, quick: options.quick, connections: 50, ...duration };
const entries = gatewaysFor(options.only);

const workloads = {
  1: { name: 'nested', run: () => runOperation('nested') },
  2: { name: 'banks', run: () => runBanked({ settings, say }) },
  3: { name: 'small', run: () => runOperation('small') },
  4: { name: 'receipts', run: () => runReceipted({ settings, say }) },
};

async function runOperation(operation) {
  return summarise(await runFederated({ operation, entries, settings, say }));
}

async function runAll() {
  const results = {};
  for (const number of options.workload.split(',')) {
    const workload = workloads[number];
    if (!workload) throw new Error(`no workload \`${number}\`; expected some of ${Object.keys(workloads).join(', ')}`);
    say(`workload ${number}: ${workload.name}`);
    results[workload.name] = await workload.run();
  }
  return results;
}

function print(summary) {
  const { nested, small, banks, receipts, environment } = summary;
  const tables = [
    nested && printTable('1 nested: 4 subgraphs, 87 KB', nested.rows) + printBars(nested),
    banks && printBanks(banks),
    small && printTable('3 small: 1 subgraph call, 0.5 KB', small.rows) + printBars(small),
    receipts && printReceipts(receipts),
  ];
  process.stdout.write(`${tables.filter(Boolean).join('')}${environmentLine(environment)}\n`);
}

/** Only a whole run is worth keeping: a quick one, or one of some gateways, says nothing about the others. */
async function save(summary) {
  const folder = fileURLToPath(new URL('results', import.meta.url));
  mkdirSync(folder, { recursive: true });
  const json = await format(JSON.stringify(summary), { parser: 'json', printWidth: 120 });
  writeFileSync(join(folder, 'latest.json'), json);
  for (const [file, svg] of chartsOf(summary)) writeFileSync(join(folder, file), svg);
}

try {
  say(cores.note);
  const packages = entries.flatMap((entry) => entry.packages ?? []);
  const summary = summaryOf({ environment: environmentOf({ packages, cores }), settings, results: await runAll() });
  const whole = !options.quick && options.only === undefined && options.workload === everyWorkload;
  if (whole || options.save) await save(summary);
  if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  else print(summary);
} finally {
  rmSync(workFolder, { recursive: true, force: true });
}
