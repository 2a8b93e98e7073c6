/** What each word of a cell opens, to which kind of position, and what no word opens: the compiled table, word by word. */
import { describe, expect, test } from '@jest/globals';
import { cellWords, type Cell } from '../../src/policy/matrix.js';
import { compileTable } from '../../src/policy/table.js';
import {
  categoriesOf,
  isDataCategory,
  isPurpose,
  maskOf,
  neverConsentablePurposes,
  purposes,
  purposeWords,
  scopeOf,
  viewOf,
  type DataCategory,
  type Purpose,
  type ViewName,
} from '../../src/policy/vocabulary.js';
import { smallTable } from './smallTable.js';

const sdl = `
  type Query {
    plain: Int @data(category: TERMS)
    picked: Int @data(category: TERMS)
    reduced: Int @data(category: TERMS, reduced: true)
    pickedReduced: Int @data(category: TERMS, reduced: true)
    open(given: Int @data(category: TERMS), taken: Input @data(category: APP_PUBLIC)): Entry @data(category: APP_PUBLIC)
  }
  input Input { field: Int @data(category: TERMS) }
  type Entry { plain: Int @data(category: TERMS) reduced: Int @data(category: TERMS, reduced: true) alert: Alert @data(category: TERMS) }
  type Alert { entry: Entry @data(category: TERMS) kept: Entry @data(category: TERMS, reduced: true) }
  type Mutation { change(given: Int @data(category: TERMS)): Int @data(category: APP_PUBLIC) }
  type Subscription { changed: Int @data(category: APP_PUBLIC) }`;

const purpose: Purpose = 'SUPPORT_CHAT';
const tableWith = (cell: Cell) =>
  smallTable(sdl, {
    row: new Map([['TERMS', cell]]),
    picking: new Set(['Query.picked', 'Query.pickedReduced']),
    anchors: new Map([[purpose, new Set(['Alert.entry', 'Alert.kept'])]]),
    writes: new Map([['Mutation.change', new Set<Purpose>([purpose])]]),
  });
const tables = new Map(cellWords.map((cell) => [cell, tableWith(cell)]));
/** The table whose cells all say this word. */
const table = (cell: Cell) => tables.get(cell) ?? tableWith(cell);

/** Position → the words of the cell that open it; below an anchor edge where the name ends in `!`. */
const opened: Readonly<Record<string, readonly Cell[]>> = {
  'Query.plain': ['allow', 'own'],
  'Query.plain!': ['allow', 'own'],
  'Query.picked': ['allow', 'own', 'picking'],
  'Query.reduced': ['reduced'],
  'Query.pickedReduced': ['reduced'],
  'Query.open': cellWords,
  'Query.open(given:)': ['allow', 'own', 'write'],
  'Input.field': ['allow', 'own', 'write'],
  'Entry.plain': ['allow', 'own'],
  'Entry.plain!': ['allow', 'item', 'own'],
  'Entry.reduced': ['reduced'],
  'Entry.reduced!': ['reduced'],
  'Alert.entry': ['allow', 'item'],
  'Alert.kept': [],
  'Entry.alert!': ['allow', 'own'],
  'Mutation.change': cellWords,
  'Mutation.change(given:)': ['allow', 'own', 'write'],
  'Subscription.changed': [],
};

describe('a cell', () => {
  test.each(Object.entries(opened))('opens %s where it says one of %j', (position, words) => {
    const [coordinate, item] = [position.replace('!', ''), position.endsWith('!')];
    expect(cellWords.filter((cell) => table(cell).verdict(purpose, coordinate, item) === 'allow')).toEqual(
      cellWords.filter((cell) => words.includes(cell)),
    );
  });

  test('opens a write to its writers alone, and an argument no further than its field', () => {
    const readers = (coordinate: string): Purpose[] =>
      purposes.filter((one) => table('allow').verdict(one, coordinate, false) === 'allow');
    expect(readers('Mutation.change')).toEqual([purpose]);
    expect(readers('Mutation.change(given:)')).toEqual([purpose]);
    expect(readers('Query.open')).toEqual([...purposes]);
  });

  test.each<[Cell, DataCategory[], DataCategory[], DataCategory[]]>([
    ['allow', ['TERMS'], [], []],
    ['own', ['TERMS'], [], []],
    ['picking', ['TERMS'], [], []],
    ['reduced', ['TERMS'], [], []],
    ['item', [], ['TERMS'], []],
    ['write', [], [], ['TERMS']],
    ['deny', [], [], []],
  ])('that says `%s` is in the mask of what is read, read as an item, or given', (cell, ...[direct, item, write]) => {
    const masks = table(cell).cells(purpose);
    const open: DataCategory[] = ['APP_PUBLIC'];
    expect([masks.direct, masks.item, masks.write].map(categoriesOf)).toEqual([[...direct, ...open], item, write]);
    for (const never of neverConsentablePurposes) {
      expect(table(cell).cells(never)).toEqual({ direct: maskOf(open), item: 0, write: 0 });
    }
  });
});

