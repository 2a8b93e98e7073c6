import { describe, expect, test } from '@jest/globals';
import { RunningParts } from '../../src/cli/runningParts.js';

describe('parts that run', () => {
  test('stop in the opposite order, once', async () => {
    const stopped: string[] = [];
    const parts = new RunningParts();
    for (const name of ['banks', 'stages', 'gateway']) parts.add(name, async (part) => void stopped.push(part));
    await parts.stop();
    await parts.stop();
    expect(stopped).toEqual(['gateway', 'stages', 'banks']);
  });

  test('all stop, even if one of them fails to', async () => {
    const stopped: string[] = [];
    const parts = new RunningParts();
    parts.add('banks', async (part) => void stopped.push(part));
    parts.add('stages', () => Promise.reject(new Error('stuck')));
    await expect(parts.stop()).rejects.toThrow('stuck');
    expect(stopped).toEqual(['banks']);
  });
});
