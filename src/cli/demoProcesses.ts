/** The demo's other processes: four sandbox banks and the platform's subgraphs, each side with its own keys only. */
import { join } from 'node:path';
import { demoAgreements } from '../../resolvers/demo/registry.js';
import { type DemoBank, demoBanks } from '../../resolvers/demo/world.js';
import type { BankProcessConfig } from '../../resolvers/bank/main.js';
import {
  type PlatformNews,
  type PlatformProcessConfig,
  servedSubgraphs,
  type ServedSubgraph,
} from '../../resolvers/platform/startPlatform.js';
import { ChildFailure, launchChild, type RunningChild } from '../../resolvers/process.js';
import { StartFault } from '../fault/index.js';
import { categoriesOf } from '../policy/index.js';
import type { PartnerEnd, PartnerEnds } from './partnerEnds.js';
import type { DemoSettings } from './demoSettings.js';
import type { RunningParts } from './runningParts.js';

/** What the processes are started from. */
export interface DemoProcessesOptions {
  /** The package's own folder; the processes are started from its `dist/`. */
  readonly root: string;
  readonly settings: DemoSettings;
  readonly keys: ReadonlyMap<string, PartnerEnds>;
  readonly policyHash: string;
  readonly pairwiseKey: string;
}

/** Where the processes answer. */
export interface DemoAddresses {
  /** Bank → `http://127.0.0.1:4101`. */
  readonly banks: ReadonlyMap<DemoBank, string>;
  /** The platform's process; each subgraph answers at `/<name>/graphql`. */
  readonly platform: string;
}

/** The running processes. */
export interface DemoProcesses {
  readonly addresses: DemoAddresses;
  /** Tells the platform's directory which banks it may name from now on. */
  disclose(banks: PlatformNews['disclosed']): void;
}

/**
 * Starts all of them and waits until each answers. Rejects with PORT_IN_USE or SUBGRAPH_FAILED once every start has
 * ended one way or the other, so that `parts` knows all that must be stopped.
 */
export async function startDemoProcesses(options: DemoProcessesOptions, parts: RunningParts): Promise<DemoProcesses> {
  const banks = demoBanks.map((bank, index) => startBank(bank, index, options));
  const platform = startPlatform(options);
  const started = await Promise.allSettled([platform, ...banks]);
  for (const outcome of started) if (outcome.status === 'fulfilled') parts.add(outcome.value, (child) => child.stop());
  const failure = started.find((outcome) => outcome.status === 'rejected');
  if (failure) throw failure.reason;
  const directory = await platform;
  const addresses = {
    banks: new Map(
      await Promise.all(demoBanks.map(async (bank, index) => [bank, addressOf(await banks[index])] as const)),
    ),
    platform: addressOf(directory),
  };
  return { addresses, disclose: (disclosed) => directory.tell({ disclosed } satisfies PlatformNews) };
}

function startBank(bank: DemoBank, index: number, options: DemoProcessesOptions): Promise<RunningChild> {
  const { settings, policyHash, root } = options;
  const { bankPort, salt, clockOffsetMs } = settings;
  const config: BankProcessConfig = {
    bank,
    port: bankPort === 0 ? 0 : bankPort + index,
    keys: partnerKeys(options, bank),
    policyHash,
    agreement: agreementOf(bank),
    salt,
    clockOffsetMs,
  };
  return launch(`bank \`${bank}\``, { path: join(root, 'dist/resolvers/bank/main.js'), config });
}

function startPlatform(options: DemoProcessesOptions): Promise<RunningChild> {
  const { settings, policyHash, pairwiseKey, root } = options;
  const { clockOffsetMs, salt } = settings;
  const keys = Object.fromEntries(servedSubgraphs.map((name) => [name, partnerKeys(options, name)]));
  const config: PlatformProcessConfig = {
    port: 0,
    schemaFolder: join(root, 'schema'),
    keys: keys as Record<ServedSubgraph, PartnerEnd>,
    policyHash,
    clockOffsetMs,
    pairwiseKey,
    salt,
  };
  return launch('the platform', { path: join(root, 'dist/resolvers/platform/main.js'), config });
}

function partnerKeys({ keys }: DemoProcessesOptions, audience: string): PartnerEnd {
  const found = keys.get(audience);
  if (!found) throw new RangeError(`no keys for \`${audience}\``);
  return found.partner;
}

/** The bank's own copy of its agreement: purpose → categories. */
function agreementOf(bank: DemoBank): BankProcessConfig['agreement'] {
  const covers = demoAgreements.find((agreement) => agreement.bank === bank)?.covers ?? new Map<string, number>();
  return Object.fromEntries([...covers].map(([purpose, mask]) => [purpose, categoriesOf(mask)]));
}

interface Launch<C> {
  readonly path: string;
  readonly config: C;
}

async function launch<C extends { readonly port: number }>(
  name: string,
  { path, config }: Launch<C>,
): Promise<RunningChild> {
  try {
    return await launchChild(path, config);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : 'for an unknown reason';
    if (!(cause instanceof ChildFailure) || cause.code !== 'PORT_IN_USE') {
      throw new StartFault('SUBGRAPH_FAILED', `${name} did not start: ${message}`, { cause });
    }
    const advice = `port ${config.port} for ${name} is taken: choose another with \`BANK_PORT\``;
    throw new StartFault('PORT_IN_USE', advice, { cause });
  }
}

function addressOf(child: RunningChild | undefined): string {
  if (!child) throw new RangeError('a process that was started is missing');
  return `http://127.0.0.1:${child.port}`;
}
