import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

test('a writer of receipts that is killed at any moment loses none that it acknowledged', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/killReceipts.mjs', '3', 'server']);
  expect(stdout).toMatch(/^3 kills, \d+ receipts acknowledged, 0 problems$/m);
});
