/** threats.md, 33: unique marks in all that the banks hold, looked for in all that is written. */
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { processesBelow } from '../journeys/processes.js';
import { first, ads, type Running, type Section } from './running.js';

const everything = `{ me { id accounts { id nickname maskedNumber holder { name email phone address { lines } }
  balances { money { amount } } terms { summary } bills { payee amount { amount } }
  transactions(first: 25) { edges { cursor node { id description counterparty amount { amount } merchant { name } } } } } } }`;

/** Long enough not to be met by chance. */
const isMark = (value: unknown): value is string => typeof value === 'string' && value.length >= 6;

/** Texts, amounts, names and ids that only banks can have said. */
async function marksOf({ world }: Running): Promise<readonly string[]> {
  const { data } = await world.as(first('ACCOUNT_SERVICING'))(everything);
  const marks = new Set<string>();
  JSON.stringify(data, (_key, value: unknown) => {
    if (isMark(value)) marks.add(value);
    return value;
  });
  return [...marks];
}

/** Everything written below a folder, as bytes read as Latin letters, so that no page of a database is skipped. */
function writtenBelow(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names
    .map((name) => join(folder, name))
    .filter((name) => statSync(name, { throwIfNoEntry: false })?.isFile());
  return files.map((name) => readFileSync(name, 'latin1')).join('\n');
}

/** Attacks on class 33. */
export const canaryAttacks: Section = (running) => {
  test('33 under load, with errors and everything logged, no mark, token or grant is written anywhere', async () => {
    const { world, log } = running();
    const marks = await marksOf(running());
    expect(marks.length).toBeGreaterThan(100);
    const tokens = [await world.token(first('ACCOUNT_SERVICING')), await world.token(ads)];
    await world.setFault('summit', 'garbage');
    const ask = world.as(first('ACCOUNT_SERVICING'));
    await Promise.all([
      ...Array.from({ length: 40 }, () => ask(everything)),
      ...marks.slice(0, 20).map((id) => ask('query ($id: ID!) { account(id: $id) { id } }', { id })),
      ...marks.slice(0, 20).map((mark) => ask(`{ me { accounts { ${JSON.stringify(mark)} } } }`)),
      world.graphql(`${tokens[0]}x`, { query: everything }),
    ]);
    await world.setFault('summit', 'types');
    await ask(everything);
    await world.clearFault('summit');
    const written = await log();
    expect(written.length).toBeGreaterThan(1000);
    expect(marks.filter((mark) => written.includes(mark))).toEqual([]);
    for (const token of tokens) expect(written).not.toContain(token.split('.')[2]);
    expect(written).not.toMatch(/eyJ[\w-]{10,}\.eyJ/);
  });

  test('33 killed in the middle of requests, it leaves no mark, token or grant in any file', async () => {
    const { world, folder, logSoFar } = running();
    const marks = (await marksOf(running())).filter((mark) => mark.length >= 8);
    const family = await processesBelow(world.process.pid ?? 0);
    const gone = once(world.process, 'close');
    const ask = world.as(first('ACCOUNT_SERVICING'));
    const under = Array.from({ length: 30 }, () => ask(everything));
    await Promise.race(under);
    world.process.kill('SIGKILL');
    await Promise.allSettled(under);
    for (const pid of family.filter(isAlive)) process.kill(pid, 'SIGKILL');
    // `close` waits for everyone who holds the output: the log is whole
    await gone;
    const written = [folder, '.ringfence'].map(writtenBelow).join('\n');
    expect(marks.filter((mark) => written.includes(mark) || logSoFar().includes(mark))).toEqual([]);
    expect(written.match(/eyJ[\w-]{10,}\.eyJ/)).toBeNull();
  });
};

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
