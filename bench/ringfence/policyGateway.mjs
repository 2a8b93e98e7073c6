/**
 * Ringfence under policy, as `ringfence serve --config` puts it together, over the benchmark's project: real tokens by
 * keys that are fetched, both books compared at the start, grants, receipts and the last wall. Started with an IPC
 * channel; gets one `{ kind: 'start', config }`, says `{ kind: 'ready', port }`.
 */
import { createPrivateKey, createSecretKey, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAgreementPort, createConsentPort, createMemoryRepository } from '../../dist/src/consent/index.js';
import {
  createLogger,
  createPolicyGateway,
  createPolicyPipeline,
  defaultSettings,
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

async function pipelineOf(config, policy, logger) {
  const agreements = createAgreementPort(config.agreements.map(withCover));
  const consents = createConsentPort(createMemoryRepository(config.consents), agreements, now);
  const keys = keyBook(config.keys);
  return createPolicyPipeline({
    policy,
    matrixText: readFileSync(join(config.folder, 'policy/matrix.yaml'), 'utf8'),
    subgraphs: loadSubgraphs(config.folder).subgraphs,
    partners: new Map([
      ['bank', config.agreements.map(({ bank }) => bank)],
      ['wallet', []],
    ]),
    urls: new Map(Object.entries(config.urls)),
    keys: (audience) => keys.get(audience),
    sealer: createSealer(randomBytes(32)),
    consents,
    agreements,
    receipts: createMemoryJournal({ perCustomer: 1000, customers: 1000 }),
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

for (const end of ['disconnect', 'SIGTERM']) process.once(end, () => process.exit(0));
process.once('message', ({ config }) => {
  void start(config).then((started) => process.send({ kind: 'ready', ...started }));
});
