/** Every file of policy/ and every key in it, deleted or made into nonsense in turn: the gateway then serves nothing. */
import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { approve, bookOf, hashOf, loadPolicy, type Policy, printLock, verifyLock } from '../../src/policy/index.js';
import { readClearances } from '../../src/policy/clearance.js';
import { readClients } from '../../src/policy/clients.js';
import { matrixOf, readMatrixFile } from '../../src/policy/matrixFile.js';
import { type Change, changesOf, type Path, placesOf } from './changes.js';
import { onProjectCopy } from './projectCopy.js';

let policy: Policy;

beforeAll(() => {
  const loaded = loadPolicy(process.cwd());
  if (loaded.kind !== 'ok') throw new Error('the policy of this repository does not load');
  policy = loaded;
});

/** The hash of the policy with the books that a file says otherwise; `refused` where its reader has problems. */
type Reader = (root: string) => string;

const refused = 'refused';

/** With verdicts that say nothing: what follows from the files need not be computed to see that the files differ. */
function hashWith(books: Partial<Parameters<typeof bookOf>[0]>): string {
  const { flow, ...rest } = policy;
  const table = { ...policy.table, verdict: () => 'deny' as const };
  const { matrix } = table;
  return hashOf(bookOf({ ...rest, matrix, declassifications: flow.declassifications, ...books, table }));
}

/** The files that the policy's hash covers, each with what reads it at a start. */
const readers: Readonly<Record<string, Reader>> = {
  'matrix.yaml': (root) => {
    const file = readMatrixFile(root);
    if (file.kind === 'problems') return refused;
    const { matrix, problems } = matrixOf(file);
    return problems.length > 0 ? refused : hashWith({ matrix });
  },
  'clearances.yaml': (root) => {
    const names = policy.subgraphs.map(({ name }) => name);
    const { clearances, problems } = readClearances(root, names);
    return problems.length > 0 ? refused : hashWith({ clearances });
  },
  'clients.yaml': (root) => {
    const { clients, problems } = readClients(root);
    return problems.length > 0 ? refused : hashWith({ clients });
  },
};

/** Cells are alike by construction, and so are the entries of a list: one of each row and of each list is tried. */
function placesTried(value: unknown): Path[] {
  const places = placesOf(value).filter((path) => path.every((key) => typeof key === 'string' || key === 0));
  const cells = places.filter(([key, , cell]) => key === 'rows' && cell !== undefined);
  const rows = [...new Set(cells.map(([, purpose]) => purpose))];
  const kept = rows.map((purpose, index) => cells.filter(([, row]) => row === purpose).at(index % 16));
  return places.filter((place) => !cells.includes(place) || kept.includes(place));
}

const survivors = (changes: readonly Change[], isRefused: (change: Change) => boolean): string[] =>
  changes.filter((change) => !isRefused(change)).map(({ how, path }) => `${path.join('.')} ${how}`);

test('no file of policy/ is forgotten here', () => {
  const files = readdirSync('policy');
  expect(files.sort()).toEqual([...Object.keys(readers), 'approvers', 'policy.lock.json'].sort());
});

describe.each(Object.entries(readers))('policy/%s', (name, reader) => {
  test('as it is gives the policy as it is', () => expect(reader(process.cwd())).toBe(hashWith({})));

  test('refuses to be read when it is gone', async () => {
    const outcome = await onProjectCopy([], (root) => {
      rmSync(join(root, 'policy', name));
      return reader(root);
    });
    expect(outcome).toBe(refused);
  });

  test('is refused, or is another policy than the locked one, with any key deleted or corrupted', async () => {
    const value: unknown = parse(readFileSync(join('policy', name), 'utf8'));
    const changes = changesOf(value, placesTried(value));
    expect(changes.length).toBeGreaterThan(20);
    const unchanged = hashWith({});
    const left = await onProjectCopy([], (root) =>
      survivors(changes, ({ changed }) => {
        writeFileSync(join(root, 'policy', name), JSON.stringify(changed));
        return reader(root) !== unchanged;
      }),
    );
    expect(left).toEqual([]);
  });
});

describe('the lock', () => {
  test('does not hold with any place in it deleted or corrupted', async () => {
    const left = await onProjectCopy([], (root) => {
      const { text, hash } = smallLock(root);
      const tried = (changed: string): boolean => {
        writeFileSync(join(root, 'policy/policy.lock.json'), changed);
        return verifyLock(root, { hash }).length > 0;
      };
      const lock: unknown = JSON.parse(text);
      const places = placesOf(lock).filter((path) => path[0] !== 'book' || path.length <= 3);
      const changes = changesOf(lock, places);
      expect(tried(text)).toBe(false);
      expect(changes.length).toBeGreaterThan(80);
      return survivors(changes, ({ changed }) => tried(JSON.stringify(changed)));
    });
    expect(left).toEqual([]);
  });
});

/** Of each chapter of the real book the first entry, signed by two approvers of the project's own. */
function smallLock(root: string): { readonly text: string; readonly hash: string } {
  const chapters = Object.entries(policy.book).map(([name, chapter]) => {
    return [name, Object.fromEntries(Object.entries(chapter).slice(0, 1))] as const;
  });
  const book = Object.fromEntries(chapters);
  const hash = hashOf(book);
  const pairs = ['ada', 'grace'].map((name) => [name, generateKeyPairSync('ed25519')] as const);
  const approvers = { threshold: 2, keys: new Map(pairs.map(([name, { publicKey }]) => [name, publicKey])) };
  for (const [name, { publicKey }] of pairs) {
    writeFileSync(join(root, `policy/approvers/${name}.pem`), publicKey.export({ type: 'spki', format: 'pem' }));
  }
  writeFileSync(join(root, 'policy/approvers/approvers.yaml'), 'threshold: 2\napprovers: [ada, grace]\n');
  const stated = { at: '2026-03-01T09:00:00.000Z', reason: 'read line by line' };
  const approvals = pairs.map(([approver, { privateKey }]) =>
    approve({ hash, approvers }, { approver, ...stated }, privateKey),
  );
  return { text: printLock({ hash, book, approvers, approvals }), hash };
}

describe('the approvers', () => {
  const yaml: unknown = parse(readFileSync('policy/approvers/approvers.yaml', 'utf8'));
  const files = readdirSync('policy/approvers');

  test.each(files)('do not hold without %s, nor with nonsense in it', async (file) => {
    const outcomes = await onProjectCopy([], (root) => {
      const path = join(root, 'policy/approvers', file);
      writeFileSync(path, 'NON SENSE!');
      const corrupted = verifyLock(root, policy).length;
      rmSync(path);
      return [corrupted, verifyLock(root, policy).length];
    });
    expect(outcomes).not.toContain(0);
  });

  test('do not hold with any key of their list deleted or corrupted', async () => {
    const left = await onProjectCopy([], (root) =>
      survivors(changesOf(yaml), ({ changed }) => {
        writeFileSync(join(root, 'policy/approvers/approvers.yaml'), JSON.stringify(changed));
        return verifyLock(root, policy).length > 0;
      }),
    );
    expect(left).toEqual([]);
  });
});
