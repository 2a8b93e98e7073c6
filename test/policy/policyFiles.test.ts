/** The files of `policy/`, read one by one: what they hold, and what is wrong with them, where and in words. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { printProblem, type Problem } from '../../src/fault/index.js';
import { readClearances } from '../../src/policy/clearance.js';
import { readClients } from '../../src/policy/clients.js';
import { loadCells } from '../../src/policy/loadCells.js';
import { matrixOf, openedForbiddenCells, readMatrixFile } from '../../src/policy/matrixFile.js';
import { readPolicies } from '../../src/policy/policies.js';
import { parsePolicyFile, readPolicyFile } from '../../src/policy/policyFile.js';
import { categoriesOf, neverConsentablePurposes, purposes } from '../../src/policy/vocabulary.js';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ringfence-policy-'));
  mkdirSync(join(root, 'policy'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Writes a file of `policy/`: the repository's with an edit, or a text of its own. */
function write(name: string, text: string): void {
  writeFileSync(join(root, 'policy', name), text);
}
function edited(name: string, from: string, to: string): void {
  const text = readFileSync(join('policy', name), 'utf8');
  if (!text.includes(from)) throw new Error(`no ${from}`);
  write(name, text.replace(from, to));
}
const lines = (problems: readonly Problem[]): string[] => problems.map(printProblem);

describe('a file of the policy', () => {
  const schema = z.strictObject({
    list: z.array(z.number()),
    record: z.record(z.string(), z.strictObject({ a: z.number() })),
  });
  const read = (text: string): string[] => {
    const file = parsePolicyFile({ file: 'f.yaml', text }, schema);
    expect(['ok', 'problems']).toContain(file.kind);
    return file.kind === 'ok' ? [JSON.stringify(file.value)] : lines(file.problems);
  };

  test.each([
    ['what fits', 'list: [1]\nrecord: { x: { a: 1 } }', ['{"list":[1],"record":{"x":{"a":1}}}']],
    [
      'a wrong item',
      'list:\n  - 1\n  - two\nrecord: {}',
      ['f.yaml:3:5 POLICY_FILE list.1: invalid input: expected number, received string'],
    ],
    [
      'a wrong value',
      'list: []\nrecord:\n  x:\n    a: b',
      ['f.yaml:4:5 POLICY_FILE record.x.a: invalid input: expected number, received string'],
    ],
    [
      'a value behind an alias',
      'list: []\nrecord:\n  x: &x\n    a: b\n  y: *x',
      [
        'f.yaml:4:5 POLICY_FILE record.x.a: invalid input: expected number, received string',
        'f.yaml:4:5 POLICY_FILE record.y.a: invalid input: expected number, received string',
      ],
    ],
    [
      'a missing key, at what should hold it',
      'list: []\nrecord:\n  x: {}',
      ['f.yaml:3:3 POLICY_FILE record.x.a: invalid input: expected number, received undefined'],
    ],
    [
      'a missing key of the file',
      'record: {}',
      ['f.yaml:1:1 POLICY_FILE list: invalid input: expected array, received undefined'],
    ],
    ['a key nobody knows', 'list: []\nrecord: {}\nmore: 1', ['f.yaml:1:1 POLICY_FILE: unrecognized key: "more"']],
    ['a key stated twice', 'list: []\nlist: []', ['f.yaml:2:1 SYNTAX: map keys must be unique at line 2, column 1:']],
    [
      'two mistakes of syntax',
      'list: [\nrecord: {',
      [expect.stringMatching(/^f\.yaml:\d:\d+ SYNTAX: /), expect.stringMatching(/^f\.yaml:\d:\d+ SYNTAX: /)],
    ],
    ['nothing', '', ['f.yaml:1:1 POLICY_FILE: invalid input: expected object, received null']],
  ])('is read with %s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test('can have a problem at any of its keys', () => {
    const file = parsePolicyFile(
      { file: 'f.yaml', text: 'list:\n  - 1\nrecord: { x: { a: 1 }, 7: { a: 2 } }' },
      schema,
    );
    if (file.kind !== 'ok') throw new Error(lines(file.problems).join('\n'));
    const paths = [['list', 0], ['list', 5], ['record', 'x', 'a'], ['record', 7], ['other', 'x'], ['list', 'x'], []];
    expect(paths.map((path) => printProblem(file.problemAt(path, 'C', 'm')))).toEqual([
      'f.yaml:2:5 C list.0: m',
      'f.yaml:1:1 C list.5: m',
      'f.yaml:3:16 C record.x.a: m',
      'f.yaml:3:24 C record.7: m',
      'f.yaml:1:1 C other.x: m',
      'f.yaml:1:1 C list.x: m',
      'f.yaml:1:1 C: m',
    ]);
  });

  test('must be there', () => {
    const file = readPolicyFile(root, 'policy/f.yaml', schema);
    expect(file.kind === 'problems' && lines(file.problems)).toEqual([
      'policy/f.yaml:1:1 FILE_UNREADABLE: expected to be there and readable',
    ]);
  });
});

