/** `ringfence prove`: the proof of the project in the working directory, composed anew. */
import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { differenceOf, readLock, verifyLock } from '../policy/index.js';
import {
  certificateText,
  examine,
  proofHtml,
  proofJson,
  proofSarif,
  proofText,
  prove,
  withoutCounterexampleHelp,
  type Proof,
} from '../proof/index.js';
import { supergraphFile } from './compose.js';
import { orFail } from './failure.js';

const formats = {
  text: proofText,
  json: proofJson,
  html: proofHtml,
  sarif: proofSarif,
} as const;

interface ProveFlags {
  readonly format: keyof typeof formats;
  readonly json: boolean;
  readonly output?: string;
  readonly certificate?: string;
}

/** `ringfence prove --format sarif --output prove.sarif`: exit code 1 on any finding. */
export function proveCommand(): Command {
  return new Command('prove')
    .addOption(new Option('--format <format>', 'how to print it').choices(Object.keys(formats)).default('text'))
    .option('--json', 'the same as `--format json`', false)
    .option('--output <file>', 'write the report there instead of printing it')
    .option('--certificate <file>', 'write what the proof rests on, for a checker of one’s own')
    .addHelpText(
      'after',
      '\nExit code 1 on any finding. Nothing is cached: the graph is composed from its files each time. Each finding has an\noperation that replays it, or says why there is none. None can be for these codes:\n' +
        withoutCounterexampleHelp(),
    )
    .action((flags: ProveFlags) => orFail(() => runProof(process.cwd(), flags)));
}

async function runProof(root: string, { format, json, output, certificate }: ProveFlags): Promise<void> {
  const proof = await prove(examine(root, (policy) => verifyLock(root, policy)));
  if (proof.findings.length > 0) process.exitCode = 1;
  const report = formats[json ? 'json' : format](proof, changesSinceLock(root, proof));
  if (output === undefined) process.stdout.write(report);
  else await writeFile(output, report);
  if (certificate !== undefined) await writeCertificate(certificate, proof);
}

/** Each in words; undefined where there is no lock or no policy to compare it with. */
function changesSinceLock(root: string, { subject }: Proof): readonly string[] | undefined {
  const locked = readLock(root);
  if (locked.kind !== 'ok' || !subject) return undefined;
  return differenceOf(locked.lock.book, subject.book).movements.map(
    ({ direction, purpose, words }) => `${direction}: ${purpose === undefined ? '' : `${purpose} `}${words}`,
  );
}

/** There is none without a compiled policy; the report says why. */
async function writeCertificate(file: string, { subject }: Proof): Promise<void> {
  if (subject) await writeFile(file, certificateText(subject, supergraphFile(subject.supergraphSdl)));
  else process.stderr.write(`no certificate: the policy does not compile, so \`${file}\` was not written\n`);
}
