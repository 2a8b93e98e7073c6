/** One view of the graph behind its own Apollo Server: text → validated document → stages → bytes. */
import {
  ApolloServer,
  type ApolloServerOptionsWithGateway,
  type ApolloServerPlugin,
  type DocumentStore,
  type GraphQLRequest,
  HeaderMap,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { DocumentNode } from 'graphql';
import { ClientFault } from '../fault/index.js';
import type { Cancelled } from '../plan/index.js';
import type { ViewName } from '../policy/index.js';
import type { Principal } from '../principal/index.js';
import { type GraphqlMediaType, type HttpAnswer, jsonAnswer } from './answer.js';
import { type Pipeline, Rendered } from './contract.js';
import { refuseDeepNesting } from './documentNesting.js';
import type { GraphqlCall } from './graphqlCall.js';
import type { Logger } from './log.js';
import { operationTypeExists } from './operationTypeExists.js';
import { presentError, toGraphqlError } from './presentedError.js';
import { wantedCoordinates } from './wantedCoordinates.js';

type GatewayOption = ApolloServerOptionsWithGateway<Context>['gateway'];
type Executor = NonNullable<Awaited<ReturnType<GatewayOption['load']>>['executor']>;

/** Bounds on a document as text, before it is parsed. */
export interface DocumentLimits {
  readonly maxTokens: number;
  readonly maxNesting: number;
}

/** What a view's server is made of. */
export interface ViewServerOptions {
  readonly view: ViewName;
  readonly pipeline: Pipeline;
  /** Shared by the servers of all views: keys carry the schema, so documents never cross. */
  readonly documents: DocumentStore;
  readonly limits: DocumentLimits;
  readonly logger: Logger;
}

/** One request as its view's server takes it. */
export interface ViewRequest {
  readonly call: GraphqlCall;
  readonly principal?: Principal;
  readonly requestId: string;
  readonly signal: Cancelled;
  readonly deadlineAt: number;
  readonly handed: Promise<void>;
  readonly mediaType: GraphqlMediaType;
}

/** A started server of one view. */
export interface ViewServer {
  /** The answer, errors included; rejects with OPERATION_TOO_LARGE for a document that is not even parsed. */
  answer(request: ViewRequest): Promise<HttpAnswer>;
  stop(): Promise<void>;
}

/** Apollo Server copies the context it is given; what it holds is reached through one member. */
interface Context {
  readonly request: ViewRequest;
}

/**
 * Starts the server of one view. Introspection answers from the view's schema alone; only `first-party` explains with
 * suggestions.
 */
export async function startViewServer(options: ViewServerOptions): Promise<ViewServer> {
  const apollo = createApollo(options);
  await apollo.start();
  return {
    answer: (request) => answer(apollo, options.limits, request),
    stop: () => apollo.stop(),
  };
}

function createApollo(options: ViewServerOptions): ApolloServer<Context> {
  const { view, documents, limits, logger } = options;
  const narrow = view !== 'first-party';
  return new ApolloServer<Context>({
    gateway: gatewayOf(options),
    documentStore: documents,
    parseOptions: { maxTokens: limits.maxTokens },
    validationRules: [operationTypeExists],
    validationOptions: { hideSuggestions: narrow },
    hideSchemaDetailsFromClientErrors: narrow,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    nodeEnv: 'production',
    persistedQueries: false,
    stopOnTerminationSignals: false,
    logger: apolloLogger(logger),
    formatError: presentError,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ...(narrow ? [refusalLog(options)] : []),
    ],
  });
}

