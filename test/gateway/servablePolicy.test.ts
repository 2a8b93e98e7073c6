import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openPolicy } from '../../src/gateway/servablePolicy.js';
import { loadPolicy } from '../../src/policy/index.js';

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'ringfence-policy-'));
  for (const folder of ['schema', 'policy']) cpSync(folder, join(root, folder), { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true }));

function plant(file: string, from: string, to: string): () => void {
  const path = join(root, file);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`nothing to plant in ${file}`);
  writeFileSync(path, text.replaceAll(from, to));
  return () => writeFileSync(path, text);
}

describe('a policy', () => {
  test('of this repository may be served, under its own hash only', async () => {
    const policy = loadPolicy(root);
    const hash = policy.kind === 'ok' ? policy.hash : '';
    await expect(openPolicy(root, hash)).resolves.toMatchObject({ hash });
    await expect(openPolicy(root, 'another')).rejects.toMatchObject({ reason: 'POLICY_HASH_MISMATCH' });
  });

  test('that does not compose is not served', async () => {
    const mend = plant('schema/bank.graphql', 'type Query', 'type Qery');
    await expect(openPolicy(root)).rejects.toMatchObject({ reason: 'POLICY_INVALID' });
    mend();
  });
});
