/** What is said of data that arrives where it may not, and of exceptions that stop nothing. */
import { describe, expect, test } from '@jest/globals';
import { printProblem } from '../../src/fault/index.js';
import { flowProblem, idleExceptions } from '../../src/policy/flowProblem.js';
import { maskOf, type DataCategory } from '../../src/policy/vocabulary.js';
import type { Flow, FlowFinding } from '../../src/supergraph/index.js';

const location = { file: 'bank.graphql', line: 3, column: 5 };
const step = (words: string) => ({ words }) as FlowFinding['path'][number];

function told(code: FlowFinding['code'], found: Partial<FlowFinding> = {}): string {
  const sink = 'Account.score';
  const path = [step('`Account.balances` is read'), step('and handed on')];
  return printProblem(
    flowProblem({ code, sink, categories: maskOf(['BALANCE', 'TERMS']), path, ...found } as FlowFinding),
  );
}

const way = 'is reached by `BALANCE`, `TERMS`, which it does not name: `Account.balances` is read; and handed on; ';

describe('a finding of the flow', () => {
  test.each<[FlowFinding['code'], string]>([
    ['FLOW_INTO_COORDINATE', 'label it so, cut the path, or have an exception reviewed (`@declassify`)'],
    ['FLOW_INTO_ARGUMENT', 'label its field so, take the argument away, or have an exception reviewed (`@declassify`)'],
    [
      'FLOW_INTO_SUBGRAPH',
      'cut the path, clear the subgraph in `policy/clearances.yaml`, or have an exception reviewed (`@declassify`)',
    ],
  ])('%s says what arrives, by which way, and what to do', (code, remedy) => {
    expect(told(code)).toBe(`${code} Account.score: ${way}${remedy}`);
    expect(told(code, { location })).toBe(`bank.graphql:3:5 ${code} Account.score: ${way}${remedy}`);
  });
});

interface Exception {
  readonly coordinate: string;
  readonly categories: DataCategory[];
}

/** The idle exceptions of a flow whose edges stop what is given. */
function idle(exceptions: readonly Exception[], ...edges: readonly object[]): string[] {
  const declassifications = exceptions.map(({ coordinate, categories }) => {
    return { coordinate, categories: maskOf(categories), location };
  });
  return idleExceptions({ declassifications, edges } as unknown as Flow).map(printProblem);
}

const line = (coordinate: string, words: string): string =>
  `bank.graphql:3:5 DECLASSIFY_IDLE ${coordinate}: declassifies ${words}, which does not travel there; take it away`;

describe('an exception', () => {
  const terms = { coordinate: 'Bank.rank', categories: ['TERMS', 'BALANCE'] as DataCategory[] };
  const edge = (to: string, ...stops: DataCategory[]) => ({ from: 'A.b', to, reason: 'edge', stops: maskOf(stops) });

  test('stands where it stops all that it names, by one edge or by several', () => {
    expect(idle([terms], edge('Bank.rank', 'TERMS', 'BALANCE', 'BILLS'))).toEqual([]);
    expect(idle([terms], edge('Bank.rank', 'TERMS'), edge('rows of Bank.rank', 'BALANCE'))).toEqual([]);
  });

  test('is idle where it stops nothing, or less than it names', () => {
    expect(idle([terms])).toEqual([line('Bank.rank', '`BALANCE`, `TERMS`')]);
    expect(idle([terms], edge('Bank.rank', 'TERMS'))).toEqual([line('Bank.rank', '`BALANCE`')]);
    expect(
      idle([terms], edge('Bank.name', 'TERMS', 'BALANCE'), { from: 'Bank.rank', to: 'X', reason: 'edge' }),
    ).toEqual([line('Bank.rank', '`BALANCE`, `TERMS`')]);
    expect(idle([terms], edge('the rows of Bank.rank', 'TERMS', 'BALANCE'))).toEqual([
      line('Bank.rank', '`BALANCE`, `TERMS`'),
    ]);
  });

  test('of an argument stops what leaves the argument', () => {
    const argument = { from: 'Bank.rank', to: 'X', reason: 'argument', stops: maskOf(['TERMS', 'BALANCE']) };
    expect(idle([terms], argument)).toEqual([]);
    expect(idle([terms], { ...argument, from: 'X', to: 'Bank.rank' })).toEqual([
      line('Bank.rank', '`BALANCE`, `TERMS`'),
    ]);
  });
});
