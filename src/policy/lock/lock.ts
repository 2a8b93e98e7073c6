/** `policy/policy.lock.json`: the policy as it was approved. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../../fault/index.js';
import { approvalFault, approversJson, type Approval, type Approved } from './approval.js';
import { publicKeyOf, readApprovers, type Approvers } from './approvers.js';
import { canonicalText, hashOf, type Json, type PolicyBook } from './book.js';

/** Where the lock lies, below a project's root. */
export const lockFile = 'policy/policy.lock.json';

/** A lock as it is written. Whether its signatures count is {@link verifyLock}'s to say. */
export interface Lock {
  /** Of the book. */
  readonly hash: string;
  readonly book: PolicyBook;
  readonly approvers: Approvers;
  readonly approvals: readonly Approval[];
}

/** A lock, nothing where there is none, or what is wrong with its text. */
export type ReadLock =
  | { readonly kind: 'ok'; readonly lock: Lock }
  | { readonly kind: 'missing' }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(json), z.record(z.string(), json)]),
);
const lockSchema = z.strictObject({
  format: z.literal('ringfence-lock/1'),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  approvers: z.strictObject({ threshold: z.int().min(1), keys: z.record(z.string(), z.string()) }),
  approvals: z.array(
    z.strictObject({ approver: z.string(), at: z.iso.datetime(), reason: z.string().min(1), signature: z.string() }),
  ),
  book: z.record(z.string(), z.record(z.string(), json)),
});

/** Reads the lock below `root`. */
export function readLock(root: string): ReadLock {
  try {
    return parseLock(readFileSync(join(root, lockFile), 'utf8'));
  } catch {
    return { kind: 'missing' };
  }
}

/** Parses a lock's text, and compares its hash with its book. */
export function parseLock(text: string): ReadLock {
  const parsed = lockSchema.safeParse(jsonOf(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return invalid(`\`${issue?.path.join('.') ?? ''}\`: ${issue?.message ?? 'is no lock'}`);
  }
  const { hash, book, approvals, approvers } = parsed.data;
  if (hashOf(book) !== hash) return invalid('the book was changed after it was hashed');
  const keys = new Map(Object.entries(approvers.keys).flatMap(([name, line]) => keyEntry(name, line)));
  if (keys.size < Object.keys(approvers.keys).length) return invalid('a key of an approver is no Ed25519 key');
  return { kind: 'ok', lock: { hash, book, approvals, approvers: { threshold: approvers.threshold, keys } } };
}

/** A lock as text: one entry a line, so that a change of one label is a change of one line. */
export function printLock({ hash, book, approvers, approvals }: Lock): string {
  const chapters = Object.entries(book)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, chapter]) => `    ${JSON.stringify(name)}: ${printChapter(chapter)}`);
  const head = { format: 'ringfence-lock/1', hash, approvers: approversJson(approvers), approvals };
  const start = JSON.stringify(head, null, 2).replace(/\n\}$/, '');
  return `${start},\n  "book": {\n${chapters.join(',\n')}\n  }\n}\n`;
}

/**
 * What is wrong with the lock below `root` for a policy of this hash: that there is none, that it was approved for
 * another policy or by other approvers, or by too few. Empty where it holds.
 */
export function verifyLock(root: string, { hash }: { readonly hash: string }): Problem[] {
  const read = readLock(root);
  const named = readApprovers(root);
  if (read.kind === 'missing')
    return [problem('LOCK_MISSING', 'there is no lock; approve the policy by `ringfence approve`')];
  const problems = [read, named].flatMap((part) => (part.kind === 'problems' ? part.problems : []));
  if (read.kind === 'problems' || named.kind === 'problems') return [...problems];
  const { lock } = read;
  const { approvers } = named;
  if (lock.hash !== hash) {
    const message = `locks policy \`${lock.hash.slice(0, 12)}\`, and the files say \`${hash.slice(0, 12)}\`; see \`ringfence diff ${lockFile} .\`, then \`ringfence approve\``;
    return [problem('LOCK_MISMATCH', message)];
  }
  if (canonicalText(approversJson(lock.approvers)) !== canonicalText(approversJson(approvers))) {
    return [problem('LOCK_MISMATCH', 'locks other approvers than `policy/approvers` names; `ringfence approve` anew')];
  }
  return approvalProblems({ hash, approvers }, lock.approvals);
}

/** What is wrong with approvals, each counted once by its approver. */
export function approvalProblems(approved: Approved, approvals: readonly Approval[]): Problem[] {
  const faults = approvals.flatMap((approval) => approvalFault(approved, approval) ?? []);
  if (faults.length > 0) return faults.map((message) => problem('LOCK_SIGNATURE', message));
  const signed = new Set(approvals.map(({ approver }) => approver)).size;
  const { threshold } = approved.approvers;
  if (signed >= threshold) return [];
  const message = `is signed by ${signed} of the ${threshold} approvers that it needs; \`ringfence approve\` adds one`;
  return [problem('LOCK_UNSIGNED', message)];
}

function printChapter(chapter: Readonly<Record<string, Json>>): string {
  const lines = Object.entries(chapter)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `      ${JSON.stringify(key)}: ${canonicalText(value)}`);
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n    }`;
}

function keyEntry(name: string, line: string): [string, NonNullable<ReturnType<typeof publicKeyOf>>][] {
  const key = publicKeyOf(line);
  return key ? [[name, key]] : [];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function invalid(message: string): ReadLock {
  return { kind: 'problems', problems: [problem('LOCK_INVALID', message)] };
}

function problem(code: string, message: string): Problem {
  return { code, message, location: { file: lockFile, line: 1, column: 1 } };
}
