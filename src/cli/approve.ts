/** `ringfence approve`: an approver signs the policy as it stands, or gets a key to sign with. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { printProblem, StartFault } from '../fault/index.js';
import {
  approvalFault,
  approve,
  approversFolder,
  differenceOf,
  keyText,
  type Lock,
  lockFile,
  printLock,
  readApprovers,
  readLock,
} from '../policy/index.js';
import { examine, prove, type Subject } from '../proof/index.js';
import { orFail } from './failure.js';

interface ApproveFlags {
  readonly as?: string;
  readonly key?: string;
  readonly reason?: string;
  readonly newKey?: string;
  readonly startAnew: boolean;
  readonly json: boolean;
}

/** `ringfence approve --as NAME --key FILE --reason TEXT`; `--new-key NAME` makes a key pair. */
export function approveCommand(): Command {
  return new Command('approve')
    .option('--as <name>', 'who signs: a name of policy/approvers/approvers.yaml')
    .option('--key <file>', 'the approver’s private key (Ed25519, PEM)')
    .option('--reason <text>', 'why this policy is right; kept in the lock')
    .option('--start-anew', 'sign where there is no lock yet', false)
    .option('--new-key <name>', 'make a key pair: the private key stays in .ringfence/approvers, which git ignores')
    .option('--json', 'print what was signed as JSON', false)
    .addHelpText(
      'after',
      '\nPrints what changed since the last lock before it signs, and signs nothing that `ringfence prove` has findings about.\nA change of the approvers or their threshold needs new signatures by as many as the old threshold says: `ringfence diff` checks that.',
    )
    .action((flags: ApproveFlags) =>
      orFail(async () =>
        flags.newKey === undefined ? runApprove(process.cwd(), flags) : makeKey(process.cwd(), flags.newKey),
      ),
    );
}

async function runApprove(root: string, flags: ApproveFlags): Promise<void> {
  const read = readApprovers(root);
  if (read.kind === 'problems') throw refused('the approvers do not hold:', read.problems.map(printProblem));
  const { approvers } = read;
  const { approver, reason, privateKey } = signerOf(flags, approvers.keys);
  const last = lastLock(root, flags);
  const subject = await proven(root);
  const approved = { hash: subject.hash, approvers };
  if (last) process.stderr.write(changesSince(last, subject));
  const approval = approve(approved, { approver, reason, at: new Date().toISOString() }, privateKey);
  const kept = (last?.approvals ?? []).filter(
    (one) => one.approver !== approver && approvalFault(approved, one) === undefined,
  );
  const lock: Lock = { hash: subject.hash, book: subject.book, approvers, approvals: [...kept, approval] };
  writeFileSync(join(root, lockFile), printLock(lock));
  report(lock, flags.json);
}

/** The policy, where everything but its lock is proven. */
async function proven(root: string): Promise<Subject> {
  const { subject, findings } = await prove(examine(root, () => []));
  if (subject && findings.length === 0) return subject;
  const lines = findings.map(({ code, message, coordinate = '' }) => `${code} ${coordinate}: ${message}`);
  throw refused('the proof has findings, see `ringfence prove`:', lines);
}

function signerOf(
  { as: approver = '', key: file = '', reason = '' }: ApproveFlags,
  keys: ReadonlyMap<string, KeyObject>,
): { readonly approver: string; readonly reason: string; readonly privateKey: KeyObject } {
  const own = keys.get(approver);
  if (!own) throw refused(`\`--as\` names no approver; \`${approversFolder}\` has ${[...keys.keys()].join(', ')}`);
  if (reason.trim() === '') throw refused('`--reason` is empty: say why this policy is right');
  const privateKey = privateKeyIn(file);
  if (!privateKey) throw refused('`--key` is no file with an Ed25519 private key in PEM');
  if (!createPublicKey(privateKey).equals(own)) throw refused(`\`--key\` is not the key of \`${approver}\``);
  return { approver, reason, privateKey };
}

function privateKeyIn(file: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(readFileSync(file, 'utf8'));
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

function lastLock(root: string, { startAnew }: ApproveFlags): Lock | undefined {
  const read = readLock(root);
  if (read.kind === 'ok') return read.lock;
  if (startAnew) return undefined;
  const why = read.kind === 'missing' ? 'there is no lock yet' : read.problems.map(printProblem).join('; ');
  throw refused(`${why}: say \`--start-anew\` to sign a policy that nothing was locked before`);
}

function changesSince({ book, hash }: Lock, subject: Subject): string {
  const { relation, movements } = differenceOf(book, subject.book);
  const lines = movements.map(({ direction, purpose = '', words }) => `  ${direction} ${purpose} ${words}`);
  return [`since ${hash.slice(0, 12)}: ${relation}`, ...lines, ''].join('\n');
}

function report({ hash, approvals, approvers: { threshold } }: Lock, json: boolean): void {
  const missing = Math.max(0, threshold - approvals.length);
  const facts = {
    hash,
    approvals: approvals.map(({ approver, at, reason }) => ({ approver, at, reason })),
    threshold,
    missing,
  };
  const rest = missing === 0 ? 'the lock holds' : `${missing} more must sign before anything serves`;
  const words = `signed ${hash.slice(0, 12)}: ${approvals.length} of ${threshold}; ${rest}\n`;
  process.stdout.write(json ? `${JSON.stringify(facts)}\n` : words);
}

async function makeKey(root: string, name: string): Promise<void> {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) throw refused('a name is lower-case letters, digits and hyphens');
  const secret = join(root, '.ringfence/approvers', `${name}.key`);
  const known = join(root, approversFolder, `${name}.pem`);
  if (existsSync(secret) || existsSync(known))
    throw refused(`there is a key of \`${name}\` already; nothing was changed`);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  for (const file of [secret, known]) mkdirSync(dirname(file), { recursive: true });
  writeFileSync(secret, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  writeFileSync(known, publicKey.export({ type: 'spki', format: 'pem' }));
  process.stdout.write(
    `${keyText(publicKey)}\nprivate key: ${secret} (keep it where only \`${name}\` reads it)\npublic key: ${known}; add \`${name}\` to ${approversFolder}/approvers.yaml and have the change approved\n`,
  );
}

function refused(message: string, lines: readonly string[] = []): StartFault {
  return new StartFault('POLICY_UNAPPROVED', [message, ...lines].join('\n  '));
}
