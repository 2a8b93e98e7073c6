/** The supergraph's subgraphs → ports: partners behind the partition, the platform's own behind a grant each. */
import type { GraphQLSchema } from 'graphql';
import { fieldFault, InternalFault } from '../fault/index.js';
import type { Transport } from '../fetch/index.js';
import { TransportFault } from '../fetch/index.js';
import {
  type Admission,
  createPartitionPort,
  type GrantBody,
  type GrantIssuer,
  type Sealer,
} from '../partition/index.js';
import { type Exchange, plainSubgraph, type Send, type SubgraphPort } from '../plan/index.js';
import { type AgreementPort, categoriesOf, type ConsentPort, type Policy } from '../policy/index.js';
import type { Logger } from './log.js';
import { partnerLine } from './partnerLine.js';
import { shownPort } from './shownPort.js';

/** Where everything answers, and with what it is asked. */
export interface PortsOptions {
  readonly policy: Policy;
  /** The schema of each subgraph's own SDL. */
  readonly schemas: ReadonlyMap<string, GraphQLSchema>;
  /** Partitioned subgraph → its partners in registry order. All other subgraphs are the platform's own. */
  readonly partners: ReadonlyMap<string, readonly string[]>;
  /** Partner or platform subgraph → URL. */
  readonly urls: ReadonlyMap<string, string>;
  readonly transport: Transport;
  readonly issuer: GrantIssuer;
  readonly sealer: Sealer;
  readonly consents: ConsentPort;
  readonly agreements: AgreementPort;
  readonly admission: Admission;
  readonly maxAnswerBytes: number;
  readonly logger: Logger;
}

/** A port for each subgraph of the graph. */
export function createPorts(options: PortsOptions): ReadonlyMap<string, SubgraphPort> {
  const ports = new Map<string, SubgraphPort>();
  for (const [subgraph, schema] of options.schemas) {
    const partners = options.partners.get(subgraph);
    const port = partners
      ? partnerPort(options, partners, schema)
      : shownPort(platformPort(options, subgraph), schema, options.policy.table);
    ports.set(subgraph, port);
  }
  return ports;
}

function partnerPort(options: PortsOptions, partners: readonly string[], schema: GraphQLSchema): SubgraphPort {
  const { policy, issuer, sealer, consents, admission, agreements, logger } = options;
  const partition = {
    table: policy.table,
    agreements,
    partners,
    issuer,
    consents,
    admission,
    sealer,
    line: partnerLine(options),
    onBreach: (bank: string, reason: string) => logger.warn({ bank, reason }, 'an answer was not used'),
  };
  return createPartitionPort(partition, schema);
}

function platformPort(options: PortsOptions, subgraph: string): SubgraphPort {
  const { issuer, transport, urls, maxAnswerBytes, logger } = options;
  const failed = { kind: 'failed', fault: fieldFault('SUBGRAPH_UNAVAILABLE') } as const;
  const send: Send = async (body, exchange, operation) => {
    const url = urls.get(subgraph);
    if (url === undefined) return failed;
    try {
      const grant = platformGrant(options, subgraph, exchange);
      const headers = await issuer.bind(grant, exchange.standing?.epoch ?? 0, body);
      const { deadlineAt, signal } = exchange;
      const idempotent = operation === 'query';
      const call = { url, body, headers, deadlineAt, signal, idempotent, maxBytes: maxAnswerBytes };
      return { kind: 'answer', bytes: (await transport.post(call)).bytes };
    } catch (error) {
      if (!(error instanceof TransportFault)) throw error;
      logger.warn({ subgraph, reason: error.kind }, 'a subgraph did not answer');
      return failed;
    }
  };
  // Without clearance it is told nothing of who asks, so that its answers are nobody's.
  const repeats = (options.policy.clearances.get(subgraph) ?? 0) === 0;
  return plainSubgraph({ send, errorText: 'dropped', repeats });
}

/**
 * What a subgraph of the platform learns of who asks: its clearance decides. Without any, not the customer, not the
 * client and no scope: only the purpose, which its own shield judges.
 */
function platformGrant({ policy }: PortsOptions, subgraph: string, { principal }: Exchange): GrantBody {
  if (!principal) throw new InternalFault('a platform subgraph is asked for nobody');
  const nobody = { aud: subgraph, purpose: principal.purpose, scope: [], accounts: [], consents: [] };
  const clearance = policy.clearances.get(subgraph) ?? 0;
  if (clearance === 0) return nobody;
  const { customer, clientId, authTime, scope } = principal;
  const own = { reference: subgraph, categories: categoriesOf(clearance & scope), anchored: [] };
  return {
    ...nobody,
    ...(customer !== undefined && { sub: customer }),
    client: clientId,
    ...(authTime !== undefined && { authTime }),
    scope: categoriesOf(scope),
    accounts: [own],
  };
}
