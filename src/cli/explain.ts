/** `ringfence explain`: what the gateway would say to one operation of one token, and what each bank would be asked. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { InternalFault, printProblem } from '../fault/index.js';
import { loadPolicy, type Policy } from '../policy/index.js';
import { explainedAsker, type Stated } from './explainedAsker.js';
import { explain } from './explanation.js';
import { explanationText } from './explanationText.js';
import { orFail } from './failure.js';

interface ExplainFlags {
  readonly as?: string;
  readonly claims?: string;
  readonly operation?: string;
  readonly variables: string;
  readonly json: boolean;
}

/** `ringfence explain query.graphql --as "$TOKEN"`: exit code 1 where the token or the operation is refused whole. */
export function explainCommand(): Command {
  return new Command('explain')
    .argument('<operation>', 'a file with a GraphQL document')
    .option('--as <token>', 'who asks: a token of `ringfence token`')
    .option('--claims <json>', 'who asks, as the claims of a token: client_id, purpose, sub, scope')
    .option('--operation <name>', 'which operation of the document (its `operationName`)')
    .option('--variables <json>', 'values of its variables', '{}')
    .option('--json', 'print the same as JSON', false)
    .addHelpText(
      'after',
      '\nComposes the project of the working directory. Consents and agreements are those that the demo starts with\n(RINGFENCE_CLOCK shifts its clock); the demo need not run, and no bank is called.',
    )
    .action((file: string, flags: ExplainFlags) => orFail(() => runExplain(process.cwd(), file, flags)));
}

async function runExplain(root: string, file: string, flags: ExplainFlags): Promise<void> {
  const policy = composed(root);
  const asker = await explainedAsker(policy, statedBy(flags));
  if (asker.kind === 'refused') {
    process.exitCode = 1;
    const words = `refused with 401, before anything is parsed: ${asker.why}`;
    process.stdout.write(
      flags.json ? `${JSON.stringify({ kind: 'unauthenticated', why: asker.why })}\n` : `${words}\n`,
    );
    return;
  }
  const name = flags.operation === undefined ? {} : { operationName: flags.operation };
  const operation = { text: textOf(file), variables: variablesIn(flags.variables), ...name };
  const explanation = await explain(policy, operation, asker.principal);
  if (explanation.kind === 'refused') process.exitCode = 1;
  process.stdout.write(flags.json ? `${JSON.stringify(explanation, null, 2)}\n` : explanationText(explanation));
}

/** A policy with problems is explained too, so that the counterexamples of `ringfence prove` can be replayed. */
function composed(root: string): Omit<Policy, 'kind'> {
  const loaded = loadPolicy(root);
  if (loaded.kind === 'ok') return loaded;
  const lines = loaded.problems.map(printProblem).join('\n  ');
  if (!loaded.draft) throw new InternalFault(`the policy does not compile:\n  ${lines}`);
  process.stderr.write(`nothing would serve this policy, see \`ringfence prove\`:\n  ${lines}\n`);
  return loaded.draft;
}

function statedBy({ as: token, claims }: ExplainFlags): Stated {
  if (token !== undefined && claims === undefined) return { kind: 'token', token };
  if (claims !== undefined && token === undefined) return { kind: 'claims', json: claims };
  throw new InternalFault('say who asks, once: `--as` with a token, or `--claims` with JSON');
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new InternalFault(`cannot read \`${file}\`: give a file with a GraphQL document`);
  }
}

function variablesIn(json: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(json);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
      return parsed as Record<string, unknown>;
    }
  } catch {
    // Said below, as for any other value that is no object.
  }
  throw new InternalFault('`--variables` must be a JSON object');
}
