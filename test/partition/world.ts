/** The stages from principal to bytes over the repository's own schema and policy, with partners in one process. */
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse, validate } from 'graphql';
import { printProblem } from '../../src/fault/index.js';
import { Departures } from '../../src/gateway/departures.js';
import { createLogger } from '../../src/gateway/log.js';
import { OperationCache } from '../../src/gateway/operationCache.js';
import { createPipeline } from '../../src/gateway/pipeline.js';
import { receiptBooksOf } from '../../src/gateway/receipts.js';
import { shownPort } from '../../src/gateway/shownPort.js';
import { wallBooksOf, wallGuard } from '../../src/gateway/wallGuard.js';
import { defaultOperationLimits } from '../../src/operation/index.js';
import {
  type Admission,
  type AudienceKeys,
  contractSchema,
  createGrantIssuer,
  createPartitionPort,
  createSealer,
  type LineAnswer,
  type PartnerLine,
  type PartnerMessage,
} from '../../src/partition/index.js';
import { createPlanner, type SubgraphPort } from '../../src/plan/index.js';
import {
  type BankStanding,
  type ConsentPort,
  type DataCategory,
  financialMask,
  loadPolicy,
  maskOf,
  type Policy,
  type Purpose,
  viewOf,
} from '../../src/policy/index.js';
import type { Principal } from '../../src/principal/index.js';
import { createMemoryJournal, type Receipt, type ReceiptJournal } from '../../src/receipt/index.js';
import { createWall } from '../../src/response/index.js';
import { loadSubgraphs, type Subgraph } from '../../src/supergraph/index.js';
import { agreementsOf, type StatedAgreements } from './agreements.js';
import {
  answerOf,
  grantedBy,
  type PartnerRows,
  platformPort,
  type Received,
  received,
  refusalOf,
  type Row,
  runnable,
} from './bankGraph.js';
import { customer, platformRows } from './platformRows.js';

export { customer } from './platformRows.js';

/** The policy of the repository; a mistake in it is a mistake of another test. */
export function ownPolicy(): Policy {
  const policy = loadPolicy('.');
  if (policy.kind === 'problems') throw new Error(policy.problems.map(printProblem).join('\n'));
  return policy;
}

function ownSubgraphs(): readonly Subgraph[] {
  const loaded = loadSubgraphs('.');
  if (loaded.kind === 'problems') throw new Error(loaded.problems.map(printProblem).join('\n'));
  return loaded.subgraphs;
}

export const policy = ownPolicy();
export const subgraphs = ownSubgraphs();
const planner = createPlanner(policy.supergraphSdl);
const documents = new Map(subgraphs.map(({ name, document }) => [name, document]));
/** The contract of a subgraph. */
export const contracts = new Map([...documents].map(([name, document]) => [name, contractSchema(document)]));
const runnables = new Map([...documents].map(([name, document]) => [name, runnable(document)]));
const usualBanks = ['harbor', 'summit', 'prairie', 'hidden'];

/** Partitioned subgraph → its partners. */
function partnersOf({ registry = usualBanks }: Partial<WorldOptions>): ReadonlyMap<string, readonly string[]> {
  return new Map([
    ['bank', registry],
    ['wallet', ['wallet']],
  ]);
}

/** The sealer of every world here. */
export const sealer = createSealer(new Uint8Array(32).fill(7));
const grantKey = { kid: 'k', key: generateKeyPairSync('ed25519').privateKey };
const usualKeys: AudienceKeys = { grantKey, macKey: new Uint8Array(32).fill(9) };

/** The standing at one bank: account → categories (or `'all'`), under one consent. */
export function standingAt(
  bank: string,
  accounts: Readonly<Record<string, readonly DataCategory[]>> | 'all',
  state: BankStanding['state'] = 'active',
): BankStanding {
  const listed =
    accounts === 'all'
      ? accounts
      : Object.entries(accounts).map(([reference, words]) => ({
          reference,
          categories: maskOf([...words, 'RELATIONSHIP']),
        }));
  return {
    bank,
    customerReference: `${bank}-c1`,
    state,
    accounts: listed,
    consents: [{ id: `consent-${bank}`, version: 1 }],
  };
}

