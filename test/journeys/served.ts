/** `ringfence serve` as a child process. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Starts the built command with these options. */
export function serve(...options: string[]): ChildProcess {
  const env = { ...process.env, NODE_OPTIONS: '' };
  return spawn(process.execPath, ['dist/src/cli/ringfence.js', 'serve', ...options], { env, stdio: 'pipe' });
}

/** Where it answers, once it says that it is ready. */
export async function addressOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('no output');
  let address = '';
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('gateway ')) address = line.slice('gateway '.length);
    if (line === 'ringfence ready') break;
  }
  return address;
}

/** How a command that must not start ends, and what it says. */
export async function failureOf(child: ChildProcess): Promise<{ code: unknown; text: string }> {
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const [code] = (await once(child, 'close')) as [unknown];
  return { code, text };
}

/** Stops it as an operator does. */
export async function stop(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
