/** The stages without policy, over any supergraph: the same planner, executor and serializer. */
import { fieldFault } from '../fault/index.js';
import { createTransport, type Transport, TransportFault } from '../fetch/index.js';
import type { OperationLimits } from '../operation/index.js';
import { apiSchemaOf, createPlannerApart, plainSubgraph, type Send, type SubgraphPort } from '../plan/index.js';
import type { Logger } from './log.js';
import { OperationCache } from './operationCache.js';
import { createPipeline } from './pipeline.js';
import type { RunningPipeline } from './policyPipeline.js';

/** What a plain pipeline is put together from. */
export interface PlainPipelineOptions {
  readonly supergraphSdl: string;
  /** Subgraph → URL. */
  readonly urls: ReadonlyMap<string, string>;
  readonly limits: OperationLimits;
  /** The custom labels of progressive overrides that are on; none when absent. */
  readonly overrideLabels?: ReadonlySet<string>;
  readonly logger: Logger;
}

const maxAnswerBytes = 64 * 1024 * 1024;
const maxCachedCharacters = 8 * 1024 * 1024;

/** Throws an `InternalFault` for a supergraph that cannot be planned over. */
export async function createPlainPipeline(options: PlainPipelineOptions): Promise<RunningPipeline> {
  const { supergraphSdl, urls, limits, overrideLabels, logger } = options;
  const planner = await createPlannerApart(supergraphSdl, overrideLabels && { overrideLabels });
  const transport = createTransport({ destinations: [...new Set(urls.values())].map((url) => ({ url })) });
  const ports = new Map(
    [...urls].map(([name, url]): [string, SubgraphPort] => [
      name,
      plainSubgraph({ send: sendTo(transport, { name, url, logger }), errorText: 'kept', repeats: true }),
    ]),
  );
  const operations = new OperationCache({ planner, ports, limits, maxCharacters: maxCachedCharacters });
  const schemas = new Map([['first-party', apiSchemaOf(planner)] as const]);
  const pipeline = createPipeline({ schemas, operations, now: () => new Date(), logger });
  return { pipeline, close: async () => void (await Promise.all([transport.close(), planner.close()])) };
}

interface Address {
  readonly name: string;
  readonly url: string;
  readonly logger: Logger;
}

function sendTo(transport: Transport, { name, url, logger }: Address): Send {
  return async (body, { deadlineAt, signal }, operation) => {
    try {
      const idempotent = operation === 'query';
      const call = { url, body, headers: {}, deadlineAt, signal, maxBytes: maxAnswerBytes, idempotent };
      return { kind: 'answer', bytes: (await transport.post(call)).bytes };
    } catch (error) {
      if (!(error instanceof TransportFault)) throw error;
      logger.warn({ subgraph: name, reason: error.kind }, 'a subgraph did not answer');
      return { kind: 'failed', fault: fieldFault('SUBGRAPH_UNAVAILABLE') };
    }
  };
}
