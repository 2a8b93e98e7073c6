/** A gateway over real HTTP with a pipeline that answers what the test says. */
import { request as httpRequest } from 'node:http';
import { buildSchema } from 'graphql';
import { ClientFault } from '../../src/fault/index.js';
import {
  createLogger,
  createPolicyGateway,
  defaultSettings,
  type Gateway,
  type Pipeline,
  type PipelineRequest,
  Rendered,
} from '../../src/gateway/index.js';
import type { HiddenWish } from '../../src/gateway/contract.js';
import { viewOf } from '../../src/policy/index.js';
import type { Principal, Verifier } from '../../src/principal/index.js';

const whole = buildSchema(`
  type Query { me: Customer  app(id: ID!): App }
  type Mutation { sendMessage(text: String!): String }
  type Subscription { paymentUpdated: String }
  type Customer { id: ID! balance: String nested: Customer }
  type App { id: ID! name: String }
`);
const narrow = buildSchema('type Query { app(id: ID!): App } type App { id: ID! name: String }');

const principals: Readonly<Record<string, Pick<Principal, 'clientId' | 'purpose' | 'customer'>>> = {
  'Bearer servicing': { clientId: 'messenger', purpose: 'ACCOUNT_SERVICING', customer: 'customer-1' },
  'Bearer ads': { clientId: 'ads-engine', purpose: 'AD_TARGETING' },
};

/** Knows `Bearer servicing` and `Bearer ads`. */
export const verifier: Verifier = {
  async verify({ authorization }) {
    const known = principals[String(authorization)];
    if (!known) throw new ClientFault('UNAUTHENTICATED');
    const rest = { scope: 0, scopeWords: new Set<string>(), expiresAt: 0, view: viewOf(known.purpose) };
    return { ...known, ...rest } as unknown as Principal;
  },
};

/** A gateway, what reached its pipeline, and what it logged. */
export interface Running {
  readonly gateway: Gateway;
  readonly runs: PipelineRequest[];
  readonly lines: string[];
  /** Refused wishes that reached its pipeline. */
  readonly wishes: HiddenWish[];
}

/** What a test may set. */
export interface RunningOptions {
  readonly run?: (request: PipelineRequest) => Promise<Rendered>;
  readonly settings?: Partial<Parameters<typeof defaultSettings>[0]>;
  readonly pinnedPolicyHash?: string;
}

/** Starts one on a free port. */
export async function startGateway(options: RunningOptions = {}): Promise<Running> {
  const runs: PipelineRequest[] = [];
  const lines: string[] = [];
  const wishes: HiddenWish[] = [];
  const run = options.run ?? (async () => new Rendered('{"data":{"me":null}}'));
  const pipeline: Pipeline = {
    schema: (view) => (view === 'first-party' ? whole : narrow),
    run(request) {
      runs.push(request);
      return run(request);
    },
    noteRefusal: async (wish) => void wishes.push(wish),
  };
  const gateway = await createPolicyGateway({
    settings: defaultSettings({ portKey: 'PORT', listen: { port: 0 }, bodyLimitBytes: 2048, ...options.settings }),
    logger: createLogger('debug', { write: (line) => void lines.push(line) }),
    pipeline,
    verifier,
    policyHash: 'abc',
    ...(options.pinnedPolicyHash !== undefined && { pinnedPolicyHash: options.pinnedPolicyHash }),
  });
  return { gateway, runs, lines, wishes };
}

/** One HTTP exchange as it went over the wire. */
export interface Heard {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** What to send; a `body` that is not a string is sent as JSON. */
export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly token?: string | null;
}

/** Sends one request as a first-party principal unless told otherwise. */
export function exchange({ gateway }: Running, sent: Sent): Promise<Heard> {
  const { method = 'POST', path = '/graphql', body, token = 'servicing' } = sent;
  const headers = {
    ...(method === 'POST' && { 'content-type': 'application/json' }),
    ...(token !== null && { authorization: `Bearer ${token}` }),
    ...sent.headers,
  };
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: gateway.host, port: gateway.port, method, path, headers, agent: false });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    request.end(
      body === undefined ? undefined : Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body),
    );
  });
}

/** The code of the first error of an answer. */
export function codeOf({ text }: Heard): unknown {
  const answer = JSON.parse(text) as { errors?: { extensions?: { code?: unknown } }[] };
  return answer.errors?.[0]?.extensions?.code;
}
