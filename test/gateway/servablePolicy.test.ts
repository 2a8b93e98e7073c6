import { describe, expect, test } from '@jest/globals';
import { openPolicy } from '../../src/gateway/servablePolicy.js';
import { loadPolicy } from '../../src/policy/index.js';
import { onProjectCopy } from '../policy/projectCopy.js';

describe('a policy', () => {
  test('of this repository may be served, under its own hash only', async () => {
    const policy = loadPolicy(process.cwd());
    const hash = policy.kind === 'ok' ? policy.hash : '';
    await expect(openPolicy(process.cwd(), hash)).resolves.toMatchObject({ hash });
    await expect(openPolicy(process.cwd(), 'another')).rejects.toMatchObject({ reason: 'POLICY_HASH_MISMATCH' });
  });

  test('that does not compose is not served', async () => {
    const edit = { file: 'schema/bank.graphql', from: 'type Query', to: 'type Qery' };
    await onProjectCopy([edit], (root) => expect(openPolicy(root)).rejects.toMatchObject({ reason: 'POLICY_INVALID' }));
  });
});
