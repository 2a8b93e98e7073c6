/** Approvers, their signatures and the lock's text, on a book of a few lines. */
import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { approvalFault, approve, type Approval, type Approved } from '../../src/policy/lock/approval.js';
import { keyText } from '../../src/policy/lock/approvers.js';
import { hashOf, type PolicyBook } from '../../src/policy/lock/book.js';
import { approvalProblems, parseLock, printLock, readLock, verifyLock } from '../../src/policy/lock/lock.js';

const pair = () => generateKeyPairSync('ed25519');
const [ada, grace, eve] = [pair(), pair(), pair()];
const approvers = {
  threshold: 2,
  keys: new Map([
    ['grace', grace.publicKey],
    ['ada', ada.publicKey],
  ]),
};
const book: PolicyBook = {
  empty: {},
  labels: { b: { y: 1, x: [true, null] }, c: 1, a: 'text' },
  clients: { m: ['P'] },
};
const approved: Approved = { hash: hashOf(book), approvers };
const stated = { at: '2026-03-01T09:00:00.000Z', reason: 'read line by line' };
const byAda = approve(approved, { approver: 'ada', ...stated }, ada.privateKey);
const byGrace = approve(approved, { approver: 'grace', ...stated }, grace.privateKey);
const lock = { ...approved, book, approvals: [byAda, byGrace] };

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ringfence-approvals-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

const pem = ({ publicKey }: typeof ada): string => publicKey.export({ type: 'spki', format: 'pem' }) as string;

function writeApprovers(list = 'threshold: 2\napprovers: [ada, grace]\n'): void {
  write('policy/approvers/approvers.yaml', list);
  write('policy/approvers/ada.pem', pem(ada));
  write('policy/approvers/grace.pem', pem(grace));
}

describe('a signature', () => {
  test('counts where it is over this policy, these approvers and its own words', () => {
    expect([approvalFault(approved, byAda), approvalFault(approved, byGrace)]).toEqual([undefined, undefined]);
    expect(byAda).toEqual({ approver: 'ada', ...stated, signature: expect.stringMatching(/^[\w+/]{86}==$/) });
  });

  const unsigned = 'the signature of `ada` is not over this policy and these approvers';

  test.each<[string, Approved, Approval, string]>([
    ['another policy', { ...approved, hash: hashOf('other') }, byAda, unsigned],
    ['a lower threshold', { ...approved, approvers: { ...approvers, threshold: 1 } }, byAda, unsigned],
    [
      'more approvers',
      { ...approved, approvers: { ...approvers, keys: new Map([...approvers.keys, ['eve', eve.publicKey]]) } },
      byAda,
      unsigned,
    ],
    ['another reason', approved, { ...byAda, reason: 'read nothing' }, unsigned],
    ['another time', approved, { ...byAda, at: '2027-03-01T09:00:00.000Z' }, unsigned],
    ['another name', approved, { ...byAda, approver: 'grace' }, unsigned.replace('ada', 'grace')],
    ['no approver', approved, { ...byAda, approver: 'eve' }, '`eve` is no approver'],
  ])('does not count under %s', (_, ...[under, approval, fault]) => {
    expect(approvalFault(under, approval)).toBe(fault);
  });

  test('is over words that anyone can put together', () => {
    const named = `{"keys":{"ada":"${keyText(ada.publicKey)}","grace":"${keyText(grace.publicKey)}"},"threshold":2}`;
    const text = `{"approver":"ada","approvers":"${createHash('sha256').update(named).digest('hex')}","at":"${stated.at}","format":"ringfence-approval/1","hash":"${approved.hash}","reason":"${stated.reason}"}`;
    expect(verify(null, Buffer.from(text), ada.publicKey, Buffer.from(byAda.signature, 'base64'))).toBe(true);
  });

  test('is over the same text in whichever order the approvers are named', () => {
    const [one, two] = approvers.keys;
    const [three, ...orders] = [['eve', eve.publicKey] as const, [0, 1, 2], [2, 0, 1], [1, 2, 0], [2, 1, 0]];
    if (!one || !two) throw new Error('two approvers');
    const signed = orders.map((order) => {
      const keys = new Map(order.map((index) => [one, two, three][index] ?? three));
      return approve(
        { ...approved, approvers: { threshold: 2, keys } },
        { approver: 'ada', ...stated },
        ada.privateKey,
      );
    });
    expect(new Set(signed.map(({ signature }) => signature)).size).toBe(1);
  });
});