describe('what the table says besides', () => {
  const small = smallTable(
    `type Query {
      listed: Int @data(category: AD_PROFILE) listedReduced: Int @data(category: AD_PROFILE, reduced: true) other: Int @data(category: AD_PROFILE)
      open: Money @data(category: APP_PUBLIC) openReduced: Int @data(category: APP_PUBLIC, reduced: true)
      both: Int @data(category: [TERMS, BALANCE]) score: Int @data(category: DERIVED, from: [BALANCE])
      scoreReduced: Int @data(category: DERIVED, from: [BALANCE], reduced: true)
    }
    type Money @value { amount: Int }`,
    {
      row: new Map([['BALANCE', 'allow']]),
      entries: new Map([['AD_PROFILE', new Map([['ANALYTICS', new Set(['Query.listed', 'Query.listedReduced'])]])]]),
    },
  );
  const readers = (coordinate: string): Purpose[] =>
    purposes.filter((one) => small.verdict(one, coordinate, false) === 'allow');
  const consenting = purposes.filter((one) => !(neverConsentablePurposes as readonly Purpose[]).includes(one));

  test.each<[string, readonly Purpose[]]>([
    ['Query.listed', ['ANALYTICS']],
    ['Query.listedReduced', []],
    ['Query.other', []],
    ['Query.open', purposes],
    ['Query.openReduced', []],
    ['Money.amount', purposes],
    ['Query.both', []],
    ['Query.score', consenting],
    ['Query.scoreReduced', []],
    ['Query.unknown', []],
  ])('lets %s be read by %j', (coordinate, expected) => {
    expect(readers(coordinate)).toEqual(expected);
  });

  test('says `deny` of all else', () => {
    for (const coordinate of ['Query.both', 'Query.unknown', 'Query.listed']) {
      expect([false, true].map((item) => small.verdict('SUPPORT_CHAT', coordinate, item))).toEqual(['deny', 'deny']);
    }
  });

  test('names what scope, consent and agreement must cover, inputs instead of DERIVED', () => {
    const needs = (coordinate: string): DataCategory[] => categoriesOf(small.needs(coordinate));
    expect(needs('Query.both')).toEqual(['BALANCE', 'TERMS']);
    expect(needs('Query.score')).toEqual(['BALANCE']);
    expect(needs('Query.unknown')).toEqual([]);
  });

  test('gives the purposes that are listed a mask of the category', () => {
    expect(categoriesOf(small.cells('ANALYTICS').direct)).toEqual(['AD_PROFILE', 'APP_PUBLIC']);
    expect(categoriesOf(small.cells('SUPPORT_CHAT').direct)).toEqual(['BALANCE', 'APP_PUBLIC']);
    expect(small.cells('NONE' as Purpose)).toEqual({ direct: 0, item: 0, write: 0 });
  });

  test('knows value types, anchors of each purpose, and nothing of purposes that are none', () => {
    expect([small.isValueType('Money'), small.isValueType('Query')]).toEqual([true, false]);
    expect([small.anchors(purpose, 'Alert.entry'), small.anchors('NONE' as Purpose, 'Alert.entry')]).toEqual([
      false,
      false,
    ]);
    expect([
      small.verdict('NONE' as Purpose, 'Query.open', false),
      small.canMeet('NONE' as Purpose, 'Query.open'),
    ]).toEqual(['deny', true]);
    expect([
      table('allow').anchors(purpose, 'Alert.entry'),
      table('allow').anchors('ANALYTICS', 'Alert.entry'),
    ]).toEqual([true, false]);
  });

  test('asks of what can be met whether any cell of the row admits the word', () => {
    const asked: number[] = [];
    const demands = {
      meets: () => true,
      canMeet: (...[, , readable]: [Purpose, string, number]) => asked.push(readable) > 0,
    };
    const masks = { TERMS: 'item', BALANCE: 'allow', PAYMENT_CREDENTIAL: 'write', BILLS: 'deny' } as const;
    const { classification, matrix } = small;
    const rows = new Map([[purpose, new Map(Object.entries(masks) as [DataCategory, Cell][])]]);
    compileTable(classification, { ...matrix, rows }, demands).canMeet(purpose, 'Query.open');
    expect(asked.map(categoriesOf)).toEqual([['BALANCE', 'TERMS', 'PAYMENT_CREDENTIAL', 'APP_PUBLIC']]);
  });
});

