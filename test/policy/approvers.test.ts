/** Who may approve: the list in `policy/approvers`, and the keys beside it. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { keyText, publicKeyOf, readApprovers } from '../../src/policy/lock/approvers.js';

const pair = () => generateKeyPairSync('ed25519');
const [ada, grace, eve] = [pair(), pair(), pair()];

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

describe('a key', () => {
  test('is read from a PEM and from a line of text, and is the same', () => {
    const line = keyText(ada.publicKey);
    expect(line).toMatch(/^MCowBQYDK2VwAyEA[\w+/]{43}=$/);
    for (const text of [line, pem(ada)]) expect(publicKeyOf(text)?.equals(ada.publicKey)).toBe(true);
  });

  test('of another kind, or none, is no key', () => {
    const { publicKey } = generateKeyPairSync('x25519');
    const texts = [publicKey.export({ type: 'spki', format: 'pem' }) as string, '', 'BEGIN', 'AAAA'];
    expect(texts.map(publicKeyOf)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('the approvers of a project', () => {
  test('are those listed, with the keys that lie beside the list', () => {
    writeApprovers();
    const read = readApprovers(root);
    expect(read.kind === 'ok' && [read.approvers.threshold, [...read.approvers.keys.keys()]]).toEqual([
      2,
      ['ada', 'grace'],
    ]);
  });

  const place = (line: number, column: number) => ({ file: 'policy/approvers/approvers.yaml', line, column });

  test.each([
    [
      'a key is missing',
      'threshold: 1\napprovers: [ada, eve]\n',
      'APPROVER',
      'approvers.1',
      '`eve` has no Ed25519 public key in `eve.pem`',
      place(2, 18),
    ],
    [
      'a private key lies there',
      'threshold: 1\napprovers: [secret]\n',
      'APPROVER',
      'approvers.0',
      '`secret` has no Ed25519 public key in `secret.pem`',
      place(2, 13),
    ],
    [
      'a name stands twice',
      'threshold: 1\napprovers: [ada, ada]\n',
      'APPROVER',
      'approvers.1',
      '`ada` is named twice',
      place(2, 18),
    ],
    [
      'two names have one key',
      'threshold: 1\napprovers: [ada, twin]\n',
      'APPROVER',
      'approvers.1',
      '`twin` has the same key as `ada`',
      place(2, 18),
    ],
    [
      'more must sign than there are',
      'threshold: 3\napprovers: [ada, grace]\n',
      'APPROVER',
      'threshold',
      'asks for 3 of 2 approvers',
      place(1, 1),
    ],
    [
      'a name leaves the folder',
      'threshold: 1\napprovers: [../ada]\n',
      'POLICY_FILE',
      'approvers.0',
      expect.stringContaining('pattern'),
      place(2, 13),
    ],
    [
      'a name goes on behind its pattern',
      'threshold: 1\napprovers: [ada/../ada]\n',
      'POLICY_FILE',
      'approvers.0',
      expect.stringContaining('pattern'),
      place(2, 13),
    ],
    [
      'nobody must sign',
      'threshold: 0\napprovers: [ada]\n',
      'POLICY_FILE',
      'threshold',
      expect.any(String),
      place(1, 1),
    ],
    ['nobody may sign', 'threshold: 1\napprovers: []\n', 'POLICY_FILE', 'approvers', expect.any(String), place(2, 1)],
  ])('cannot be read where %s', (_, list, ...[code, coordinate, message, location]) => {
    writeApprovers(list);
    write('policy/approvers/twin.pem', pem(ada));
    write('policy/approvers/secret.pem', eve.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
    const read = readApprovers(root);
    expect(read.kind === 'problems' && read.problems[0]).toEqual({ code, coordinate, message, location });
  });

  test('with one of each kind of key may sign alone', () => {
    writeApprovers('threshold: 1\napprovers: [ada]\n');
    expect(readApprovers(root).kind).toBe('ok');
  });
});
