import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { diffCommand } from '../../src/cli/diff.js';
import { approve, hashOf, lockFile, type PolicyBook, printLock } from '../../src/policy/index.js';
import { onProjectCopy } from '../policy/projectCopy.js';
import { type Ran, runIn } from './running.js';

const pairs = new Map(['ada', 'grace', 'linus', 'mallory'].map((name) => [name, generateKeyPairSync('ed25519')]));

const book: PolicyBook = {
  clients: { messenger: ['SUPPORT_CHAT'] },
  readable: { SUPPORT_CHAT: { plain: ['Query.me'], item: [] }, AD_TARGETING: { plain: ['Query.me'], item: [] } },
};
const wider: PolicyBook = {
  ...book,
  readable: { ...book['readable'], AD_TARGETING: { plain: ['Query.me', 'Account.balances'], item: [] } },
};
const narrower: PolicyBook = { ...book, readable: { ...book['readable'], SUPPORT_CHAT: { plain: [], item: [] } } };

interface Written {
  readonly of: PolicyBook;
  readonly by: readonly string[];
  readonly among?: readonly string[];
  readonly threshold?: number;
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringfence-diff-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function pairOf(name: string) {
  const pair = pairs.get(name);
  if (!pair) throw new Error(`no key of ${name}`);
  return pair;
}

/** A lock file, signed as stated. */
function write(file: string, { of, by, among = ['ada', 'grace', 'linus'], threshold = 2 }: Written): void {
  const hash = hashOf(of);
  const approvers = { threshold, keys: new Map(among.map((name) => [name, pairOf(name).publicKey])) };
  const stated = { at: '2026-03-01T09:00:00.000Z', reason: 'read line by line' };
  const approvals = by.map((approver) =>
    approve({ hash, approvers }, { approver, ...stated }, pairOf(approver).privateKey),
  );
  writeFileSync(join(folder, file), printLock({ hash, book: of, approvers, approvals }));
}

function diff(old: Written, now: Written, ...more: readonly string[]): Promise<Ran> {
  write('old.json', old);
  write('new.json', now);
  return runIn(folder, diffCommand(), ['old.json', 'new.json', ...more]);
}

const approved = { of: book, by: ['ada', 'grace'] };

describe('diff between two locks', () => {
  test('says that nothing differs, with exit code 0', async () => {
    const { failed, out } = await diff(approved, approved);
    expect([failed, out]).toEqual([false, expect.stringMatching(/^[0-9a-f]{12} → [0-9a-f]{12}: equal\n$/)]);
  });

  test('says what is permitted newly, and fails where too few of the old approvers have signed it', async () => {
    const { failed, out } = await diff(approved, { of: wider, by: ['ada'] });
    expect(failed).toBe(true);
    expect(out).toMatch(/AD_TARGETING: more[^]*\+ AD_TARGETING .*Account\.balances[^]*not approved:/);
  });

  test('passes what as many of the old approvers as the old threshold says have signed', async () => {
    const { failed, out } = await diff(approved, { of: wider, by: ['grace', 'linus'] });
    expect([failed, out]).toEqual([false, expect.not.stringContaining('not approved')]);
  });

  test('asks nobody for what only narrows', async () => {
    const { failed, out } = await diff(approved, { of: narrower, by: [] });
    expect([failed, out]).toEqual([false, expect.stringContaining('SUPPORT_CHAT: less')]);
  });

  test.each<[string, Partial<Written>]>([
    ['by new approvers alone', { by: ['mallory', 'linus'], among: ['mallory', 'linus'] }],
    ['by one old approver under a lower threshold', { by: ['ada'], threshold: 1 }],
  ])('fails where the policy is the same and the approvers were changed %s', async (_, change) => {
    const { failed, out } = await diff(approved, { ...approved, ...change });
    expect([failed, out]).toEqual([true, expect.stringContaining('1 of the 2 approvers that the old policy asks for')]);
  });

  test('passes new approvers whom as many of the old ones as were needed have signed', async () => {
    const among = ['ada', 'grace', 'mallory'];
    expect((await diff(approved, { of: book, by: ['ada', 'grace'], among })).failed).toBe(false);
  });

  test('fails where an approver goes on under the same name with another key', async () => {
    const other = pairOf('mallory');
    const hash = hashOf(book);
    const keys = new Map([
      ['ada', pairOf('ada').publicKey],
      ['grace', other.publicKey],
    ]);
    const approvers = { threshold: 2, keys };
    const stated = { at: '2026-03-01T09:00:00.000Z', reason: 'mine now' };
    const approvals = [
      approve({ hash, approvers }, { approver: 'ada', ...stated }, pairOf('ada').privateKey),
      approve({ hash, approvers }, { approver: 'grace', ...stated }, other.privateKey),
    ];
    write('old.json', approved);
    writeFileSync(join(folder, 'new.json'), printLock({ hash, book, approvers, approvals }));
    const { failed, out } = await runIn(folder, diffCommand(), ['old.json', 'new.json']);
    expect([failed, out]).toEqual([true, expect.stringContaining('1 of the 2 approvers')]);
  });

  test('prints the same as JSON', async () => {
    const { failed, out } = await diff(approved, { of: wider, by: ['ada'] }, '--json');
    expect(failed).toBe(true);
    expect(JSON.parse(out)).toMatchObject({
      old: hashOf(book),
      new: hashOf(wider),
      relation: 'more',
      approved: false,
      purposes: { AD_TARGETING: 'more', SUPPORT_CHAT: 'equal' },
      movements: [{ direction: 'more', chapter: 'readable', name: 'Account.balances' }],
    });
  });

  test('refuses a file that is no lock, one that was changed, and a path where nothing is', async () => {
    write('old.json', approved);
    writeFileSync(join(folder, 'no.json'), '{}');
    const changed = printLock({
      hash: hashOf(wider),
      book,
      approvers: { threshold: 1, keys: new Map() },
      approvals: [],
    });
    writeFileSync(join(folder, 'changed.json'), changed);
    for (const file of ['no.json', 'changed.json', 'nowhere.json']) {
      const { failed, out, err } = await runIn(folder, diffCommand(), ['old.json', file]);
      expect([failed, out, err]).toEqual([true, '', expect.stringMatching(/POLICY_INVALID/)]);
    }
  });
});

test('a project is compared with its own lock, and does not differ', async () => {
  const { failed, out } = await runIn(process.cwd(), diffCommand(), [lockFile, '.']);
  expect([failed, out]).toEqual([false, expect.stringContaining(': equal')]);
});

test('fails where the policy is the same and the lock was taken away', async () => {
  await onProjectCopy([], async (root) => {
    rmSync(join(root, lockFile));
    const { failed, out } = await runIn(process.cwd(), diffCommand(), [lockFile, root]);
    expect([failed, out]).toEqual([true, expect.stringContaining('has no lock')]);
  });
});
