/** `ringfence who-can-read`: one name of the graph, and everyone who may read it. */
import { Command } from 'commander';
import { printProblem } from '../fault/index.js';
import { loadPolicy } from '../policy/index.js';
import { whoCanRead, whoCanReadText } from '../proof/index.js';

/** `ringfence who-can-read Customer.accounts`: exit code 1 for a name that the graph does not have. */
export function whoCanReadCommand(): Command {
  return new Command('who-can-read')
    .argument('<name>', 'a field, an argument or a type: `Customer.accounts`, `Query.account(id:)`, `Account`')
    .option('--json', 'print what was found as JSON', false)
    .action((name: string, { json }: { readonly json: boolean }) => printReaders(process.cwd(), name, json));
}

function printReaders(root: string, name: string, json: boolean): void {
  const loaded = loadPolicy(root);
  const policy = loaded.kind === 'ok' ? loaded : loaded.draft;
  if (loaded.kind === 'problems') {
    process.stderr.write(
      `the policy has problems, see \`ringfence prove\`:\n${loaded.problems.map(printProblem).join('\n')}\n`,
    );
    process.exitCode = 1;
  }
  if (!policy) return;
  const found = whoCanRead(policy, name);
  if (found.kind === 'unknown') process.exitCode = 1;
  process.stdout.write(json ? `${JSON.stringify({ name, ...found }, null, 2)}\n` : whoCanReadText(found, name));
}
