import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const folder = 'docs/review';
const pages = readdirSync(folder).filter((file) => file.endsWith('.md'));

describe('the pages for reviewers', () => {
  test.each(pages)('link only to what exists: %s', (page) => {
    const links = [...readFileSync(join(folder, page), 'utf8').matchAll(/\]\((?!http)([^)#]+)\)/g)];
    expect(links.map(([, path = '']) => path).filter((path) => !existsSync(join(folder, path)))).toEqual([]);
  });

  test('name only commands that there are, and every one that proves, explains or approves', () => {
    const table = readFileSync('src/cli/ringfence.ts', 'utf8');
    const commands = [...table.matchAll(/^ {2}'?([a-z-]+)'?: \[/gm)].map(([, name = '']) => name);
    const said = ['README.md', ...pages.map((page) => join(folder, page))].map((file) => readFileSync(file, 'utf8'));
    const named = new Set(
      said.flatMap((text) => [...text.matchAll(/npx ringfence ([a-z][a-z-]*)/g)].map(([, name]) => name)),
    );
    expect([...named].filter((name) => !commands.includes(String(name)))).toEqual([]);
    expect([...named]).toEqual(expect.arrayContaining(['prove', 'who-can-read', 'explain', 'diff', 'approve']));
  });
});