/** What a world is made of; everything is granted unless said otherwise. */
export interface WorldOptions extends StatedAgreements {
  readonly purpose?: Purpose;
  readonly scope?: readonly DataCategory[];
  readonly scopeWords?: readonly string[];
  readonly banks: readonly BankStanding[];
  /** The banks that there are, in registry order; four of them unless said otherwise. */
  readonly registry?: readonly string[];
  /** What each bank knows; a function of the accounts that a request's grant lists, for a bank that keeps to it. */
  readonly rows: Readonly<Record<string, PartnerRows | ((granted: ReadonlySet<string>) => PartnerRows)>>;
  /** Changes what a bank answers. */
  readonly tamper?: (answer: Record<string, unknown>, asked: Received) => unknown;
  /** Fails a bank instead of asking it, or makes it take its time. */
  readonly line?: (message: PartnerMessage) => LineAnswer | undefined | Promise<LineAnswer | undefined>;
  /** Takes messages out of this process, to banks that `rows` say nothing of. */
  readonly wire?: PartnerLine;
  /** Every bank may be asked at any time unless said otherwise. */
  readonly admission?: Admission;
  /** Instead of `banks`, what is consented to; answers on their way; and when the one that begins is on its socket. */
  readonly live?: { consents: ConsentPort; departures: Departures; handed: () => Promise<void> };
  /** The epoch at each look; the standing has 1. */
  readonly epoch?: () => number;
  /** Seconds since the epoch; now unless said otherwise. */
  readonly authTime?: number;
  /** What each bank is spoken to with. */
  readonly keys?: (bank: string) => AudienceKeys;
  /** Takes the receipts instead of a journal in memory. */
  readonly append?: ReceiptJournal['append'];
}

/** An answer as a client reads it. */
export interface Answered {
  readonly data: Record<string, unknown> | null;
  readonly errors?: readonly { path?: unknown; extensions: { code: string; bank?: string } }[];
}

/** A world to ask. */
export interface World {
  /** The bytes of an answer, as text. */
  text(query: string, variables?: Row): Promise<string>;
  ask(query: string, variables?: Row): Promise<Answered>;
  readonly asked: Received[];
  readonly breaches: string[];
  receipts(): Promise<readonly Receipt[]>;
}

/** Puts the stages together as `policyPipeline.ts` does, without a network. */
export function createWorld(options: WorldOptions): World {
  const { asked, breaches, consents, portOf } = partitionWorld(options);
  const memory = createMemoryJournal();
  const journal = { ...memory, append: options.append ?? memory.append };
  const ports = new Map(
    [...contracts].map(([name, schema]) => {
      const own = () => shownPort(platformPort(runnables.get(name), platformRows[name]), schema, policy.table);
      return [name, portOf(name) ?? own()] as const;
    }),
  );
  const matrixText = readFileSync('policy/matrix.yaml', 'utf8');
  const guard = wallGuard(createWall(wallBooksOf({ policy, matrixText, partners: partnersOf(options) })), policy);
  const operations = new OperationCache({
    planner,
    ports,
    limits: defaultOperationLimits,
    judgedBy: { policy, schemas: contracts, guard },
    maxCharacters: 1_000_000,
  });
  const pipeline = createPipeline({
    schemas: new Map(
      Object.entries(policy.views).map(([name, { schema }]) => [name as keyof typeof policy.views, schema]),
    ),
    operations,
    underPolicy: {
      consents,
      receipts: journal,
      departures: options.live?.departures ?? new Departures(),
      rowLimit: 20_000,
      ...receiptBooksOf(policy),
    },
    now: () => new Date(),
    logger: createLogger('silent'),
  });
  const principal = principalOf(options);
  const text: World['text'] = async (source, variables = {}) => {
    const document = parse(source);
    const errors = validate(pipeline.schema(principal.view), document);
    if (errors[0]) throw errors[0];
    const { json } = await pipeline.run({
      view: principal.view,
      document,
      source,
      variables,
      principal,
      requestId: 'r',
      signal: new AbortController().signal,
      deadlineAt: Date.now() + 10_000,
      handed: options.live?.handed() ?? Promise.resolve(),
    });
    return json;
  };
  const ask: World['ask'] = async (source, variables) => JSON.parse(await text(source, variables));
  return { asked, breaches, receipts: async () => journal.all(), text, ask };
}

