import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { faultCodes } from '../../src/fault/index.js';

test('the frontend page lists exactly the codes that a client can meet', () => {
  const page = readFileSync('docs/frontend/README.md', 'utf8');
  const listed = [...page.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
  expect(listed).toEqual(Object.keys(faultCodes));
});
