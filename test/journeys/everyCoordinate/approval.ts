/** The signing of a copy's edited policy, by an approver of the tests' own. */
import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { approve, approversFolder, loadPolicy, lockFile, printLock } from '../../../src/policy/index.js';

/** Puts one new approver in the place of the copy's own, who signs its policy as it stands. Throws where it does not load. */
export function approveCopy(root: string): void {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const folder = join(root, approversFolder);
  for (const file of readdirSync(folder)) rmSync(join(folder, file));
  writeFileSync(join(folder, 'tester.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
  writeFileSync(join(folder, 'approvers.yaml'), 'threshold: 1\napprovers: [tester]\n');
  const policy = loadPolicy(root);
  if (policy.kind === 'problems') throw new Error(JSON.stringify(policy.problems));
  const { hash, book } = policy;
  const approvers = { threshold: 1, keys: new Map([['tester', publicKey]]) };
  const signature = { approver: 'tester', at: '2026-03-01T09:00:00.000Z', reason: 'registers one more client' };
  const approvals = [approve({ hash, approvers }, signature, privateKey)];
  writeFileSync(join(root, lockFile), printLock({ hash, book, approvers, approvals }));
}