describe('what is derived', () => {
  const derived = 'type Query { both: Int @data(category: DERIVED, from: [BALANCE, TERMS]) }';
  const verdict = (...cells: [DataCategory, Cell][]): string =>
    smallTable(derived, { row: new Map(cells) }).verdict(purpose, 'Query.both', false);

  test('is read where each of its inputs is, and no other word than `allow` will do', () => {
    expect(verdict(['BALANCE', 'allow'], ['TERMS', 'allow'])).toBe('allow');
    for (const cell of cellWords.filter((word) => word !== 'allow')) {
      expect([cell, verdict(['BALANCE', 'allow'], ['TERMS', cell])]).toEqual([cell, 'deny']);
    }
    expect(verdict(['BALANCE', 'allow'])).toBe('deny');
  });

  test('from nothing, or labelled with nothing, is denied, though no such label is ever made', () => {
    const { classification, matrix } = smallTable(derived, { row: new Map([['BALANCE', 'allow']]) });
    const [[coordinate, label] = ['', undefined]] = classification.labels;
    if (!label) throw new Error('one label');
    const { from: _, ...bare } = label;
    for (const one of [bare, { ...label, from: 0 }, { ...bare, categories: 0 }]) {
      const made = compileTable({ ...classification, labels: new Map([[coordinate, one]]) }, matrix);
      expect([made.verdict(purpose, coordinate, false), made.verdict(purpose, coordinate, true)]).toEqual([
        'deny',
        'deny',
      ]);
    }
  });
});

describe('an edge on from an item', () => {
  const graph = `type Query { alert: Alert @data(category: BALANCE) }
    type Alert { entry: Entry @data(category: BALANCE) }
    type Entry { owner: Owner @data(category: [BALANCE, TERMS]) }
    type Owner { name: String @data(category: BALANCE) }`;
  const row = new Map<DataCategory, Cell>([
    ['BALANCE', 'allow'],
    ['TERMS', 'item'],
  ]);
  const verdicts = (...anchors: [Purpose, ReadonlySet<string>][]): string[] =>
    [false, true].map((item) =>
      smallTable(graph, { row, anchors: new Map(anchors) }).verdict(purpose, 'Entry.owner', item),
    );

  test('opens where the purpose reads a category of it anyway, on items alone', () => {
    expect(verdicts([purpose, new Set(['Alert.entry'])])).toEqual(['deny', 'allow']);
  });

  test('opens nowhere where it is an anchor edge of another purpose', () => {
    const other: [Purpose, ReadonlySet<string>] = ['FRAUD_ALERTS', new Set(['Query.alert', 'Entry.owner'])];
    expect(verdicts([purpose, new Set(['Alert.entry'])], other)).toEqual(['deny', 'deny']);
  });

  test('that is no edge of the graph opens nothing', () => {
    expect(verdicts([purpose, new Set(['No.such'])])).toEqual(['deny', 'deny']);
  });
});

describe('the vocabulary', () => {
  test('has scope words for the purposes that carry no category, each its own', () => {
    expect([...purposeWords]).toEqual([
      ['CONSENT_MANAGEMENT', 'consent:manage'],
      ['AD_TARGETING', 'ads:targeting'],
      ['AD_MEASUREMENT', 'ads:measurement'],
      ['THIRD_PARTY_SHARING', 'partner:share'],
      ['COMPLIANCE_AUDIT', 'audit:read'],
    ]);
  });

  test('is closed', () => {
    expect(['BALANCE', 'balance', '', 7, undefined, 'constructor'].map(isDataCategory)).toEqual([
      true,
      ...Array<boolean>(5).fill(false),
    ]);
    expect(['AD_TARGETING', 'ads', '', 7, undefined].map(isPurpose)).toEqual([true, false, false, false, false]);
    expect(() => maskOf(['SHOE_SIZE' as DataCategory])).toThrow('unknown category `SHOE_SIZE`');
  });

  test('shows each purpose one view, and names each category by one scope', () => {
    const shown = (view: ViewName): Purpose[] => purposes.filter((one) => viewOf(one) === view);
    expect(shown('ads')).toEqual(['AD_TARGETING', 'AD_MEASUREMENT']);
    expect(shown('audit')).toEqual(['COMPLIANCE_AUDIT']);
    expect([shown('open').length, shown('first-party').length]).toEqual([7, 6]);
    expect([scopeOf('TRANSACTION_CORE'), scopeOf('HOLDER_PII')]).toEqual(['data:transaction-core', 'data:holder-pii']);
  });
});
