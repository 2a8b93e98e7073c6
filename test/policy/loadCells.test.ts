import { expect, test } from '@jest/globals';
import { loadCells, loadPolicy, purposes } from '../../src/policy/index.js';
import { onProjectCopy, type Edit } from './projectCopy.js';

test('the matrix alone gives every purpose the cells that the whole policy gives it', () => {
  const policy = loadPolicy('.');
  if (policy.kind === 'problems') throw new Error('the policy does not load');
  const cells = loadCells('.');
  for (const purpose of purposes) expect(cells?.cells(purpose)).toEqual(policy.table.cells(purpose));
});

test.each<Edit>([
  { file: 'policy/matrix.yaml', from: 'BALANCE: deny', to: 'BALANCE: maybe' },
  { file: 'policy/matrix.yaml', from: 'AD_TARGETING: &never', to: 'AD_TARGETING: *never' },
  { file: 'policy/matrix.yaml', from: '&never\n    RELATIONSHIP: deny', to: '&never\n    RELATIONSHIP: allow' },
])('a matrix that is not one, or opens what nobody can consent to, gives no cells at all ($to)', async (edit) => {
  expect(await onProjectCopy([edit], loadCells)).toBeUndefined();
});
