import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { lockFolder } from '../../src/store/folderLock.js';

let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringfence-lock-'));
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** A process that opens the folder, says so, and stays. Runs what `npm run build` made. */
async function opener(): Promise<ChildProcess> {
  const module = resolve('dist/src/store/folderLock.js');
  const script = `import { lockFolder } from ${JSON.stringify(module)};
    await lockFolder(${JSON.stringify(folder)}).then(() => console.log('opened'), ({ reason }) => console.log(reason));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [said] = (await once(child.stdout as NodeJS.EventEmitter, 'data')) as [Buffer];
  expect(said.toString().trim()).toBe('opened');
  return child;
}

const refusal = expect.objectContaining({ reason: 'STORE_IN_USE' });

/** The file of an opener, rewritten. */
function pretend(change: (place: Record<string, unknown>) => Record<string, unknown>): void {
  const file = join(folder, 'opener');
  writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>)));
}

describe('a folder', () => {
  test('has one opener, in this process too, until it is let go', async () => {
    const release = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toEqual(refusal);
    release();
    (await lockFolder(folder))();
  });

  test('is refused by name while another process has it, and free once that was killed', async () => {
    const child = await opener();
    await expect(lockFolder(folder)).rejects.toThrow(`is open in process ${child.pid}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    (await lockFolder(folder))();
  });

  test('is free when the process of that id began at another time', async () => {
    await lockFolder(folder);
    pretend((place) => ({ ...place, began: '1' }));
    (await lockFolder(folder))();
  });

  test('that a process elsewhere keeps touching is refused', async () => {
    const release = await lockFolder(folder);
    pretend((place) => ({ ...place, machine: 'another container' }));
    await expect(lockFolder(folder)).rejects.toThrow('is open elsewhere');
    release();
  });

  test.each(['', '{"process":-1}', '{"process":1,"began":"1","machine":"another container"}'])(
    'whose file %j nobody has touched for long is free',
    async (content) => {
      const file = join(folder, 'opener');
      writeFileSync(file, content);
      utimesSync(file, new Date(0), new Date(0));
      (await lockFolder(folder))();
    },
  );

  test('left behind is taken by one of many', async () => {
    const file = join(folder, 'opener');
    writeFileSync(file, '');
    utimesSync(file, new Date(0), new Date(0));
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