describe('the matrix', () => {
  const problems = (): string[] => {
    const file = readMatrixFile(root);
    return lines(file.kind === 'problems' ? file.problems : matrixOf(file).problems);
  };

  test('holds the rows, lists and masks of its file', () => {
    cpSync('policy', join(root, 'policy'), { recursive: true });
    const file = readMatrixFile(root);
    if (file.kind !== 'ok') throw new Error(lines(file.problems).join('\n'));
    const { matrix } = matrixOf(file);
    expect([...matrix.rows.keys()]).toEqual([...purposes]);
    expect(matrix.rows.get('SUPPORT_CHAT')?.get('FRAUD_SIGNAL')).toBe('item');
    expect(matrix.anchors).toEqual(
      new Map([
        ['FRAUD_ALERTS', new Set(['FraudAlert.transaction'])],
        ['SUPPORT_CHAT', new Set(['Message.transaction', 'Message.payment', 'Message.alert'])],
        ['MERCHANT_CHECKOUT', new Set(['Checkout.payment'])],
      ]),
    );
    expect(matrix.picking.has('Query.account(id:)')).toBe(true);
    expect(matrix.writes.get('Mutation.sendPayment')).toEqual(new Set(['P2P_PAYMENT']));
    expect(categoriesOf(matrix.open)).toEqual(['PLATFORM_PROFILE', 'INSTITUTION_PUBLIC', 'OFFER_PUBLIC', 'APP_PUBLIC']);
    expect([...(matrix.entries.get('AD_PROFILE')?.keys() ?? [])]).toEqual([
      'AD_TARGETING',
      'AD_MEASUREMENT',
      'CONSENT_MANAGEMENT',
    ]);
    expect(matrix.entries.get('AD_PROFILE')?.get('AD_MEASUREMENT')?.has('Query.adProfile')).toBe(true);
  });

  test.each([
    ['HOLDER_PII: allow', 'HOLDER_PII: own', 'rows.ACCOUNT_SERVICING.HOLDER_PII: '],
    ['HOLDER_PII: allow', 'HOLDER_PII: reduced', 'rows.ACCOUNT_SERVICING.HOLDER_PII: '],
    ['CONSENT_RECORD: own', 'CONSENT_RECORD: allow', 'rows.ACCOUNT_SERVICING.CONSENT_RECORD: '],
    ['CONSENT_RECORD: own', 'CONSENT_RECORD: own\n    DERIVED: allow', 'rows.ACCOUNT_SERVICING: '],
    ['CONSENT_RECORD: own', 'CONSENT_RECORD: own\n    APP_PUBLIC: allow', 'rows.ACCOUNT_SERVICING: '],
    ['open: [', 'more: []\nopen: [', ': unrecognized key: "more"'],
    ['open: [', 'open: [BALANCE, ', 'open.0: '],
    ['[ACCOUNT_SERVICING]', '[CURIOSITY]', 'writes.Mutation.setCardLock.0: '],
    ['  FRAUD_ALERTS:\n    - FraudAlert', '  CURIOSITY:\n    - FraudAlert', 'anchors: '],
    ['- FraudAlert.transaction', '- 7', 'anchors.FRAUD_ALERTS.0: '],
    ['  - Customer.accounts', '  - 7', 'picking.0: '],
    ['    AD_TARGETING: &adsEntry', '    CURIOSITY: []\n    AD_TARGETING: &adsEntry', 'entries.AD_PROFILE: '],
    ['  AD_PROFILE:\n', '  BALANCE: {}\n  AD_PROFILE:\n', 'entries: '],
  ])('is refused with `%s` as `%s`', (from, to, problem) => {
    edited('matrix.yaml', from, to);
    expect(problems()[0]).toContain(`POLICY_FILE${problem.startsWith(':') ? '' : ' '}${problem}`);
  });

  test('that opens a cell of a never-consentable purpose has a problem there, whichever it is', () => {
    edited('matrix.yaml', '&never\n    RELATIONSHIP: deny', '&never\n    RELATIONSHIP: item');
    expect(problems().map((line) => line.replace(/^\S+ /, ''))).toEqual(
      neverConsentablePurposes.map(
        (purpose) =>
          `NEVER_CONSENTABLE rows.${purpose}.RELATIONSHIP: is \`item\`; expected \`deny\`, whatever anyone consents to`,
      ),
    );
    expect(loadCells(root)).toBeUndefined();
    expect(openedForbiddenCells(new Map([['DATA_SALE', new Map([['RECEIPT', 'own']])]]))).toEqual([
      { purpose: 'DATA_SALE', category: 'RECEIPT', cell: 'own' },
    ]);
  });

  test('alone gives a purpose its cells, and none where it does not read', () => {
    edited('matrix.yaml', 'rows:', 'rows:');
    expect(categoriesOf(loadCells(root)?.cells('P2P_PAYMENT').write ?? 0)).toEqual(['PAYMENT_CREDENTIAL']);
    write('matrix.yaml', 'rows: {}');
    expect(loadCells(root)).toBeUndefined();
  });
});

