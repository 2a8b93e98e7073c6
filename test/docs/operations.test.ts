import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { migrations } from '../../src/store/migrations/index.js';

const page = readFileSync('docs/operations/store.md', 'utf8');

test('the page about the store explains every reason for which it is not used', () => {
  const reasons =
    readFileSync('src/store/storeFault.ts', 'utf8')
      .split('export class')[0]
      ?.match(/'STORE_\w+'/g) ?? [];
  const explained = page.match(/^\| `STORE_\w+`/gm) ?? [];
  expect(explained.map((row) => row.slice(3, -1)).sort()).toEqual(reasons.map((reason) => reason.slice(1, -1)).sort());
});

test('the page about the store names every role', () => {
  const created = JSON.stringify(migrations).match(/create role ringfence_\w+/g) ?? [];
  expect(created).toHaveLength(2);
  for (const statement of created) expect(page).toContain(`\`${statement.slice('create role '.length)}\``);
});
