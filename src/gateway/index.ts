export { type BankConfig, type Config, configSchema } from './config.js';
export { type Pipeline, type PipelineRequest, Rendered } from './contract.js';
export { Departures } from './departures.js';
export {
  createPlainGateway,
  createPolicyGateway,
  type Gateway,
  type GatewayOptions,
  type PolicyGatewayOptions,
} from './gateway.js';
export { type Handler, type HttpCall, requireFreePort, type Route } from './httpServer.js';
export { jsonAnswer, type HttpAnswer } from './answer.js';
export { loadConfig, parseConfig, type ConfigOutcome } from './loadConfig.js';
export { createLogger, describeError, logLevels, type Logger, type LogLevel } from './log.js';
export { defaultSettings, type GatewaySettings, longestRequestMs } from './settings.js';
export { operationTypeExists } from './operationTypeExists.js';
export { checkedPort } from './planCheck.js';
export { openPolicy, type ServablePolicy, wholeSchema } from './servablePolicy.js';
export { createPlainPipeline, type PlainPipelineOptions } from './plainPipeline.js';
export { createPolicyPipeline, type PolicyPipelineOptions, type RunningPipeline } from './policyPipeline.js';
export { wantedCoordinates } from './wantedCoordinates.js';
export { Witnesses } from './witness.js';