function gatewayOf({ view, pipeline, logger }: ViewServerOptions): GatewayOption {
  const apiSchema = pipeline.schema(view);
  const listeners = new Set<Parameters<GatewayOption['onSchemaLoadOrUpdate']>[0]>();
  return {
    onSchemaLoadOrUpdate(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async load() {
      for (const listener of listeners) listener({ apiSchema, coreSupergraphSdl: '' });
      return { executor: executorOf(view, pipeline, logger) };
    },
    async stop() {
      listeners.clear();
    },
  };
}

function executorOf(view: ViewName, pipeline: Pipeline, logger: Logger): Executor {
  return async ({ document, source, operation, request: { operationName, variables }, context }) => {
    const { principal, requestId, signal, deadlineAt, handed } = (context as Context).request;
    try {
      refuseOperation(operation, operationName);
      const data = await pipeline.run({
        view,
        document,
        source,
        variables: variables ?? {},
        requestId,
        signal,
        deadlineAt,
        handed,
        ...(operationName !== undefined && { operationName }),
        ...(principal && { principal }),
      });
      return { data };
    } catch (error) {
      if (error instanceof ClientFault) throw toGraphqlError(error);
      logger.error({ requestId, err: error }, 'a request failed');
      throw toGraphqlError(new ClientFault('INTERNAL_SERVER_ERROR'));
    }
  };
}

/** Apollo Server calls an executor even where it found no operation, or one that HTTP cannot answer. */
function refuseOperation(operation: { readonly operation: string } | undefined, operationName?: string): void {
  if (!operation) {
    throw new ClientFault(
      'OPERATION_RESOLUTION_FAILURE',
      operationName ? 'the document holds no operation of this name' : 'name the operation to run with `operationName`',
    );
  }
  if (operation.operation === 'subscription') {
    throw new ClientFault('BAD_REQUEST', 'subscriptions are not answered over plain HTTP');
  }
}

async function answer(
  apollo: ApolloServer<Context>,
  limits: DocumentLimits,
  request: ViewRequest,
): Promise<HttpAnswer> {
  const { call, mediaType } = request;
  refuseDeepNesting(call.query, limits.maxNesting);
  const { http, body } = await apollo.executeOperation(operationOf(call), { contextValue: { request } });
  if (body.kind !== 'single') throw new TypeError('an answer in parts was not asked for');
  const { data, errors } = body.singleResult;
  const json = data instanceof Rendered ? data.json : JSON.stringify({ errors, data });
  const complete = jsonAnswer(http.status ?? 200, json, mediaType);
  const allow = http.headers.get('allow');
  return allow === undefined ? complete : { ...complete, headers: { ...complete.headers, allow } };
}

/** Our own layer has judged the headers: Apollo Server sees none, and learns the method, since a GET may not write. */
const noHeaders = new HeaderMap();

function operationOf({ method, query, operationName, variables, search }: GraphqlCall): GraphQLRequest {
  return {
    query,
    ...(operationName !== undefined && { operationName }),
    ...(variables && { variables }),
    http: { method, headers: noHeaders, search, body: undefined },
  };
}

/** Notes what an operation was after that its view does not hold. INVARIANT: only once the answer has left, so that it takes as long as any other. */
function refusalLog(options: ViewServerOptions): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      validationDidStart:
        async ({ document, contextValue: { request } }) =>
        async (errors) => {
          if (errors && errors.length > 0) void request.handed.then(() => noteRefusal(options, request, document));
        },
    }),
  };
}

async function noteRefusal(
  { view, pipeline, logger }: ViewServerOptions,
  { principal, requestId }: ViewRequest,
  document: DocumentNode,
): Promise<void> {
  try {
    const wanted = wantedCoordinates(document, pipeline.schema('first-party'), pipeline.schema(view));
    if (wanted.length === 0 || !principal) return;
    logger.info({ requestId, view, client: principal.clientId, purpose: principal.purpose, wanted }, 'refused');
    await pipeline.noteRefusal?.({ principal, requestId, wanted });
  } catch (error) {
    logger.error({ requestId, err: error }, 'a refusal could not be noted');
  }
}

/** Apollo Server's own messages name errors in full, so only that there was one is kept. */
function apolloLogger(logger: Logger): { debug(): void; info(): void; warn(): void; error(): void } {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: () => logger.warn('the graphql server warned'),
    error: () => logger.error('the graphql server failed'),
  };
}
