/** The demo's other processes: four sandbox banks and the platform's subgraphs, each side with its own keys only. */
import { join } from 'node:path';
import { demoAgreements } from '../../resolvers/demo/registry.js';
import { type DemoBank, demoBanks } from '../../resolvers/demo/world.js';
import { ChildFailure, launchChild, type RunningChild } from '../../resolvers/process.js';
import { StartFault } from '../gateway/index.js';
import type { PartnerKeys } from '../partner/index.js';
import { categoriesOf, type DataCategory } from '../policy/index.js';
import type { DemoKeys } from './demoKeys.js';
import type { DemoSettings } from './demoSettings.js';
import type { RunningParts } from './runningParts.js';

/** The subgraphs that run in the platform's process. */
export const platformSubgraphs = ['directory', 'wallet', 'offers', 'ads', 'apps'] as const;

/** What the processes are started from. */
export interface DemoProcessesOptions {
  /** The package's own folder; the processes are started from its `dist/`. */
  readonly root: string;
  readonly settings: DemoSettings;
  readonly keys: ReadonlyMap<string, DemoKeys>;
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

/**
 * Starts all of them and waits until each answers. Rejects with PORT_IN_USE or SUBGRAPH_FAILED once every start has
 * ended one way or the other, so that `parts` knows all that must be stopped.
 */
export async function startDemoProcesses(options: DemoProcessesOptions, parts: RunningParts): Promise<DemoAddresses> {
  const banks = demoBanks.map((bank, index) => startBank(bank, index, options));
  const platform = startPlatform(options);
  const started = await Promise.allSettled([platform, ...banks]);
  for (const outcome of started) if (outcome.status === 'fulfilled') parts.add(outcome.value, (child) => child.stop());
  const failure = started.find((outcome) => outcome.status === 'rejected');
  if (failure) throw failure.reason;
  return {
    banks: new Map(await Promise.all(demoBanks.map(async (bank, index) => [bank, addressOf(await banks[index])] as const))),
    platform: addressOf(await platform),
  };
}

function startBank(bank: DemoBank, index: number, options: DemoProcessesOptions): Promise<RunningChild> {
  const { settings, policyHash, root } = options;
  const { bankPort, salt, clockOffsetMs } = settings;
  return launch(`bank \`${bank}\``, join(root, 'dist/resolvers/bank/main.js'), {
    bank,
    port: bankPort === 0 ? 0 : bankPort + index,
    keys: partnerKeys(options, bank),
    policyHash,
    agreement: agreementOf(bank),
    salt,
    clockOffsetMs,
  });
}

function startPlatform(options: DemoProcessesOptions): Promise<RunningChild> {
  const { settings, policyHash, pairwiseKey, root } = options;
  const keys = Object.fromEntries(platformSubgraphs.map((name) => [name, partnerKeys(options, name)]));
  const { clockOffsetMs } = settings;
  return launch('the platform', join(root, 'dist/resolvers/platform/main.js'), {
    port: 0,
    keys,
    policyHash,
    clockOffsetMs,
    pairwiseKey,
  });
}

function partnerKeys({ keys }: DemoProcessesOptions, audience: string): PartnerKeys {
  const found = keys.get(audience);
  if (!found) throw new RangeError(`no keys for \`${audience}\``);
  return found.partner;
}

/** The bank's own copy of its agreement: purpose → categories. */
function agreementOf(bank: DemoBank): Readonly<Record<string, readonly DataCategory[]>> {
  const covers = demoAgreements.find((agreement) => agreement.bank === bank)?.covers ?? new Map<string, number>();
  return Object.fromEntries([...covers].map(([purpose, mask]) => [purpose, categoriesOf(mask)]));
}

async function launch<C extends { readonly port: number }>(name: string, path: string, config: C): Promise<RunningChild> {
  try {
    return await launchChild(path, config);
  } catch (cause) {
    if (cause instanceof ChildFailure && cause.code === 'PORT_IN_USE') {
      throw new StartFault('PORT_IN_USE', `port ${config.port} for ${name} is taken: choose another with \`BANK_PORT\``, { cause });
    }
    throw new StartFault('SUBGRAPH_FAILED', `${name} did not start: ${cause instanceof Error ? cause.message : 'unknown'}`, { cause });
  }
}

function addressOf(child: RunningChild | undefined): string {
  if (!child) throw new RangeError('a process that was started is missing');
  return `http://127.0.0.1:${child.port}`;
}
