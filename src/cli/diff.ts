/** `ringfence diff`: what a change of the policy permits, and whether it was approved. */
import { readFileSync, statSync } from 'node:fs';
import { Command } from 'commander';
import { printProblem, StartFault } from '../fault/index.js';
import {
  approvalProblems,
  differenceOf,
  loadPolicy,
  lockFile,
  type Movement,
  needsApproval,
  parseLock,
  type PolicyBook,
  type PolicyDifference,
  readLock,
  type Lock,
  type Policy,
  viewNames,
} from '../policy/index.js';
import { minimalOperation } from '../proof/index.js';
import { orFail } from './failure.js';

/** `ringfence diff old new`: exit code 1 where more is permitted, or what verdicts rest on moved, without approval. */
export function diffCommand(): Command {
  return new Command('diff')
    .argument('<old>', 'a project’s folder, or a `policy.lock.json`')
    .argument('<new>', 'the same, after the change')
    .option('--json', 'print the movements as JSON', false)
    .addHelpText(
      'after',
      '\nApproved is what as many approvers of the old policy as its threshold says have signed in the new lock.\nExit code 1 where something needs approval and has none.',
    )
    .action((old: string, now: string, { json }: { json: boolean }) => orFail(async () => runDiff(old, now, json)));
}

/** One side of the comparison. */
interface Side {
  readonly hash: string;
  readonly book: PolicyBook;
  /** The lock that lies there, whether or not it is of this policy. */
  readonly lock?: Lock;
  /** Where the side is a project. */
  readonly policy?: Policy;
}

function runDiff(old: string, now: string, json: boolean): void {
  const [before, after] = [sideOf(old), sideOf(now)];
  const difference = differenceOf(before.book, after.book);
  const reasons = missingApproval(before, after, difference);
  const movements = difference.movements.map((movement) => withExample(movement, after));
  const facts = {
    old: before.hash,
    new: after.hash,
    ...difference,
    movements,
    approved: reasons.length === 0,
    reasons,
  };
  process.stdout.write(json ? `${JSON.stringify(facts, null, 2)}\n` : printDiff(facts));
  if (reasons.length > 0) process.exitCode = 1;
}

function sideOf(path: string): Side {
  if (isFolder(path)) {
    const policy = loadPolicy(path);
    if (policy.kind === 'problems') {
      throw new StartFault(
        'POLICY_INVALID',
        [`\`${path}\` does not compose:`, ...policy.problems.map(printProblem)].join('\n  '),
      );
    }
    const read = readLock(path);
    return { hash: policy.hash, book: policy.book, policy, ...(read.kind === 'ok' && { lock: read.lock }) };
  }
  const read = parseLock(textOf(path));
  if (read.kind !== 'ok') {
    const why = read.kind === 'problems' ? read.problems.map(printProblem).join('\n  ') : 'there is no lock';
    throw new StartFault('POLICY_INVALID', `\`${path}\`: ${why}`);
  }
  return { hash: read.lock.hash, book: read.lock.book, lock: read.lock };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new StartFault(
      'POLICY_INVALID',
      `\`${path}\` is neither a folder nor a file; give a project’s folder or its \`${lockFile}\``,
    );
  }
}

/** Why the change does not count as approved: the new lock must be of the new policy, and signed by the old one’s approvers. */
function missingApproval(before: Side, after: Side, difference: PolicyDifference): readonly string[] {
  if (before.lock && !after.lock) return ['the old policy was locked and the new one has no lock: `ringfence approve`'];
  const keptApprovers = !before.lock || !after.lock || sameApprovers(before.lock, after.lock);
  if (!needsApproval(difference) && keptApprovers) return [];
  if (!after.lock || after.lock.hash !== after.hash)
    return [`the new policy has no lock of its own: \`ringfence approve\``];
  const { approvers } = after.lock;
  const own = approvalProblems({ hash: after.hash, approvers }, after.lock.approvals);
  const names = new Set(after.lock.approvals.map(({ approver }) => approver));
  const old = before.lock?.approvers;
  const kept = [...(old?.keys ?? [])].filter(([name, key]) => names.has(name) && approvers.keys.get(name)?.equals(key));
  const byOld =
    old && kept.length < old.threshold
      ? [`${kept.length} of the ${old.threshold} approvers that the old policy asks for have signed the new one`]
      : [];
  return [...own.map(({ message }) => `the new lock ${message}`), ...byOld];
}

function sameApprovers(one: Lock, other: Lock): boolean {
  const keys = [...one.approvers.keys];
  return (
    one.approvers.threshold === other.approvers.threshold &&
    keys.length === other.approvers.keys.size &&
    keys.every(([name, key]) => other.approvers.keys.get(name)?.equals(key) ?? false)
  );
}

type Shown = Movement & { readonly example?: string };

/** A new permission with the shortest operation that uses it. */
function withExample(movement: Movement, { policy }: Side): Shown {
  if (!policy || movement.direction !== 'more' || movement.chapter !== 'readable') return movement;
  const examples = viewNames.map((view) => minimalOperation(policy.views[view].schema, { coordinate: movement.name }));
  const example = examples.find((text) => text !== undefined);
  return example === undefined ? movement : { ...movement, example };
}

interface Facts extends PolicyDifference {
  readonly old: string;
  readonly new: string;
  readonly movements: readonly Shown[];
  readonly reasons: readonly string[];
}

const signs = { more: '+', less: '-', moved: '~' } as const;

function printDiff({ relation, purposes, movements, reasons, ...hashes }: Facts): string {
  const changed = Object.entries(purposes).filter(([, relationOfPurpose]) => relationOfPurpose !== 'equal');
  const lines = [
    `${hashes.old.slice(0, 12)} → ${hashes.new.slice(0, 12)}: ${relation}`,
    ...changed.map(([purpose, word]) => `  ${purpose}: ${word}`),
    ...movements.map(({ direction, purpose, words, example }) => {
      const shown = `${signs[direction]} ${purpose === undefined ? '' : `${purpose} `}${words}`;
      return example === undefined ? shown : `${shown}\n    newly possible: ${example}`;
    }),
    ...(reasons.length > 0 ? ['', 'not approved:', ...reasons.map((reason) => `  ${reason}`)] : []),
  ];
  return `${lines.join('\n')}\n`;
}
