/** `ringfence demo`: everything on this machine, for as long as the command runs. */
import { Command } from 'commander';
import { demoBanks } from '../../resolvers/demo/world.js';
import { servedSubgraphs } from '../../resolvers/platform/startPlatform.js';
import { disclosedBanks } from '../consent/index.js';
import { createLogger, defaultSettings, openPolicy, requireFreePort } from '../gateway/index.js';
import type { AgreementPort } from '../policy/index.js';
import type { Assembly, DemoWorld } from './assembly.js';
import { startDemoGateway } from './demoGateway.js';
import { demoIdKeys } from './demoIdKeys.js';
import { partnerEnds } from './partnerEnds.js';
import { type DemoProcesses, startDemoProcesses } from './demoProcesses.js';
import { type DemoSettings, demoSettings } from './demoSettings.js';
import { openDemoStores } from './demoStores.js';
import { projectRoot } from './projectRoot.js';
import { runUntilStopped } from './runUntilStopped.js';
import type { RunningParts } from './runningParts.js';
import { demoStore } from './storeSettings.js';

const environmentHelp = `
environment:
  PORT                    the gateway's port (4000; 0 for one that is free)
  BANK_PORT               the first bank's port, the others follow (4101; 0 for any that are free)
  RINGFENCE_SANDBOX_SALT  changes every amount, date, text and id that the banks hold
  RINGFENCE_STORE         where consents and receipts are kept: \`memory\`, or a folder (.ringfence/store-<PORT>)
  DATABASE_URL            keeps them on a PostgreSQL server instead, once \`ringfence migrate\` has run
  NATS_URL                has gateways on one server tell each other of changes over NATS
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
  const { listen, portKey } = defaultSettings({ portKey: 'PORT', listen: { port: settings.port } });
  await requireFreePort({ ...listen, portKey });
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
  const { clockOffsetMs, logLevel } = settings;
  const now = (): Date => new Date(Date.now() + clockOffsetMs);
  const store = demoStore(root, settings.port, process.env);
  const shared = { policy, keys, now, clockOffsetMs, logger: createLogger(logLevel) };
  const [{ addresses, disclose }, stores] = await both(
    startDemoProcesses({ root, settings, keys, policyHash: policy.hash, ...idKeys }, parts),
    openDemoStores(shared, store).then((opened) => parts.add(opened, ({ close }) => close())),
  );
  parts.add(followDisclosure(stores.currentAgreements, disclose), async (stop) => stop());
  for (const [bank, address] of addresses.banks) print(`bank ${bank} ${address}`);
  print(`platform ${addresses.platform}`);
  return { ...shared, ...idKeys, addresses, stores };
}

const lookEveryMs = 200;

/** Tells which banks may be named, now and whenever that changes; while nobody knows, those known last stand. Gives what stops it. */
function followDisclosure(agreements: AgreementPort, disclose: DemoProcesses['disclose']): () => void {
  let told = '';
  const look = (): void => {
    const banks = disclosedBanks(agreements);
    if (!banks || banks.join() === told) return;
    told = banks.join();
    disclose(banks);
  };
  look();
  const timer = setInterval(look, lookEveryMs);
  return () => clearInterval(timer);
}

/** Both, at the same time; what fails is known once both have ended, so that nothing starts after the stop. */
async function both<One, Other>(one: Promise<One>, other: Promise<Other>): Promise<[One, Other]> {
  await Promise.allSettled([one, other]);
  return [await one, await other];
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
