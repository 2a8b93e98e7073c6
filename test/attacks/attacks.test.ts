/** The classes of threats.md against one running system, section by section. */
import { afterAll, beforeAll, describe } from '@jest/globals';
import { lastAttacks, laterAttacks } from './also.js';
import { subgraphAttacks } from './betweenSubgraphs.js';
import { canaryAttacks } from './canaries.js';
import { grantAttacks } from './grants.js';
import { operationShapeAttacks } from './operationShape.js';
import { oracleAttacks } from './oracles.js';
import { probeAttacks } from './probed.js';
import { typeAttacks } from './rowTypes.js';
import { type Running, startRunning, stopRunning } from './running.js';
import { sharedStateAttacks } from './sharedState.js';
import { sideChannelAttacks } from './sideChannels.js';
import { toolAttacks } from './tools.js';
import { identityAttacks } from './whoIsAsking.js';

let started: Running;
const running = () => started;

beforeAll(async () => {
  started = await startRunning();
}, 120_000);
afterAll(() => stopRunning(started));

describe.each([
  ['types', typeAttacks],
  ['operation shape', operationShapeAttacks],
  ['arguments as oracles', oracleAttacks],
  ['between subgraphs', subgraphAttacks],
  ['who is asking', identityAttacks],
  ['side channels', sideChannelAttacks],
  ['tools', toolAttacks],
  ['also, from ids to surfaces', laterAttacks],
  ['grants', grantAttacks],
  ['also, from locks to hashes', lastAttacks],
  ['probes', probeAttacks],
  // it revokes a consent of `customer-1`
  ['shared state', sharedStateAttacks],
  // last: it kills the demo
  ['canaries', canaryAttacks],
])('%s', (_name, section) => {
  section(running);
});
