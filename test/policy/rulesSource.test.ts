/** What the text of the second book's rules may not hold. Apart, because the text of a source under mutation holds more. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

test('every rule keeps no state and looks at no clock: it is made of constants, so that asking it again changes nothing', () => {
  for (const file of ['rules', 'rulesReaders']) {
    const code = readFileSync(`src/policy/${file}.ts`, 'utf8').replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, '');
    expect(code.match(/\b(?:let|var|class|new|Date|Math|process|globalThis|performance)\b|\+\+|--/g) ?? []).toEqual([]);
  }
});
