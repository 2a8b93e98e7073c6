import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { admitOperation } from '../../src/authorize/index.js';
import { wallBooksOf, wallGuard } from '../../src/gateway/wallGuard.js';
import { defaultOperationLimits, parseOperation } from '../../src/operation/index.js';
import { type Stamp, stampKey } from '../../src/partition/stamp.js';
import { type Exchange, Gathered, type HarvestObject, wireKey, Withheld } from '../../src/plan/index.js';
import {
  categoriesOf,
  type DataCategory,
  financialMask,
  maskOf,
  type Purpose,
  purposes,
} from '../../src/policy/index.js';
import { compileSerializer, createWall, type WallCheck } from '../../src/response/index.js';
import { Draw } from '../authorize/randomOperation.js';
import { customer, policy, principalOf } from '../partition/world.js';

const partners = new Map<string, readonly string[]>([
  ['bank', ['harbor']],
  ['wallet', ['wallet']],
]);
const matrixText = readFileSync('policy/matrix.yaml', 'utf8');
const books = wallBooksOf({ policy, matrixText, partners });
const wall = createWall(books);

function exchangeOf(purpose: Purpose, epoch = 1): Exchange {
  return {
    requestId: 'r',
    principal: { ...principalOf({ purpose }), customer },
    standing: { epoch, banks: [] },
    variables: {},
    deadlineAt: 0,
    signal: new AbortController().signal,
    now: new Date(0),
  };
}

/** A row under a stamp that releases these categories. */
function row(released: readonly DataCategory[], stamp: Partial<Stamp> = {}): object {
  const whole: Stamp = { customer, bank: 'harbor', epoch: 1, released: maskOf(released), ...stamp };
  return Object.defineProperty(Object.create(null) as object, stampKey, { value: whole });
}

/** The code with which a position is stopped; undefined when it may leave. */
function code(
  position: Parameters<typeof wall>[0],
  purpose: Purpose,
  ...held: [holder: object, value: unknown]
): unknown {
  return wall(position)?.(held[0], held[1], exchangeOf(purpose))?.code;
}

const balances = { coordinate: 'DepositAccount.balances', target: 'value' } as const;

describe('a value of a partner’s row', () => {
  test('does not leave without a stamp, under another customer’s, or one that does not release it', () => {
    expect(code(balances, 'ACCOUNT_SERVICING', {}, [])).toBe('PURPOSE_DENIED');
    const others = row(['BALANCE'], { customer: 'customer-2' });
    expect(code(balances, 'ACCOUNT_SERVICING', others, [])).toBe('PURPOSE_DENIED');
    expect(code(balances, 'ACCOUNT_SERVICING', row(['TERMS']), [])).toBe('PURPOSE_DENIED');
    expect(code(balances, 'ACCOUNT_SERVICING', row(['TERMS']), null)).toBe('PURPOSE_DENIED');
  });

  test('does not leave once the consent’s epoch has moved', () => {
    const check = wall(balances) as WallCheck;
    const fault = check(row(['BALANCE']), [], exchangeOf('ACCOUNT_SERVICING', 2));
    expect(fault).toMatchObject({ code: 'REVOKED_IN_FLIGHT', bank: 'harbor' });
  });

  test('leaves for a purpose whose row reads it, and for no other, whatever the stamp', () => {
    const readers = purposes.filter(
      (purpose) => code(balances, purpose, row(categoriesOf(financialMask)), []) === undefined,
    );
    expect(readers).toEqual(['ACCOUNT_SERVICING']);
  });
});

describe('an edge', () => {
  const anchor = { coordinate: 'FraudAlert.transaction', target: 'object' } as const;
  const account = { coordinate: 'FraudAlert.account', target: 'object' } as const;
  const asAlert = row(['FRAUD_SIGNAL', 'RELATIONSHIP']);

  test('from the platform needs rows that release it, each of them', () => {
    const edge = { coordinate: 'Customer.accounts', target: 'object' } as const;
    const lists = [[row(['RELATIONSHIP'])], new Gathered([row(['RELATIONSHIP'])], []), [], null, new Withheld([])];
    expect(lists.map((list) => code(edge, 'ACCOUNT_SERVICING', {}, list))).toEqual(lists.map(() => undefined));
    expect(code(edge, 'ACCOUNT_SERVICING', {}, [row(['RELATIONSHIP']), row([])])).toBe('PURPOSE_DENIED');
    expect(code(edge, 'ACCOUNT_SERVICING', {}, [[{}]])).toBe('PURPOSE_DENIED');
  });

  test('from a partner’s row rests on that row, null included', () => {
    expect(code(account, 'FRAUD_ALERTS', asAlert, row(['RELATIONSHIP']))).toBeUndefined();
    expect(code(account, 'FRAUD_ALERTS', row(['RELATIONSHIP']), null)).toBe('PURPOSE_DENIED');
    expect(code(account, 'FRAUD_ALERTS', row([]), row(['FRAUD_SIGNAL', 'RELATIONSHIP']))).toBe('PURPOSE_DENIED');
    expect(code(account, 'FRAUD_ALERTS', asAlert, row(['RELATIONSHIP'], { customer: 'customer-2' }))).toBe(
      'PURPOSE_DENIED',
    );
  });

  test('that anchors an item rests on the item for what only items show', () => {
    expect(code(anchor, 'FRAUD_ALERTS', asAlert, row(['TRANSACTION_CORE']))).toBeUndefined();
    expect(code(anchor, 'FRAUD_ALERTS', asAlert, null)).toBeUndefined();
    expect(code(anchor, 'FRAUD_ALERTS', asAlert, row(['RELATIONSHIP']))).toBe('PURPOSE_DENIED');
    expect(code(anchor, 'FRAUD_ALERTS', row(['RELATIONSHIP']), row(['TRANSACTION_CORE', 'FRAUD_SIGNAL']))).toBe(
      'PURPOSE_DENIED',
    );
  });

  test('that is no anchor of the purpose does not, although its row reads items', () => {
    expect(code(anchor, 'SUPPORT_CHAT', asAlert, row(['TRANSACTION_CORE']))).toBe('PURPOSE_DENIED');
  });
});

