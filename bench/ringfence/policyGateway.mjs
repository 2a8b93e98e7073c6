/**
 * Ringfence under policy, as `ringfence serve --config` puts it together, over the benchmark's project: real tokens by
 * keys that are fetched, both books compared at the start, grants, receipts and the last wall. Started with an IPC
 * channel; gets one `{ kind: 'start', config }`, says `{ kind: 'ready', port }`.
 */
import { createPrivateKey, createSecretKey, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAgreementPort, createConsentPort, createMemoryRepository } from '../../dist/src/consent/index.js';
import { heldKeysOf } from '../../dist/src/cli/configuredKeys.js';
import { createKeyVault } from '../../dist/src/cli/keyVault.js';
import { openStores } from '../../dist/src/cli/stores.js';
import {
  createLogger,
  createPolicyGateway,
  createPolicyPipeline,
  defaultSettings,
  Departures,
  wholeSchema,
} from '../../dist/src/gateway/index.js';
import { defaultOperationLimits } from '../../dist/src/operation/index.js';
import { createSealer } from '../../dist/src/partition/index.js';
import { compareBooks, loadPolicy, printDifference } from '../../dist/src/policy/index.js';
import { admittedBy, createVerifier } from '../../dist/src/principal/index.js';
import { createMemoryJournal } from '../../dist/src/receipt/index.js';
import { loadSubgraphs } from '../../dist/src/supergraph/index.js';
import { booksFor } from './project.mjs';

const now = () => new Date();

/** The same steps as `openPolicy`, with the benchmark's pages in the second book. */
async function openPolicy(folder) {
  const policy = loadPolicy(folder);
  if (policy.kind === 'problems') throw new Error(`the policy does not hold: ${JSON.stringify(policy.problems[0])}`);
  const books = { schema: wholeSchema(policy.supergraphSdl), table: policy.table, ...booksFor() };
  const [difference] = await compareBooks(books);
  if (difference) throw new Error(`the two books of the policy differ: ${printDifference(difference)}`);
  return policy;
}

/** State in memory, as the workloads have it that are not about the store. */
function memoryState({ agreements: given, consents }) {
  const agreements = createAgreementPort(given.map(withCover));
  return {
    agreements,
    currentAgreements: agreements,
    consents: createConsentPort(createMemoryRepository(consents), agreements, now),
    receipts: createMemoryJournal({ perCustomer: 1000, customers: 1000 }),
    departures: new Departures(),
  };
}

/** A journal that keeps nothing: what a request costs where no receipt is written. No configuration leads here. */
const noReceipts = {
  append: async () => undefined,
  ofCustomer: async () => ({ receipts: [], hasMore: false }),
  all: async function* () {},
};

/** Consents, decisions and receipts in a database, as `serve` opens them; `store.receipts` is `none`, `async` or `strict`. */
async function keptState({ store, agreements: given, consents: seeds }, keys, logger) {
  const { database, secret, receipts: mode, markFile } = store;
  const kept = { kind: 'kept', database, secret: Buffer.from(secret, 'base64'), markFile };
  const settings = { ...kept, receipts: mode === 'none' ? 'strict' : mode };
  const vault = createKeyVault({
    configured: given.flatMap(({ bank }) => heldKeysOf(bank, keys.get(bank), `${bank}-mac`)),
    folders: new Map(),
    monotonicMs: () => performance.now(),
  });
  const stores = await openStores({ settings, configured: given.map(withCover), vault, seeds, now, logger });
  process.once('SIGTERM', () => void stores.close().finally(() => process.exit(0)));
  const { agreements, currentAgreements, consents, departures, journal, keysOf } = stores;
  const receipts = mode === 'none' ? noReceipts : journal;
  return { agreements, currentAgreements, consents, departures, keysOf, receipts };
}

async function pipelineOf(config, policy, logger) {
  const keys = keyBook(config.keys);
  const { keysOf, ...state } = config.store ? await keptState(config, keys, logger) : memoryState(config);
  const banks = new Set(config.agreements.map(({ bank }) => bank));
  return createPolicyPipeline({
    policy,
    matrixText: readFileSync(join(config.folder, 'policy/matrix.yaml'), 'utf8'),
    subgraphs: loadSubgraphs(config.folder).subgraphs,
    partners: new Map([
      ['bank', config.agreements.map(({ bank }) => bank)],
      ['wallet', []],
    ]),
    urls: new Map(Object.entries(config.urls)),
    keys: (audience) => (keysOf && banks.has(audience) ? keysOf(audience) : keys.get(audience)),
    sealer: createSealer(randomBytes(32)),
    ...state,
    limits: defaultOperationLimits,
    now,
    logger,
  });
}

/** Maps do not travel as messages. */
function withCover({ covers, ...agreement }) {
  return { ...agreement, covers: new Map(covers) };
}

function keyBook(keys) {
  const read = ([audience, { kid, grantKey, macKey }]) => [
    audience,
    {
      grantKey: { kid, key: createPrivateKey({ key: grantKey, format: 'jwk' }) },
      macKey: createSecretKey(macKey, 'base64').export(),
    },
  ];
  return new Map(Object.entries(keys).map(read));
}

async function start(config) {
  const policy = await openPolicy(config.folder);
  const logger = createLogger('warn');
  const verifier = createVerifier({
    issuers: [{ ...config.issuer, algorithms: ['EdDSA'] }],
    audience: config.audience,
    clients: policy.clients,
    admits: admittedBy(policy.table),
    now,
    clockToleranceS: 5,
    onKeyFailure: (issuer, error) => logger.error({ issuer, err: error }, 'keys could not be loaded'),
  });
  const { pipeline } = await pipelineOf(config, policy, logger);
  const settings = defaultSettings({ portKey: 'port', listen: { port: config.port } });
  const gateway = await createPolicyGateway({ settings, pipeline, verifier, logger, policyHash: policy.hash });
  return { port: gateway.port, policyHash: policy.hash };
}

process.once('disconnect', () => process.exit(0));
process.once('message', ({ config }) => {
  if (!config.store) process.once('SIGTERM', () => process.exit(0));
  void start(config).then((started) => process.send({ kind: 'ready', ...started }));
});
