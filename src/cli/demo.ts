/** `ringfence demo`: everything on this machine, for as long as the command runs. */
import { Command } from 'commander';
import { demoBanks } from '../../resolvers/demo/world.js';
import { servedSubgraphs } from '../../resolvers/platform/startPlatform.js';
import { createLogger, openPolicy } from '../gateway/index.js';
import type { Assembly, DemoWorld } from './assembly.js';
import { startDemoGateway } from './demoGateway.js';
import { demoIdKeys } from './demoIdKeys.js';
import { partnerEnds } from './partnerEnds.js';
import { startDemoProcesses } from './demoProcesses.js';
import { type DemoSettings, demoSettings } from './demoSettings.js';
import { projectRoot } from './projectRoot.js';
import { runUntilStopped } from './runUntilStopped.js';
import type { RunningParts } from './runningParts.js';

const environmentHelp = `
environment:
  PORT                    the gateway's port (4000; 0 for one that is free)
  BANK_PORT               the first bank's port, the others follow (4101; 0 for any that are free)
  RINGFENCE_SANDBOX_SALT  changes every amount, date, text and id that the banks hold
  RINGFENCE_CLOCK         sets the demo's clock ahead, such as +91d
  RINGFENCE_POLICY_HASH   serve this policy or none
  RINGFENCE_LOG           least severe line of the log (warn)`;

/** The command `demo`. */
export function demoCommand(assembly: Assembly): Command {
  return new Command('demo')
    .addHelpText('after', environmentHelp)
    .action(() => runUntilStopped((parts) => startDemo(assembly, parts)));
}

async function startDemo(assembly: Assembly, parts: RunningParts): Promise<void> {
  const root = projectRoot();
  const settings = demoSettings(process.env);
  const world = await startWorld(root, settings, parts);
  const assembled = parts.add(await assembly.demo(world), ({ close }) => close());
  const gateway = await startDemoGateway(world, { root, settings, pipeline: assembled.pipeline });
  parts.add(gateway, ({ stop }) => stop());
  print(`gateway ${gateway.url}`);
}

async function startWorld(root: string, settings: DemoSettings, parts: RunningParts): Promise<DemoWorld> {
  const policy = await openPolicy(root, settings.pinnedPolicyHash);
  const keys = new Map(
    [...demoBanks, ...servedSubgraphs, 'consent'].map((audience) => [audience, partnerEnds(audience)]),
  );
  const idKeys = await demoIdKeys(root);
  const addresses = await startDemoProcesses({ root, settings, keys, policyHash: policy.hash, ...idKeys }, parts);
  for (const [bank, address] of addresses.banks) print(`bank ${bank} ${address}`);
  print(`platform ${addresses.platform}`);
  const { clockOffsetMs, logLevel } = settings;
  const now = (): Date => new Date(Date.now() + clockOffsetMs);
  return { policy, addresses, keys, ...idKeys, now, clockOffsetMs, logger: createLogger(logLevel) };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
