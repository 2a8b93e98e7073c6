import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { faultCodes, fieldFault } from '../../src/fault/index.js';
import {
  type Exchange,
  type FetchAnswer,
  type FetchStep,
  plainSubgraph,
  type Sent,
  Withheld,
} from '../../src/plan/index.js';

const text =
  'query($n: Int, $representations: [_Any!]!) { _entities(representations: $representations) { ... on T { x(n: $n) } } }';

const step: FetchStep = {
  subgraph: 'a',
  operation: 'query',
  document: parse(text),
  text,
  variables: ['n', 'm'],
  slots: [{ alias: '_entities', variable: 'representations' }],
};

function exchangeWith(variables: Exchange['variables']): Exchange {
  return { requestId: 'r', variables, deadlineAt: 0, signal: new AbortController().signal, now: new Date(0) };
}

function fetchWith(json: unknown, errorText: 'kept' | 'dropped' = 'dropped'): Promise<FetchAnswer> {
  const send = async (): Promise<Sent> => ({ kind: 'answer', bytes: Buffer.from(JSON.stringify(json)) });
  const representations = [{ __typename: 'T' }, { __typename: 'T' }];
  return plainSubgraph({ send, errorText }).prepare(step)(exchangeWith({}), [representations]);
}

describe('a plain subgraph', () => {
  test('is sent the text of the step, the variables that it uses and the representations', async () => {
    const bodies: string[] = [];
    const send = async (body: string): Promise<Sent> => {
      bodies.push(body);
      return { kind: 'failed', fault: fieldFault('STALE') };
    };
    const run = plainSubgraph({ send, errorText: 'kept' }).prepare(step);
    const answer = await run(exchangeWith({ n: null, other: 1 }), [[{ __typename: 'T', id: '1' }]]);
    expect(bodies.map((body) => JSON.parse(body) as unknown)).toEqual([
      { query: text, variables: { n: null, representations: [{ __typename: 'T', id: '1' }] } },
    ]);
    expect(answer).toEqual({ data: null, faults: [fieldFault('STALE')] });
  });

  test('has no words of its own where error text is dropped, and only codes of the registry', async () => {
    const errors = [
      {
        message: 'insufficient funds: 12.30',
        path: ['_entities', 0, 'x'],
        extensions: { code: 'BAD_USER_INPUT', balance: '12.30' },
      },
      { message: 'at db-7.internal', extensions: { code: 'constructor' } },
    ];
    const { data, faults } = await fetchWith({ data: { _entities: [{ x: null }, null] }, errors });
    expect(data?.['_entities']).toEqual([{ x: new Withheld([fieldFault('BAD_USER_INPUT')]) }, null]);
    expect(faults).toEqual([{ code: 'SUBGRAPH_UNAVAILABLE', message: faultCodes.SUBGRAPH_UNAVAILABLE.text }]);
  });

  test('that lost all entities to errors of some says so for those', async () => {
    const errors = [{ message: 'm', path: ['_entities', 1, 'x'] }];
    const { data, faults } = await fetchWith({ data: null, errors }, 'kept');
    expect(data?.['_entities']).toEqual([
      null,
      new Withheld([{ code: 'SUBGRAPH_UNAVAILABLE', message: 'm', below: ['x'] }]),
    ]);
    expect(faults).toEqual([]);
  });

  test('that lost all to an error without a place says so for all', async () => {
    const { data, faults } = await fetchWith({ errors: [{ message: 'm', path: 'x' }] }, 'kept');
    expect(data).toBeNull();
    expect(faults).toEqual([{ code: 'SUBGRAPH_UNAVAILABLE', message: 'm' }]);
  });

  test.each([
    ['a position that has a value', ['_entities', 0, 'x']],
    ['an index that is not there', ['_entities', 9]],
    ['a name in a list', ['_entities', 'length']],
    ['a prototype', ['_entities', 0, '__proto__', 'y']],
    ['below a leaf', ['_entities', 0, 'x', 'y']],
  ])('loses no error that points to %s', async (_, path) => {
    const { data, faults } = await fetchWith(
      { data: { _entities: [{ x: 1 }, null] }, errors: [{ message: 'm', path }] },
      'kept',
    );
    expect(data?.['_entities']).toEqual([{ x: 1 }, null]);
    expect(faults).toHaveLength(1);
    expect(({} as Record<string, unknown>)['y']).toBeUndefined();
  });

  test('may give several reasons for one position', async () => {
    const errors = ['a', 'b'].map((message) => ({ message, path: ['_entities', 1] }));
    const { data } = await fetchWith({ data: { _entities: [{ x: 1 }, null] }, errors }, 'kept');
    expect(data?.['_entities']).toMatchObject([{ x: 1 }, { faults: [{ message: 'a' }, { message: 'b' }] }]);
  });
});
