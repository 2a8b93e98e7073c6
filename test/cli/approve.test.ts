import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { approveCommand } from '../../src/cli/approve.js';
import {
  approve,
  type Approvers,
  lockFile,
  printLock,
  readApprovers,
  readLock,
  verifyLock,
} from '../../src/policy/index.js';
import { onProjectCopy } from '../policy/projectCopy.js';
import { type Ran, runIn } from './running.js';

const pem = (key: KeyObject, type: 'pkcs8' | 'spki') => key.export({ type: type as 'pkcs8', format: 'pem' });

/** A copy of this project without a lock, whose approvers are two whose private keys lie beside it. */
function withApprovers<T>(use: (root: string) => Promise<T>): Promise<T> {
  return onProjectCopy([], (root) => {
    for (const name of ['ada', 'grace']) {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      writeFileSync(join(root, `policy/approvers/${name}.pem`), pem(publicKey, 'spki'));
      writeFileSync(join(root, `${name}.key`), pem(privateKey, 'pkcs8'));
    }
    writeFileSync(join(root, 'policy/approvers/approvers.yaml'), 'threshold: 2\napprovers: [ada, grace]\n');
    rmSync(join(root, lockFile));
    return use(root);
  });
}

interface Signing {
  readonly as: string;
  readonly key?: string;
  readonly reason?: string;
  readonly more?: readonly string[];
}

const sign = (
  root: string,
  { as, key = `${as}.key`, reason = 'read line by line', more = [] }: Signing,
): Promise<Ran> => runIn(root, approveCommand(), ['--as', as, '--key', key, '--reason', reason, ...more]);

const anew = ['--start-anew'];

describe('approve', () => {
  test('refuses a wrong key, a missing one, a name of nobody and an empty reason, and writes nothing', async () => {
    const attempts: readonly (readonly [Signing, RegExp])[] = [
      [{ as: 'ada', key: 'grace.key', more: anew }, /`--key` is not the key of `ada`/],
      [{ as: 'ada', key: 'policy/approvers/ada.pem', more: anew }, /no file with an Ed25519 private key/],
      [{ as: 'ada', key: 'nowhere.key', more: anew }, /no file with an Ed25519 private key/],
      [{ as: 'mallory', key: 'ada.key', more: anew }, /names no approver; .* has ada, grace/],
      [{ as: 'ada', reason: '  ', more: anew }, /`--reason` is empty/],
      [{ as: 'ada' }, /there is no lock yet: say `--start-anew`/],
    ];
    await withApprovers(async (root) => {
      for (const [signing, words] of attempts) {
        const { failed, err, out } = await sign(root, signing);
        expect({ failed, out, err }).toEqual({ failed: true, out: '', err: expect.stringMatching(words) });
      }
      expect(existsSync(join(root, lockFile))).toBe(false);
    });
  });

  test('refuses to take a damaged lock for none', async () => {
    await withApprovers(async (root) => {
      writeFileSync(join(root, lockFile), '{}');
      const { failed, err } = await sign(root, { as: 'ada' });
      expect([failed, err]).toEqual([true, expect.stringContaining('LOCK_INVALID')]);
      expect(readFileSync(join(root, lockFile), 'utf8')).toBe('{}');
    });
  });

  test('signs nothing that the proof has findings about', async () => {
    await withApprovers(async (root) => {
      writeFileSync(join(root, 'policy/clearances.yaml'), 'clearances: {}\n');
      const { failed, err } = await sign(root, { as: 'ada', more: anew });
      expect([failed, err]).toEqual([true, expect.stringContaining('the proof has findings')]);
      expect(existsSync(join(root, lockFile))).toBe(false);
    });
  });

  test('makes a lock that holds once a second approver has signed', async () => {
    const { hash, book } = locked(process.cwd());
    await withApprovers(async (root) => {
      const approvers = approversBelow(root);
      const stated = { approver: 'ada', at: '2026-03-01T09:00:00.000Z', reason: 'read line by line' };
      const approval = approve({ hash, approvers }, stated, createPrivateKey(readFileSync(join(root, 'ada.key'))));
      writeFileSync(join(root, lockFile), printLock({ hash, book, approvers, approvals: [approval] }));
      expect(verifyLock(root, { hash }).map(({ code }) => code)).toEqual(['LOCK_UNSIGNED']);
      const { out, err } = await sign(root, { as: 'grace', reason: 'so did I' });
      expect(out).toBe(`signed ${hash.slice(0, 12)}: 2 of 2; the lock holds\n`);
      expect(err).toBe(`since ${hash.slice(0, 12)}: equal\n`);
      expect(verifyLock(root, { hash })).toEqual([]);
      expect(locked(root).approvals.map(({ approver, reason }) => [approver, reason])).toEqual([
        ['ada', 'read line by line'],
        ['grace', 'so did I'],
      ]);
    });
  }, 180_000);
});

function approversBelow(root: string): Approvers {
  const read = readApprovers(root);
  if (read.kind !== 'ok') throw new Error('the approvers here do not hold');
  return read.approvers;
}

function locked(root: string) {
  const read = readLock(root);
  if (read.kind !== 'ok') throw new Error('there is no lock that can be read');
  return read.lock;
}

describe('approve --new-key', () => {
  test('makes a private key that its owner alone reads, and replaces none', async () => {
    const root = mkdtempSync(join(tmpdir(), 'ringfence-key-'));
    try {
      const made = await runIn(root, approveCommand(), ['--new-key', 'ada']);
      const secret = join(root, '.ringfence/approvers/ada.key');
      const before = readFileSync(secret, 'utf8');
      expect(statSync(secret).mode & 0o777).toBe(0o600);
      expect(before).toContain('PRIVATE KEY');
      expect(made.out).not.toContain('PRIVATE KEY');
      expect(readFileSync(join(root, 'policy/approvers/ada.pem'), 'utf8')).toContain('PUBLIC KEY');
      const again = await runIn(root, approveCommand(), ['--new-key', 'ada']);
      expect([again.failed, again.err]).toEqual([true, expect.stringContaining('there is a key of `ada` already')]);
      expect(readFileSync(secret, 'utf8')).toBe(before);
      const outside = await runIn(root, approveCommand(), ['--new-key', '../ada']);
      expect([outside.failed, existsSync(join(root, '.ringfence/ada.key'))]).toEqual([true, false]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
