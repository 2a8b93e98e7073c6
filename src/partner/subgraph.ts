/** A bank's or the platform's SDL, resolvers and keys in, a subgraph that answers the gateway and nobody else out. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import type { GrantClaims } from '../partition/index.js';
import { shieldSchema, type ShieldContext } from '../policy/index.js';
import { createAnswer, refusal, type PartnerAnswer, type PartnerCall } from './answer.js';
import { readBody } from './body.js';
import { createCallCheck, type PartnerKeys } from './callCheck.js';
import { evidenceOf, type PartnerAgreement } from './evidence.js';
import { executableSubgraph, type SubgraphResolvers } from './executable.js';
import { sendJson } from './server.js';
import { BoundedRequestLog, type RequestLog } from './requestLog.js';

export type { PartnerAgreement } from './evidence.js';

/** What a subgraph is made of. */
export interface SubgraphOptions {
  /** The audience of its grants: the bank's id, or the platform subgraph's name. */
  readonly name: string;
  /** Its SDL, with the text of `schema/policy.graphql` before it. */
  readonly sdl: string;
  /** As for @graphql-tools/schema; entity types bring `__resolveReference(reference, context)`. */
  readonly resolvers: SubgraphResolvers;
  /** A function is asked at each call, and gives the same object while the keys are the same: see {@link createKeyBook}. */
  readonly keys: PartnerKeys | (() => PartnerKeys);
  /** A bank's own copy of its agreement. `'none'`, for the platform's own subgraphs, covers everything. */
  readonly agreement: PartnerAgreement;
  /** The hash of the policy whose proof was reviewed; under any other the subgraph answers nothing. */
  readonly policyHash?: string;
  /** What resolvers find in their context besides {@link SubgraphContext}: made anew for each call. */
  readonly context?: (grant: GrantClaims) => object;
  readonly now: () => Date;
  /** The longest body, 1 MiB unless said otherwise. */
  readonly maxBodyBytes?: number;
}

/** What every resolver finds in its context. */
export interface SubgraphContext extends ShieldContext {
  readonly grant: GrantClaims;
}

/** A running subgraph, without a server of its own. */
export interface Subgraph {
  readonly schema: GraphQLSchema;
  readonly requests: RequestLog;
  /** Answers a POST over HTTP. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Answers a call whose body is read already. */
  answer(call: PartnerCall): Promise<PartnerAnswer>;
}

/**
 * A subgraph that refuses every call without a fresh grant bound to its body, and lets the shield judge every field
 * of the others. Throws for an SDL, resolvers or keys that do not fit.
 */
export function createSubgraph(options: SubgraphOptions): Subgraph {
  const schema = shieldSchema(executableSubgraph(options.sdl, options.resolvers));
  const requests = new BoundedRequestLog();
  const answer = createAnswer({ schema, check: checkOf(options), contextOf: contextOf(options), requests });
  const maxBodyBytes = options.maxBodyBytes ?? 1_048_576;
  return {
    schema,
    requests,
    answer,
    handle: async (request, response) => {
      sendJson(request, response, await take({ request, maxBodyBytes, answer }));
    },
  };
}

function checkOf({ name, keys, policyHash, now }: SubgraphOptions): ReturnType<typeof createCallCheck> {
  const pin = policyHash === undefined ? {} : { policyHash };
  return createCallCheck({ audience: name, keys: typeof keys === 'function' ? keys : () => keys, now, ...pin });
}

function contextOf({ agreement, context }: SubgraphOptions): (grant: GrantClaims) => object {
  return (grant) => {
    const own: SubgraphContext = { grant, evidence: evidenceOf(grant, agreement) };
    return { ...context?.(grant), ...own };
  };
}

interface Taking {
  readonly request: IncomingMessage;
  readonly maxBodyBytes: number;
  readonly answer: (call: PartnerCall) => Promise<PartnerAnswer>;
}

async function take({ request, maxBodyBytes, answer }: Taking): Promise<PartnerAnswer> {
  if (request.method !== 'POST') return refusal('METHOD_NOT_ALLOWED');
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) return refusal('UNSUPPORTED_MEDIA_TYPE');
  const body = await readBody(request, maxBodyBytes);
  return body === undefined ? refusal('PAYLOAD_TOO_LARGE') : answer({ headers: request.headers, body });
}
