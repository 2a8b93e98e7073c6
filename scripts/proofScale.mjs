/** `node scripts/proofScale.mjs [coordinates]`: how long the proof takes for a graph of that many coordinates. Needs a build. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { permissions } from '../dist/src/policy/index.js';
import * as rules from '../dist/src/policy/rules.js';
import { examine, prove } from '../dist/src/proof/index.js';

const wanted = Number(process.argv[2] ?? 10_000);
const fieldsPerType = 20;
const kinds = [
  ['RELATIONSHIP', rules.readsRelationship],
  ['BALANCE', rules.readsBalance],
  ['TERMS', rules.readsTerms],
  ['TRANSACTION_CORE', rules.readsTransactionCore],
  ['HOLDER_PII', rules.readsHolder],
  ['INSTITUTION_PUBLIC', rules.publicBanks],
];

/** The repository's own project with as many more types below the customer as it takes; their second book is generated too. */
function makeProject(root) {
  for (const folder of ['schema', 'policy']) cpSync(folder, join(root, folder), { recursive: true });
  const file = join(root, 'schema/bank.graphql');
  const book = { ...permissions, Customer: { ...permissions.Customer } };
  const edges = [];
  const types = [];
  for (let type = 0; type < Math.ceil(wanted / (fieldsPerType + 1)); type += 1) {
    const fields = Array.from({ length: fieldsPerType }, (_, field) => [
      `field${field}`,
      kinds[(type + field) % kinds.length],
    ]);
    types.push(
      `type Extra${type} {\n${fields.map(([name, [word]]) => `  ${name}: String @data(category: ${word})`).join('\n')}\n}`,
    );
    edges.push(`  extra${type}: Extra${type} @data(category: RELATIONSHIP)`);
    book[`Extra${type}`] = Object.fromEntries(fields.map(([name, [, rule]]) => [name, rule]));
    book.Customer[`extra${type}`] = rules.readsRelationship;
  }
  const text = readFileSync(file, 'utf8').replace(
    /^type Customer [^{]*\{\n/m,
    (head) => `${head}${edges.join('\n')}\n`,
  );
  writeFileSync(file, `${text}\n${types.join('\n')}\n`);
  return book;
}

const root = mkdtempSync(join(tmpdir(), 'ringfence-scale-'));
try {
  const book = makeProject(root);
  const started = performance.now();
  const examined = examine(root, () => []);
  const composed = performance.now();
  const before = process.cpuUsage();
  const proof = await prove(examined, book);
  const { user, system } = process.cpuUsage(before);
  const done = performance.now();
  for (const { part, checked, findings } of proof.parts)
    console.log(`${part}: ${checked}: ${findings.length} findings`);
  for (const { code, coordinate, message } of proof.findings.slice(0, 5)) console.log(code, coordinate, message);
  const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
  console.log(
    `composed in ${seconds(composed - started)}, proven in ${seconds(done - composed)} (processors ${seconds((user + system) / 1000)})`,
  );
} finally {
  rmSync(root, { recursive: true });
}
