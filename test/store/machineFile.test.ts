import * as fs from 'node:fs';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, jest, test } from '@jest/globals';

/** What was done to the disk, in its order; and the code that the next writing fails with. */
const done: (readonly [string, string])[] = [];
let failure: string | undefined;
const contentOf = (file: fs.PathOrFileDescriptor): string =>
  readFileSync(typeof file === 'number' ? draft : file, 'utf8');

jest.unstable_mockModule('node:fs', () => ({
  ...fs,
  writeFileSync: (file: number, content: string) => {
    if (failure !== undefined) throw Object.assign(new Error(`${failure}: write`), { code: failure });
    fs.writeFileSync(file, content);
  },
  fsyncSync: (file: number) => {
    fs.fsyncSync(file);
    done.push(['forced', contentOf(file)]);
  },
  renameSync: (from: string, to: string) => {
    done.push(['renamed', contentOf(from)]);
    fs.renameSync(from, to);
  },
}));
const { readMachineFile, replaceMachineFile } = await import('../../src/store/machineFile.js');
const { markFile, receiptMarkFile, storeFaultOf } = await import('../../src/store/index.js');

const folder = mkdtempSync(join(tmpdir(), 'ringfence-file-'));
const path = join(folder, 'a.mark');
const draft = `${path}.${process.pid}`;
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  failure = undefined;
  done.length = 0;
});

test('is on the disk whole before it takes the place of the one before', () => {
  expect(readMachineFile(path)).toBeUndefined();
  replaceMachineFile(path, 'one');
  replaceMachineFile(path, 'two');
  expect(done).toEqual([
    ['forced', 'one'],
    ['renamed', 'one'],
    ['forced', 'two'],
    ['renamed', 'two'],
  ]);
  expect([readMachineFile(path), readdirSync(folder)]).toEqual(['two', ['a.mark']]);
});

test.each([
  ['ENOSPC', 'STORE_FULL'],
  ['EDQUOT', 'STORE_FULL'],
  ['EIO', 'STORE_DAMAGED'],
])('stays as it was where the disk answers %s, which is said of the file and not of the database', (code, reason) => {
  replaceMachineFile(path, 'one');
  failure = code;
  const [receipts, store] = [receiptMarkFile(path), markFile(path)];
  const writings = [
    () => replaceMachineFile(path, 'two'),
    () => store.write({ generation: 'g', at: 1 }),
    () => receipts.write({ generation: 'g', checkpoints: [] }),
  ];
  const faults = writings.map((write) => faultOf(write));
  expect(faults).toMatchObject(writings.map(() => ({ reason, cause: { code } })));
  expect(faults.map(String).every((words) => words.includes(folder))).toBe(true);
  expect(readMachineFile(path)).toBe('one');
});

test('cannot be read or replaced where something else has its name, and says which', () => {
  const other = join(folder, 'b.mark');
  const marks = [other, join(folder, 'b.receipts.mark')];
  for (const mark of marks) mkdirSync(mark);
  const acts = [
    () => markFile(other).read(),
    () => markFile(other).write({ generation: 'g', at: 1 }),
    () => receiptMarkFile(other).read(),
    () => receiptMarkFile(other).write({ generation: 'g', checkpoints: [] }),
  ];
  const faults = acts.map((act) => faultOf(act));
  expect(faults).toMatchObject(acts.map(() => ({ reason: 'STORE_DAMAGED', cause: { code: 'EISDIR' } })));
  expect(faults.map((fault) => marks.findIndex((mark) => String(fault).includes(`\`${mark}\``)))).toEqual([0, 0, 1, 1]);
});

/** What an operator is told. */
function faultOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return storeFaultOf(error);
  }
  return undefined;
}
