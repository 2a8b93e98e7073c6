/** `/graphql`: principal first, then its view, then that view's server. */
import { performance } from 'node:perf_hooks';
import type { IncomingMessage } from 'node:http';
import { ClientFault } from '../fault/index.js';
import type { ViewName } from '../policy/index.js';
import { type Principal, TokenRefusal, type Verifier } from '../principal/index.js';
import { faultAnswer, type GraphqlMediaType, type HttpAnswer, negotiate } from './answer.js';
import { readBody } from './body.js';
import { callOfBody, callOfSearch, type GraphqlCall, requireJson, requirePreflight } from './graphqlCall.js';
import type { Handler, HttpCall, Route } from './httpServer.js';
import type { Logger } from './log.js';
import type { ViewServer } from './viewServer.js';

/** What the route is made of. */
export interface GraphqlRouteOptions {
  /** Absent in plain mode only. */
  readonly verifier?: Verifier;
  readonly views: ReadonlyMap<ViewName, ViewServer>;
  readonly bodyLimitBytes: number;
  readonly logger: Logger;
}

/** The handlers of `/graphql`. Every outcome, faults included, writes one line of the request log. */
export function graphqlRoute(options: GraphqlRouteOptions): Route {
  return {
    GET: logged(options, async (call) => {
      requirePreflight(call.request.headers);
      const principal = await identify(options, call.request);
      return { principal, graphql: callOfSearch(call.search) };
    }),
    POST: logged(options, async (call) => {
      requireJson(call.request.headers);
      const principal = await identify(options, call.request);
      return { principal, graphql: callOfBody(await readBody(call.request, options.bodyLimitBytes)) };
    }),
  };
}

async function identify({ verifier }: GraphqlRouteOptions, request: IncomingMessage): Promise<Principal | undefined> {
  return verifier?.verify({ authorization: request.headers.authorization, rawHeaders: request.rawHeaders });
}

interface Arrival {
  readonly principal: Principal | undefined;
  readonly graphql: GraphqlCall;
}

function logged(options: GraphqlRouteOptions, receive: (call: HttpCall) => Promise<Arrival>): Handler {
  return async (call) => {
    const startedAt = performance.now();
    const mediaType = negotiate(call.request.headers.accept);
    let arrival: Arrival | undefined;
    let answer: HttpAnswer;
    try {
      arrival = await receive(call);
      answer = await serve(options, { call, arrival, mediaType });
    } catch (error) {
      if (!(error instanceof ClientFault))
        options.logger.error({ requestId: call.requestId, err: error }, 'a request failed');
      answer = faultAnswer(error, mediaType);
      options.logger.debug({ requestId: call.requestId, ...refusalOf(error) }, 'refused');
    }
    if (options.logger.isLevelEnabled('info'))
      options.logger.info({ ...facts(call, arrival, answer), durationMs: performance.now() - startedAt }, 'request');
    return answer;
  };
}

/** A request that arrived, and what its answer shall be. */
interface Serving {
  readonly call: HttpCall;
  readonly arrival: Arrival;
  readonly mediaType: GraphqlMediaType;
}

function serve({ views }: GraphqlRouteOptions, { call, arrival, mediaType }: Serving): Promise<HttpAnswer> {
  const { principal, graphql } = arrival;
  const server = views.get(principal?.view ?? 'first-party');
  if (!server) throw new TypeError('a principal has a view that no server has');
  const { requestId, signal, deadlineAt, handed } = call;
  return server.answer({
    call: graphql,
    requestId,
    signal,
    deadlineAt,
    handed,
    mediaType,
    ...(principal && { principal }),
  });
}

/** What the log may hold of a request: no text of the client but a name that is one. */
function facts(call: HttpCall, arrival: Arrival | undefined, answer: HttpAnswer): Readonly<Record<string, unknown>> {
  const name = arrival?.graphql.operationName;
  return {
    requestId: call.requestId,
    method: call.request.method,
    status: answer.status,
    ...(answer.code !== undefined && { code: answer.code }),
    ...(arrival?.principal && {
      view: arrival.principal.view,
      client: arrival.principal.clientId,
      purpose: arrival.principal.purpose,
    }),
    ...(name !== undefined && /^[_A-Za-z]\w{0,63}$/.test(name) && { operationName: name }),
  };
}

/** Why a token was not taken: for operators, never for the client. */
function refusalOf(error: unknown): Readonly<Record<string, string>> {
  const refusal = error instanceof ClientFault ? error.cause : undefined;
  return refusal instanceof TokenRefusal ? { reason: refusal.reason } : {};
}
