/** The composition root of the stages under policy: books, stores, keys and addresses in, a pipeline out. */
import type { GraphQLSchema } from 'graphql';
import type { KeyRegistry, RegisteredAgreementPort, RevocationNotices } from '../consent/index.js';
import type { OperationLimits } from '../operation/index.js';
import { createTransport } from '../fetch/index.js';
import { type AudienceKeys, contractSchema, createGrantIssuer, type Sealer } from '../partition/index.js';
import { createPlannerApart } from '../plan/index.js';
import type { AgreementPort, ConsentPort, Policy, ViewName } from '../policy/index.js';
import type { ReceiptJournal } from '../receipt/index.js';
import { createWall } from '../response/index.js';
import type { Subgraph } from '../supergraph/index.js';
import { createAdmission } from './admission.js';
import type { Pipeline } from './contract.js';
import type { Logger } from './log.js';
import { createKeyNotifying } from './keyNotices.js';
import type { Departures } from './departures.js';
import { OperationCache } from './operationCache.js';
import { createPipeline } from './pipeline.js';
import { receiptBooksOf } from './receipts.js';
import { createNotifying } from './revocationNotices.js';
import { createPorts } from './subgraphPorts.js';
import { wallBooksOf, wallGuard } from './wallGuard.js';
import { createWitnessing, type Witnesses } from './witness.js';

/** What the stages under policy are put together from. */
export interface PolicyPipelineOptions {
  readonly policy: Policy;
  /** The text of `policy/matrix.yaml`, for the last wall, which reads it anew. */
  readonly matrixText: string;
  readonly subgraphs: readonly Subgraph[];
  /** Partitioned subgraph → its partners in registry order. */
  readonly partners: ReadonlyMap<string, readonly string[]>;
  /** Partner or platform subgraph → URL. */
  readonly urls: ReadonlyMap<string, string>;
  /** What to sign and bind with now; throws a `ClientFault` where that is nothing. */
  readonly keys: (audience: string) => AudienceKeys;
  /** Keys that were revoked, of which banks hear; absent where nothing is decided about keys. */
  readonly bankKeys?: Pick<KeyRegistry, 'revoked'>;
  readonly sealer: Sealer;
  readonly consents: ConsentPort;
  readonly agreements: RegisteredAgreementPort;
  /** The same, throwing STALE while they may be outdated: banks are sent nothing then. */
  readonly currentAgreements: AgreementPort;
  readonly receipts: ReceiptJournal;
  /** Signed states of the receipts, for the banks; absent where none are made. */
  readonly witnesses?: Witnesses;
  /** Revocations that banks have not heard of yet; absent where none are kept. */
  readonly notices?: RevocationNotices;
  readonly departures: Departures;
  readonly limits: OperationLimits;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** A pipeline, and what closes its connections. */
export interface RunningPipeline {
  readonly pipeline: Pipeline;
  close(): Promise<void>;
}

const maxAnswerBytes = 16 * 1024 * 1024;
const maxCachedCharacters = 8 * 1024 * 1024;

/** Everything that depends on the schema is done here, once. */
export async function createPolicyPipeline(options: PolicyPipelineOptions): Promise<RunningPipeline> {
  const { policy, keys, now, logger, consents, receipts, limits } = options;
  const transport = createTransport({ destinations: [...options.urls.values()].map((url) => ({ url })) });
  const issuer = createGrantIssuer({ keys, policyHash: policy.hash, now });
  const schemas = new Map(options.subgraphs.map(({ name, document }) => [name, contractSchema(document)]));
  const admission = createAdmission(options.agreements, { now, monotonicMs: () => performance.now() });
  const ports = createPorts({ ...options, schemas, transport, issuer, admission, maxAnswerBytes });
  const guard = wallGuard(createWall(wallBooksOf(options)), policy);
  const planner = await createPlannerApart(policy.supergraphSdl);
  const operations = new OperationCache({
    planner,
    ports,
    limits,
    judgedBy: { policy, schemas, guard },
    maxCharacters: maxCachedCharacters,
  });
  const { departures } = options;
  const underPolicy = { ...receiptBooksOf(policy), consents, receipts, departures, rowLimit: limits.rows };
  const pipeline = createPipeline({ schemas: viewSchemas(policy), operations, underPolicy, now, logger });
  const mail = startMail(options);
  const close = async () => void (await Promise.all([transport.close(), planner.close(), mail.close()]));
  return { pipeline, close };
}

/** What banks are sent besides operations. */
function startMail(options: PolicyPipelineOptions): { close(): Promise<void> } {
  const { notices, witnesses, bankKeys } = options;
  const post = { ...options, agreements: options.currentAgreements, urls: bankUrls(options) };
  const witnessing = createWitnessing(post);
  witnesses?.goTo((statement) => witnessing.hand(statement));
  const notifying = notices && createNotifying({ ...post, notices });
  const keyNotifying = bankKeys && createKeyNotifying({ ...post, bankKeys });
  const close = async () => void (await Promise.all([witnessing.close(), notifying?.close(), keyNotifying?.close()]));
  return { close };
}

function bankUrls({ partners, urls }: PolicyPipelineOptions): ReadonlyMap<string, string> {
  const banks = partners.get('bank') ?? [];
  return new Map([...urls].filter(([name]) => banks.includes(name)));
}

function viewSchemas({ views }: Policy): ReadonlyMap<ViewName, GraphQLSchema> {
  return new Map(Object.entries(views).map(([name, view]) => [name as ViewName, view.schema]));
}