describe('the text of a lock', () => {
  test('is read back as it was printed', () => {
    const read = parseLock(printLock(lock));
    if (read.kind !== 'ok') throw new Error(JSON.stringify(read));
    expect([read.lock.hash, read.lock.book, read.lock.approvals]).toEqual([lock.hash, book, lock.approvals]);
    expect([...read.lock.approvers.keys].map(([name, key]) => [name, keyText(key)])).toEqual([
      ['ada', keyText(ada.publicKey)],
      ['grace', keyText(grace.publicKey)],
    ]);
  });

  test('names the approvers in order, whatever order they were read in', () => {
    const keys = new Map([...approvers.keys, ['eve', eve.publicKey]].toReversed() as [string, typeof eve.publicKey][]);
    for (const read of [keys, new Map([...keys].toReversed())]) {
      const text = printLock({ ...lock, approvers: { threshold: 2, keys: read } });
      expect(Object.keys((JSON.parse(text) as { approvers: { keys: object } }).approvers.keys)).toEqual([
        'ada',
        'eve',
        'grace',
      ]);
    }
  });

  test('has one entry a line, in order, whatever order the book has', () => {
    const [, chapters] = printLock(lock).split('  "book": ');
    expect(chapters).toBe(`{
    "clients": {
      "m": ["P"]
    },
    "empty": {},
    "labels": {
      "a": "text",
      "b": {"x":[true,null],"y":1},
      "c": 1
    }
  }
}
`);
    expect(printLock(lock).split('\n').slice(0, 3)).toEqual([
      '{',
      '  "format": "ringfence-lock/1",',
      `  "hash": "${lock.hash}",`,
    ]);
  });

  const changed = (from: string | RegExp, to: string): string => printLock(lock).replace(from, to);

  test.each([
    ['no JSON', '{', '``: Invalid input: expected object, received undefined'],
    ['another format', changed('lock/1', 'lock/2'), '`format`: Invalid input: expected "ringfence-lock/1"'],
    ['a book that was changed', changed('"text"', '"other"'), 'the book was changed after it was hashed'],
    ['a key that is none', changed(/"ada": "\w+/, '"ada": "'), 'a key of an approver is no Ed25519 key'],
    ['a reason that is empty', changed('read line by line', ''), expect.stringContaining('`approvals.0.reason`')],
    ['a time that is none', changed(stated.at, 'yesterday'), expect.stringContaining('`approvals.0.at`')],
    [
      'a threshold of nobody',
      changed('"threshold": 2', '"threshold": 0'),
      expect.stringContaining('`approvers.threshold`'),
    ],
    ['a hash that goes on', changed(lock.hash, `${lock.hash}0`), expect.stringContaining('`hash`')],
    ['a hash that begins before', changed(lock.hash, `0${lock.hash}`), expect.stringContaining('`hash`')],
    ['a key nobody knows', changed('"book"', '"more": 1, "book"'), expect.stringContaining('more')],
  ])('is refused with %s', (_, text, message) => {
    expect(parseLock(text)).toEqual({
      kind: 'problems',
      problems: [{ code: 'LOCK_INVALID', message, location: { file: 'policy/policy.lock.json', line: 1, column: 1 } }],
    });
  });
});

describe('a lock', () => {
  const problems = (text: string | undefined, hash = lock.hash): [string, string][] => {
    if (text !== undefined) write('policy/policy.lock.json', text);
    return verifyLock(root, { hash }).map(({ code, message }) => [code, message]);
  };

  test('holds where enough approvers have signed this policy', () => {
    writeApprovers();
    expect(problems(printLock(lock))).toEqual([]);
    expect(readLock(root).kind).toBe('ok');
  });

  test('does not hold where it is missing, of another policy or of other approvers', () => {
    writeApprovers();
    expect(readLock(root)).toEqual({ kind: 'missing' });
    expect(problems(undefined)).toEqual([
      ['LOCK_MISSING', 'there is no lock; approve the policy by `ringfence approve`'],
    ]);
    const [was, is] = [lock.hash.slice(0, 12), 'f'.repeat(12)];
    expect(problems(printLock(lock), 'f'.repeat(64))).toEqual([
      [
        'LOCK_MISMATCH',
        `locks policy \`${was}\`, and the files say \`${is}\`; see \`ringfence diff policy/policy.lock.json .\`, then \`ringfence approve\``,
      ],
    ]);
    writeApprovers('threshold: 1\napprovers: [ada, grace]\n');
    expect(problems(printLock(lock))).toEqual([
      ['LOCK_MISMATCH', 'locks other approvers than `policy/approvers` names; `ringfence approve` anew'],
    ]);
  });

  test('tells all that cannot be read, of itself and of its approvers', () => {
    expect(problems('{').map(([code]) => code)).toEqual(['LOCK_INVALID', 'FILE_UNREADABLE']);
    expect(problems(printLock(lock)).map(([code]) => code)).toEqual(['FILE_UNREADABLE']);
    writeApprovers();
    expect(problems('{').map(([code]) => code)).toEqual(['LOCK_INVALID']);
  });

  test('does not hold where its signatures do not count, or are too few', () => {
    const unsigned = 'is signed by 1 of the 2 approvers that it needs; `ringfence approve` adds one';
    const told = (...approvals: (typeof byAda)[]): [string, string][] =>
      approvalProblems(approved, approvals).map(({ code, message }) => [code, message]);
    expect(told(byAda)).toEqual([['LOCK_UNSIGNED', unsigned]]);
    expect(told(byAda, byAda)).toEqual([['LOCK_UNSIGNED', unsigned]]);
    expect(told(byAda, byGrace)).toEqual([]);
    expect(told(byAda, byGrace, { ...byAda, approver: 'eve' })).toEqual([['LOCK_SIGNATURE', '`eve` is no approver']]);
  });
});