describe('picking', () => {
  test('lets out what is listed for it and nothing else of the same category', () => {
    const holder = row(['ACCOUNT_IDENTITY']);
    const leaf = (field: string) => ({ coordinate: `DepositAccount.${field}`, target: 'leaf' as const });
    expect(code(leaf('nickname'), 'CONSENT_MANAGEMENT', holder, 'x')).toBeUndefined();
    expect(code(leaf('currency'), 'CONSENT_MANAGEMENT', holder, 'x')).toBe('PURPOSE_DENIED');
  });
});

describe('the books of the wall', () => {
  test('hold every coordinate: one that they do not know is a fault, never open', () => {
    expect(() => wall({ coordinate: 'Account.secret', target: 'leaf' })).toThrow(/no label/);
    expect(() => createWall({ ...books, matrixText: 'rows: {}' })).toThrow(/lacks/);
  });

  test('leave open categories and fields of values unguarded', () => {
    expect(wall({ coordinate: 'Bank.name', target: 'leaf' })).toBeUndefined();
    expect(wall({ coordinate: 'Money.amount', target: 'leaf' })).toBeUndefined();
  });
});

const { schema } = policy.views['first-party'];
const { valueTypes, labels } = policy.classification;

/** Fills every position of a selection with a value that names the coordinate which must permit it. */
function harvestOf(
  selectionSet: SelectionSetNode,
  type: GraphQLCompositeType,
  at: { edge: string; released: number },
): HarvestObject {
  const concrete = isAbstractType(type) ? (schema.getPossibleTypes(type)[0] ?? type) : type;
  const object = Object.create(null) as HarvestObject;
  object['__typename'] = concrete.name;
  const isValue = valueTypes.has(type.name);
  if (!isValue && type.name !== 'Query') {
    Object.defineProperty(object, stampKey, { value: { customer, bank: 'harbor', epoch: 1, released: at.released } });
  }
  const fill = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) fill(selection.selectionSet);
      if (selection.kind !== Kind.FIELD || !('getFields' in concrete)) continue;
      const field = concrete.getFields()[selection.name.value];
      if (!field) continue;
      const edge = isValue ? at.edge : `${concrete.name}.${field.name}`;
      const below = selection.selectionSet;
      const named = getNamedType(field.type);
      const one = below && isCompositeType(named) ? harvestOf(below, named, { ...at, edge }) : leafOf(named.name, edge);
      object[wireKey(selection)] ??= listed(field.type, one);
    }
  };
  fill(selectionSet);
  return object;
}

function listed(type: GraphQLOutputType, one: unknown): unknown {
  if (isNonNullType(type)) return listed(type.ofType, one);
  return isListType(type) ? [listed(type.ofType, one)] : one;
}

function leafOf(typeName: string, edge: string): unknown {
  const type = schema.getType(typeName);
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (typeName === 'Int') return 1;
  return typeName === 'Boolean' ? true : `<${edge}>`;
}

/** Words of a matrix row that let a value out at all. */
const open = new Set(['allow', 'item', 'own', 'reduced', 'picking']);

function mayLeave(coordinate: string, purpose: Purpose, released: number): boolean {
  const label = labels.get(coordinate);
  const words = categoriesOf(label?.categories ?? 0);
  const row = policy.table.matrix.rows.get(purpose);
  const closed = words.some((word) => row?.has(word) && !open.has(row.get(word) ?? 'deny'));
  const isPartners = !books.isPlatforms(coordinate);
  return !closed && (!isPartners || ((label?.categories ?? 0) & financialMask & ~released) === 0);
}

function emitted(numbers: readonly number[], purpose: Purpose, released: number): string[] {
  const root = schema.getQueryType();
  if (!root) throw new Error('the view has no query');
  const document = parse(`query ${new Draw(schema, numbers).selections(root, 7)}`);
  const authorized = admitOperation(parseOperation({ document, schema }, defaultOperationLimits));
  const harvest = harvestOf(authorized.operation.selectionSet, root, { edge: '', released });
  const text = compileSerializer(authorized, { guard: wallGuard(wall, policy) })(
    { root: harvest, stray: [], shared: new Set(), isPlain: false },
    exchangeOf(purpose),
  );
  return [...text.matchAll(/<(\w+\.\w+)>/g)].map(([, coordinate = '']) => coordinate);
}

describe('the wall alone', () => {
  const numbers = fc.array(fc.nat(1000), { minLength: 60, maxLength: 120 });
  const released = fc.subarray(categoriesOf(financialMask)).map(maskOf);

  test('lets out no value that matrix or stamp does not release, though every verdict says yes', () => {
    fc.assert(
      fc.property(numbers, fc.constantFrom(...purposes), released, (drawnFrom, purpose, mask) => {
        const leaked = emitted(drawnFrom, purpose, mask).filter((coordinate) => !mayLeave(coordinate, purpose, mask));
        expect(leaked).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('lets out what both release', () => {
    const drawn = fc.sample(numbers, { numRuns: 60, seed: 1 });
    const seen = new Set(drawn.flatMap((drawnFrom) => emitted(drawnFrom, 'ACCOUNT_SERVICING', financialMask)));
    expect(seen.size).toBeGreaterThan(30);
  });
});
