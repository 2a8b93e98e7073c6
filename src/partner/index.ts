export { anchored } from './anchored.js';
export type { PartnerKeys } from './callCheck.js';
export type { MacKey } from './macKey.js';
export { readBody } from './body.js';
export { BoundedRequestLog, type LoggedRequest, type RequestLog } from './requestLog.js';
export {
  createSubgraph,
  type PartnerAgreement,
  type Subgraph,
  type SubgraphContext,
  type SubgraphOptions,
} from './subgraph.js';
export { loggedRequest, refusal, type PartnerAnswer, type PartnerCall } from './answer.js';
export type { SubgraphResolvers } from './executable.js';
export { sendJson, startServer, type RequestHandler, type RunningServer } from './server.js';
export { createKeyBook, type KeyBook, type KeyBookOptions } from './keyBook.js';
export { createRevocationBook, type RevocationBook } from './revocations.js';
export { createWitnessBook, type WitnessBook } from './witness.js';
