import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { type Call, TransportFault } from '../../src/fetch/index.js';
import { createLogger } from '../../src/gateway/log.js';
import { createPorts } from '../../src/gateway/subgraphPorts.js';
import type { GrantBody } from '../../src/partition/index.js';
import type { Exchange, FetchAnswer, FetchStep } from '../../src/plan/index.js';
import { contracts, policy, principalOf, sealer } from '../partition/world.js';

interface Tried {
  readonly answer: FetchAnswer | undefined;
  readonly grants: GrantBody[];
  readonly calls: Call[];
}

/** Asks one platform subgraph for something; `post` is what its address does. */
async function asked(subgraph: string, post: (call: Call) => Promise<string>): Promise<Tried> {
  const grants: GrantBody[] = [];
  const calls: Call[] = [];
  const ports = createPorts({
    policy,
    schemas: contracts,
    partners: new Map([['bank', ['harbor']]]),
    urls: new Map([[subgraph, 'http://127.0.0.1:1/graphql']]),
    transport: {
      post: async (call) => {
        calls.push(call);
        return { status: 200, bytes: Buffer.from(await post(call)) };
      },
      close: async () => undefined,
    },
    issuer: {
      bind: async (body) => {
        grants.push(body);
        return () => ({ authorization: 'Bearer grant' });
      },
    },
    sealer,
    consents: { standing: async () => ({ epoch: 1, banks: [] }), epoch: async () => 1, knownEpoch: () => 1 },
    agreements: { agreement: () => undefined, agreements: () => [] },
    admission: { barred: () => undefined, admit: () => undefined },
    maxAnswerBytes: 1000,
    logger: createLogger('silent'),
  });
  const text = '{ __typename }';
  const step: FetchStep = { subgraph, operation: 'query', document: parse(text), text, variables: [], slots: [] };
  const exchange: Exchange = {
    requestId: 'r',
    principal: principalOf({ scope: ['BALANCE'] }),
    variables: {},
    deadlineAt: Date.now() + 1000,
    signal: new AbortController().signal,
    now: new Date(),
  };
  const answer = await ports.get(subgraph)?.prepare(step)(exchange, []);
  return { answer, grants, calls };
}

const answering = async (): Promise<string> => '{"data":{}}';

describe('a subgraph of the platform', () => {
  test.each(['offers', 'ads', 'apps'])(
    '%s, without clearance, learns the purpose and nothing of who asks',
    async (subgraph) => {
      const { grants } = await asked(subgraph, answering);
      expect(grants).toEqual([{ aud: subgraph, purpose: 'ACCOUNT_SERVICING', scope: [], accounts: [], consents: [] }]);
    },
  );

  test('with clearance learns the customer, and categories within its clearance alone', async () => {
    const { grants } = await asked('directory', answering);
    expect(grants).toMatchObject([
      { sub: 'customer-1', client: 'messenger', accounts: [{ reference: 'directory', categories: ['RELATIONSHIP'] }] },
    ]);
  });

  test('is sent the grant and no other header', async () => {
    const { calls } = await asked('directory', answering);
    const headers = calls.map(({ headers: made }) => (typeof made === 'function' ? made() : made));
    expect(headers).toEqual([{ authorization: 'Bearer grant' }]);
  });

  test.each<[string, () => Promise<string>]>([
    ['does not answer', async () => Promise.reject(new TransportFault('timeout'))],
    ['answers no JSON', async () => '<html>'],
    ['answers no object', async () => '[]'],
  ])('that %s costs its fields and nothing else', async (_, post) => {
    const { answer } = await asked('directory', post);
    expect(answer).toMatchObject({ data: null, faults: [{ code: 'SUBGRAPH_UNAVAILABLE' }] });
  });

  test('that nobody has an address for is not asked', async () => {
    const { calls } = await asked('nowhere', answering);
    expect(calls).toEqual([]);
  });
});
