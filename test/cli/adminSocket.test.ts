import { once } from 'node:events';
import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { adminSocketOf, askAdmin, listenForAdmin, type AdminHandler } from '../../src/cli/adminSocket.js';

let path = '';
beforeEach(() => {
  path = adminSocketOf(mkdtempSync(join(tmpdir(), 'ringfence-')));
});

async function listening(handle: AdminHandler, work: () => Promise<void>): Promise<void> {
  const close = await listenForAdmin(path, handle);
  await work();
  await close();
}

const echo: AdminHandler = async (order) => ({ kind: 'done', result: order });

/** What comes back for bytes that no command sends. */
async function answerTo(bytes: string): Promise<string> {
  const socket = connect(path);
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString()));
  socket.on('error', () => undefined);
  socket.end(bytes);
  await once(socket, 'close');
  return text;
}

describe('the admin socket', () => {
  test('brings an order to the gateway and its answer back', async () => {
    await listening(echo, async () => {
      expect(await askAdmin(path, { kind: 'list' })).toEqual({ kind: 'done', result: { kind: 'list' } });
    });
  });

  test('brings parts in their order, as fast as they are taken, and then the answer', async () => {
    let given = 0;
    const handle: AdminHandler = async (order, give) => {
      for (; given < 200; given += 1) await give(`${given} ${'x'.repeat(100_000)}`);
      return { kind: 'done', result: order };
    };
    await listening(handle, async () => {
      const [taken, ahead]: [number[], number[]] = [[], []];
      const answer = await askAdmin(path, 1, async (part) => {
        taken.push(Number.parseInt(String(part), 10));
        ahead.push(given - taken.length);
      });
      expect(answer).toEqual({ kind: 'done', result: 1 });
      expect(taken).toEqual(Array.from({ length: 200 }, (_, index) => index));
      expect(Math.max(...ahead)).toBeLessThan(100);
    });
  });

  test('stops giving to whoever is gone', async () => {
    let stopped: (words: string) => void = () => undefined;
    const ended = new Promise<string>((resolve) => (stopped = resolve));
    const handle: AdminHandler = async (_, give) => {
      try {
        for (;;) await give('x'.repeat(100_000));
      } catch (error) {
        stopped((error as NodeJS.ErrnoException).code ?? '');
        throw error;
      }
    };
    await listening(handle, async () => {
      const closed = (): Promise<void> => Promise.reject(new Error('the pipe is closed'));
      await expect(askAdmin(path, 1, closed)).rejects.toThrow('the pipe is closed');
      expect(await ended).toMatch(/^(EPIPE|ECONNRESET|ERR_STREAM_DESTROYED)$/);
    });
  });

  test('opens for its owner alone', async () => {
    await listening(echo, async () => expect(statSync(path).mode & 0o777).toBe(0o600));
  });

  test('takes the place of one that a killed gateway left', async () => {
    writeFileSync(path, '');
    await listening(echo, async () => expect(await askAdmin(path, 1)).toMatchObject({ kind: 'done' }));
  });

  test('is not there for commands where no gateway listens, or none does any more', async () => {
    expect(await askAdmin(path, 1)).toBeUndefined();
    await listening(echo, async () => undefined);
    expect(await askAdmin(path, 1)).toBeUndefined();
  });

  test.each([['no line'], ['no JSON\n'], ['\n'], [`${'x'.repeat(70_000)}\n`]])(
    'hears nothing in %.20j',
    async (bytes) => {
      const heard: unknown[] = [];
      const handle: AdminHandler = async (order) => ({ kind: 'done', result: heard.push(order) });
      await listening(handle, async () => expect(await answerTo(bytes)).toBe(''));
      expect(heard).toEqual([]);
    },
  );

  test('tells nothing of why an order broke', async () => {
    const handle: AdminHandler = () => Promise.reject(new Error('postgres://hidden'));
    await listening(handle, async () => {
      expect(await askAdmin(path, 1)).toEqual({ kind: 'refused', message: 'something went wrong' });
    });
  });

  test('is refused where its path is too long for one', async () => {
    await expect(listenForAdmin(`/tmp/${'x'.repeat(100)}`, echo)).rejects.toThrow('too long');
  });
});
