import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { bankCommand } from '../../src/cli/bank.js';

const page = readFileSync('docs/operations/banks.md', 'utf8');
const lines = [...page.matchAll(/^npx ringfence bank (\S+)(.*)$/gm)].map(([, name = '', rest = '']) => ({
  name,
  rest,
}));
const commands = new Map(bankCommand().commands.map((command) => [command.name(), command]));

test('the page on banks shows every command that there is', () => {
  expect(new Set(lines.map(({ name }) => name))).toEqual(new Set(commands.keys()));
});

test.each(lines)(
  'the page’s `bank $name` has only options that the command knows, and all that it must have: $rest',
  ({ name, rest }) => {
    const options = commands.get(name)?.options ?? [];
    const given = [...rest.matchAll(/ (--[a-z-]+)/g)].map(([, flag]) => flag);
    expect(options.map(({ long }) => long)).toEqual(expect.arrayContaining(given));
    expect(given).toEqual(expect.arrayContaining(options.filter(({ mandatory }) => mandatory).map(({ long }) => long)));
  },
);