/** The partitioned subgraphs of a world, as far as fetches. */
export interface PartitionWorld extends Pick<World, 'asked' | 'breaches'> {
  readonly consents: ConsentPort;
  /** Undefined for a subgraph of the platform. */
  portOf(subgraph: string): SubgraphPort | undefined;
}

/** Partners behind a partition each. */
export function partitionWorld(options: WorldOptions): PartitionWorld {
  const asked: Received[] = [];
  const breaches: string[] = [];
  const keys = options.keys ?? (() => usualKeys);
  const consents = options.live?.consents ?? {
    standing: async () => ({ epoch: 1, banks: options.banks }),
    epoch: async () => options.epoch?.() ?? 1,
    knownEpoch: () => options.epoch?.() ?? 1,
  };
  const partition = {
    table: policy.table,
    agreements: agreementsOf(options, [...partnersOf(options).values()].flat()),
    issuer: createGrantIssuer({ keys, policyHash: policy.hash, now: () => new Date() }),
    consents,
    admission: options.admission ?? { barred: () => undefined, admit: () => undefined },
    sealer,
    line: options.wire ?? lineOf(options, asked),
    onBreach: (bank: string, reason: string) => void breaches.push(`${bank}: ${reason}`),
  };
  const portOf = (subgraph: string): SubgraphPort | undefined => {
    const [own, schema] = [partnersOf(options).get(subgraph), contracts.get(subgraph)];
    return own && schema && createPartitionPort({ ...partition, partners: own }, schema);
  };
  return { asked, breaches, consents, portOf };
}

function lineOf(options: WorldOptions, asked: Received[]): (message: PartnerMessage) => Promise<LineAnswer> {
  return async (message) => {
    const headers = message.headers();
    const code = await refusalOf(message, headers);
    if (code) return { kind: 'failed', code };
    const granted = grantedBy(headers);
    const request = received(message);
    asked.push(request);
    const instead = await options.line?.(message);
    if (instead) return instead;
    const subgraph = message.bank === 'wallet' ? 'wallet' : 'bank';
    const schema = runnables.get(subgraph);
    if (!schema) throw new Error('no contract');
    const rows = options.rows[message.bank] ?? {};
    const answer = await answerOf(schema, typeof rows === 'function' ? rows(granted) : rows, message.body);
    return { kind: 'answer', text: JSON.stringify(options.tamper ? options.tamper(answer, request) : answer) };
  };
}

/** A principal with every scope of its purpose unless said otherwise. */
export function principalOf(options: Partial<WorldOptions>): Principal {
  const { purpose = 'ACCOUNT_SERVICING', scope, scopeWords = [], authTime } = options;
  const view = viewOf(purpose);
  const named = scope ? maskOf([...scope, 'RELATIONSHIP']) : financialMask | maskOf(['CONSENT_RECORD', 'RECEIPT']);
  return {
    clientId: 'messenger',
    purpose,
    ...(view === 'first-party' && { customer }),
    scope: view === 'first-party' ? named : 0,
    scopeWords: new Set(scopeWords),
    authTime: authTime ?? Math.floor(Date.now() / 1000),
    expiresAt: Number.MAX_SAFE_INTEGER,
    view,
  } as unknown as Principal;
}
