/** Runs a command in this process, in a folder of its own, and brings back what it printed. */
import { jest } from '@jest/globals';
import type { Command } from 'commander';

/** What a run came to. */
export interface Ran {
  readonly failed: boolean;
  readonly out: string;
  readonly err: string;
}

/** As a shell would in `folder`; the working directory and the exit code are put back. */
export async function runIn(folder: string, command: Command, words: readonly string[]): Promise<Ran> {
  const [before, out, err] = [process.cwd(), collect(process.stdout), collect(process.stderr)];
  process.chdir(folder);
  try {
    await command.exitOverride().parseAsync([...words], { from: 'user' });
    return { failed: process.exitCode === 1, out: out.text(), err: err.text() };
  } finally {
    process.chdir(before);
    process.exitCode = undefined;
    for (const { restore } of [out, err]) restore();
  }
}

function collect(stream: NodeJS.WriteStream): { text(): string; restore(): void } {
  const pieces: string[] = [];
  const write = (piece: unknown, ...rest: unknown[]): boolean => {
    pieces.push(String(piece));
    const done = rest.at(-1);
    if (typeof done === 'function') done();
    return true;
  };
  const spy = jest.spyOn(stream, 'write').mockImplementation(write);
  return { text: () => pieces.join(''), restore: () => spy.mockRestore() };
}