describe('clearances', () => {
  const read = (text: string, ...names: string[]) => {
    write('clearances.yaml', text);
    const { clearances, problems } = readClearances(root, names);
    return [[...clearances].map(([name, mask]) => [name, categoriesOf(mask)]), lines(problems)];
  };

  test('give each subgraph its categories', () => {
    expect(read('clearances:\n  bank: [BALANCE, RECEIPT]\n  ads: []\n', 'bank', 'ads')).toEqual([
      [
        ['bank', ['BALANCE', 'RECEIPT']],
        ['ads', []],
      ],
      [],
    ]);
  });

  test('list exactly the subgraphs that there are', () => {
    expect(read('clearances:\n  spies: []\n', 'ads')[1]).toEqual([
      'policy/clearances.yaml:1:1 CLEARANCE clearances: lists no subgraph `ads`; expected its clearance',
      'policy/clearances.yaml:2:3 CLEARANCE clearances.spies: is no subgraph of this graph',
    ]);
  });

  test('hold no open category and nothing else', () => {
    const [none, [problem]] = read('clearances:\n  ads: [AD_PROFILE]\n', 'ads') as [unknown[], string[]];
    expect([none, problem]).toEqual([[], expect.stringContaining('POLICY_FILE clearances.ads.0: ')]);
    expect(read('clearances: {}\nmore: 1\n')[1]).toEqual([expect.stringContaining('unrecognized key')]);
  });
});

describe('clients', () => {
  const read = (text: string) => {
    write('clients.yaml', text);
    const { clients, problems } = readClients(root);
    return [[...clients].map(([id, words]) => [id, [...words]]), lines(problems)];
  };

  test('are registered for their purposes', () => {
    expect(read('clients:\n  ads-engine: [AD_TARGETING, AD_MEASUREMENT]\n  a1: [ANALYTICS]\n')).toEqual([
      [
        ['ads-engine', ['AD_TARGETING', 'AD_MEASUREMENT']],
        ['a1', ['ANALYTICS']],
      ],
      [],
    ]);
  });

  test.each([
    ['no purpose', 'clients: { a: [] }'],
    ['an unknown purpose', 'clients: { a: [CURIOSITY] }'],
    ['a name in upper case', 'clients: { Ads: [ANALYTICS] }'],
    ['a name that begins with a digit', 'clients: { 1a: [ANALYTICS] }'],
    ['a name with a space', 'clients: { "a b": [ANALYTICS] }'],
    ['something beside them', 'clients: {}\nmore: 1'],
  ])('are refused with %s', (_, text) => {
    expect(read(text)).toEqual([[], [expect.stringContaining('POLICY_FILE')]]);
  });
});

describe('policies', () => {
  test('are none where there is no file, and those of the file where there is one', () => {
    expect(readPolicies(root)).toEqual({ policies: new Map(), problems: [] });
    write('policies.yaml', 'policies: { figures: [ANALYTICS, DATA_SALE] }');
    expect(readPolicies(root)).toEqual({
      policies: new Map([['figures', new Set(['ANALYTICS', 'DATA_SALE'])]]),
      problems: [],
    });
  });

  test.each(['policies: { figures: [CURIOSITY] }', 'policies: {}\nmore: 1'])('are refused as `%s`', (text) => {
    write('policies.yaml', text);
    const { policies, problems } = readPolicies(root);
    expect([policies.size, lines(problems)]).toEqual([0, [expect.stringContaining('policy/policies.yaml:1:')]]);
  });
});
