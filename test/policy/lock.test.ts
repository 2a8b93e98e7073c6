/** The lock of the policy: what approvers sign, and every way in which it does not hold. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { openPolicy } from '../../src/gateway/index.js';
import {
  approve,
  approversFolder,
  type Approvers,
  loadPolicy,
  type Lock,
  lockFile,
  type Policy,
  printLock,
  verifyLock,
} from '../../src/policy/index.js';
import { type Edit, onProjectCopy } from './projectCopy.js';

const names = ['ada', 'grace', 'linus'] as const;
const pairs = new Map(names.map((name) => [name as string, generateKeyPairSync('ed25519')]));
const approvers: Approvers = {
  threshold: 2,
  keys: new Map([...pairs].map(([name, { publicKey }]) => [name, publicKey])),
};
const at = '2026-03-01T09:00:00.000Z';

let policy: Policy;

beforeAll(() => {
  const loaded = loadPolicy(process.cwd());
  if (loaded.kind !== 'ok') throw new Error('the policy of this repository does not load');
  policy = loaded;
});

/** A lock of the repository's policy, signed by the given approvers with their own keys. */
function lockBy(...signers: readonly string[]): Lock {
  const { hash, book } = policy;
  const sign = (approver: string, key: KeyObject | undefined) => {
    if (!key) throw new Error(`no key of ${approver}`);
    return approve({ hash, approvers }, { approver, at, reason: 'read line by line' }, key);
  };
  return { hash, book, approvers, approvals: signers.map((name) => sign(name, pairs.get(name)?.privateKey)) };
}

/** The codes of what is wrong with a lock in a project whose approvers are these three. */
function codesOf(text: string | undefined, edits: readonly Edit[] = []): Promise<readonly string[]> {
  return onProjectCopy([], (root) => {
    writeApprovers(root);
    for (const { file, from, to } of edits) {
      const path = join(root, file);
      writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
    }
    if (text === undefined) rmSync(join(root, lockFile));
    else writeFileSync(join(root, lockFile), text);
    return verifyLock(root, policy).map(({ code }) => code);
  });
}

function writeApprovers(root: string): void {
  const folder = join(root, approversFolder);
  for (const [name, { publicKey }] of pairs) {
    writeFileSync(join(folder, `${name}.pem`), publicKey.export({ type: 'spki', format: 'pem' }));
  }
  writeFileSync(join(folder, 'approvers.yaml'), `threshold: 2\napprovers: [${names.join(', ')}]\n`);
}

describe('the lock of this repository', () => {
  test('holds', () => expect(verifyLock(process.cwd(), policy)).toEqual([]));

  test('is of the policy that serves, by approvers who are named there', async () => {
    const served = await openPolicy(process.cwd());
    expect(served.approvals.length).toBeGreaterThanOrEqual(2);
    expect(new Set(served.approvals.map(({ approver }) => approver)).size).toBe(served.approvals.length);
  });
});

describe('a lock does not hold', () => {
  test('where there is none', async () => expect(await codesOf(undefined)).toEqual(['LOCK_MISSING']));

  test('where fewer have signed than must, and holds where as many have', async () => {
    expect(await codesOf(printLock(lockBy('ada')))).toEqual(['LOCK_UNSIGNED']);
    expect(await codesOf(printLock(lockBy()))).toEqual(['LOCK_UNSIGNED']);
    expect(await codesOf(printLock(lockBy('ada', 'linus')))).toEqual([]);
  });

  test('where one approver signs twice', async () => {
    expect(await codesOf(printLock(lockBy('ada', 'ada')))).toEqual(['LOCK_UNSIGNED']);
  });

  test('where a signature is of a stranger, of another approver, or for another reason or time', async () => {
    const lock = lockBy('ada', 'grace');
    const [first, second] = lock.approvals;
    if (!first || !second) throw new Error('two have signed');
    const forged = [
      { ...second, approver: 'mallory' },
      { ...second, approver: 'linus' },
      { ...second, reason: 'read nothing' },
      { ...second, at: '2027-03-01T09:00:00.000Z' },
      { ...second, signature: first.signature },
    ];
    for (const approval of forged) {
      const codes = await codesOf(printLock({ ...lock, approvals: [first, approval] }));
      expect(codes).toEqual(['LOCK_SIGNATURE']);
    }
  });

  test('where the policy has moved on: an old lock revives nothing', async () => {
    const lock = lockBy('ada', 'grace');
    const older = { ...lock.book, clients: { ...lock.book['clients'], 'partner-app': ['ANALYTICS'] } };
    const text = printLock({ ...lock, book: older });
    expect(await codesOf(text)).toEqual(['LOCK_INVALID']);
    const moved = { ...policy, hash: 'f'.repeat(64) };
    const problems = await onProjectCopy([], (root) => verifyLock(root, moved));
    expect(problems.map(({ code }) => code)).toEqual(['LOCK_MISMATCH']);
  });

  test('where approvers were added, or fewer are asked for, after it was signed', async () => {
    const text = printLock(lockBy('ada', 'grace'));
    const file = `${approversFolder}/approvers.yaml`;
    expect(await codesOf(text, [{ file, from: 'threshold: 2', to: 'threshold: 1' }])).toEqual(['LOCK_MISMATCH']);
    expect(await codesOf(text, [{ file, from: ', linus]', to: ']' }])).toEqual(['LOCK_MISMATCH']);
    const lowered = { ...lockBy('ada'), approvers: { ...approvers, threshold: 1 } };
    const edits = [{ file, from: 'threshold: 2', to: 'threshold: 1' }];
    expect(await codesOf(printLock(lowered), edits)).toEqual(['LOCK_SIGNATURE']);
  });

  test('where its text is cut, empty or of another format', async () => {
    const text = printLock(lockBy('ada', 'grace'));
    const broken = [text.slice(0, -3), '', '{}', text.replace('ringfence-lock/1', 'ringfence-lock/2'), 'null'];
    for (const one of broken) expect(await codesOf(one)).toEqual(['LOCK_INVALID']);
  });

  test('where the approvers cannot be read: no file, no key, two names for one key, a threshold out of reach', async () => {
    const text = printLock(lockBy('ada', 'grace'));
    const file = `${approversFolder}/approvers.yaml`;
    const ada = `${approversFolder}/ada.pem`;
    const edits: readonly Edit[] = [
      { file, from: 'threshold: 2', to: 'threshold: 4' },
      { file, from: 'threshold: 2', to: 'threshold: 0' },
      { file, from: 'threshold: 2', to: '' },
      { file, from: 'ada, grace', to: 'ada, ada' },
      { file: ada, from: 'BEGIN PUBLIC', to: 'BEGIN PRIVATE' },
      { file: ada, from: 'BEGIN', to: 'END' },
    ];
    for (const edit of edits) expect(await codesOf(text, [edit])).not.toEqual([]);
  });
});

test('a policy without a lock that holds is not served', async () => {
  await onProjectCopy([], async (root) => {
    rmSync(join(root, lockFile));
    await expect(openPolicy(root)).rejects.toMatchObject({ reason: 'POLICY_UNAPPROVED' });
  });
});
