import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import type { PipelineRequest } from '../../src/gateway/contract.js';
import { OperationCache } from '../../src/gateway/operationCache.js';
import { defaultOperationLimits } from '../../src/operation/index.js';
import { createPlanner, type SubgraphPort } from '../../src/plan/index.js';
import { contracts, policy, principalOf, type WorldOptions } from '../partition/world.js';

const planner = createPlanner(policy.supergraphSdl);
const idle: SubgraphPort = { prepare: () => async () => ({ data: null, faults: [] }) };
const { schema } = policy.views['first-party'];

function cacheOf(maxCharacters = 1_000_000): OperationCache {
  return new OperationCache({
    planner,
    ports: new Map([...contracts.keys()].map((name) => [name, idle])),
    limits: defaultOperationLimits,
    judgedBy: { policy, schemas: contracts, guard: () => undefined },
    maxCharacters,
  });
}

function request(source: string, options: Partial<WorldOptions> = {}): PipelineRequest {
  const whole = {
    view: 'first-party',
    document: parse(source),
    source,
    variables: {},
    principal: principalOf(options),
  } as const;
  return { ...whole, requestId: 'r', signal: new AbortController().signal, deadlineAt: 0, handed: Promise.resolve() };
}

const query = '{ me { id accounts { balances { kind } } } }';

describe('an operation made ready', () => {
  test('is kept for the same text, class of principal and name', () => {
    const cache = cacheOf();
    expect(cache.find(request(query), schema)).toBe(cache.find(request(query), schema));
  });

  test('is another for another purpose, scope or name', async () => {
    const cache = cacheOf();
    const ready = await Promise.all([
      cache.find(request(query), schema),
      cache.find(request(query, { purpose: 'FRAUD_ALERTS' }), schema),
      cache.find(request(query, { scope: ['TERMS'] }), schema),
      cache.find({ ...request(`query A ${query}`), operationName: 'A' }, schema),
      cache.find(request(`query A ${query}`), schema),
    ]);
    expect(new Set(ready).size).toBe(5);
    expect(ready.map(({ authorized }) => authorized.refused)).toEqual([
      [],
      ['Account.balances'],
      ['Account.balances'],
      [],
      [],
    ]);
  });

  test('is not kept when it fails', async () => {
    const cache = cacheOf();
    const failing = (): Promise<unknown> => cache.find({ ...request(query), operationName: 'None' }, schema);
    await expect(failing()).rejects.toThrow(/no operation/);
    await expect(failing()).rejects.toThrow(/no operation/);
  });

  test('is never made for nobody where a policy judges', async () => {
    const { principal: _, ...nobody } = request(query);
    await expect(cacheOf().find(nobody, schema)).rejects.toThrow('an operation is to be judged for nobody');
  });

  test('makes room for others by more than its text, so that short texts fill no memory', () => {
    const cache = cacheOf(10_000);
    const first = cache.find(request('{ me { a: id } }'), schema);
    for (const alias of ['b', 'c', 'd']) void cache.find(request(`{ me { ${alias}: id } }`), schema);
    expect(cache.find(request('{ me { a: id } }'), schema)).not.toBe(first);
  });
});
