/** `ringfence serve`: a gateway as a configuration says, or a plain one over a supergraph without policy. */
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { printProblem, StartFault } from '../fault/index.js';
import {
  type Config,
  createLogger,
  createPlainGateway,
  createPolicyGateway,
  defaultSettings,
  loadConfig,
  openPolicy,
} from '../gateway/index.js';
import { admittedBy, createVerifier } from '../principal/index.js';
import { readSupergraph } from '../supergraph/index.js';
import type { Assembly } from './assembly.js';
import { logLevelOf, portOf } from './environment.js';
import { projectRoot } from './projectRoot.js';
import { runUntilStopped } from './runUntilStopped.js';
import type { RunningParts } from './runningParts.js';

interface ServeOptions {
  readonly config?: string;
  readonly supergraph?: string;
  readonly policy?: 'none';
  readonly host: string;
  readonly port?: string;
  readonly overrideLabel?: readonly string[];
}

const plainWarning = `
**********************************************************************
  NO POLICY: every field of this supergraph is served to everyone who
  can reach the port. No tokens, no consents, no receipts.
**********************************************************************
`;

/** The command `serve`. */
export function serveCommand(assembly: Assembly): Command {
  return new Command('serve')
    .option('--config <file>', 'serve what this configuration says, under policy')
    .option('--supergraph <file>', 'serve this supergraph without policy; needs `--policy none`')
    .addOption(new Option('--policy <policy>', 'must be said when there is none').choices(['none']))
    .option('--host <address>', 'address of a plain gateway', '127.0.0.1')
    .option('--port <number>', 'port of a plain gateway (4000; 0 for one that is free)')
    .option('--override-label <label...>', 'labels of progressive overrides that are on; `percent(…)` is drawn instead')
    .addHelpText(
      'after',
      '\nenvironment:\n  RINGFENCE_POLICY_HASH  serve this policy or none\n  RINGFENCE_LOG          least severe line of a plain gateway’s log (info)',
    )
    .action((options: ServeOptions) => runUntilStopped((parts) => serve(options, assembly, parts)));
}

function serve(options: ServeOptions, assembly: Assembly, parts: RunningParts): Promise<void> {
  const { config, supergraph, policy } = options;
  if ((config === undefined) === (supergraph === undefined)) {
    throw new StartFault('CONFIG_INVALID', 'give either `--config FILE` or `--supergraph FILE --policy none`');
  }
  if (config !== undefined) {
    if (policy !== undefined) throw new StartFault('CONFIG_INVALID', '`--policy none` goes with `--supergraph` only');
    return serveConfig(config, assembly, parts);
  }
  if (policy !== 'none')
    throw new StartFault('CONFIG_INVALID', 'a supergraph alone has no policy: say `--policy none`');
  return servePlain(options, assembly, parts);
}

async function serveConfig(file: string, assembly: Assembly, parts: RunningParts): Promise<void> {
  const config = await readConfig(file);
  const logger = createLogger(config.log.level);
  const root = projectRoot();
  const pinned = process.env['RINGFENCE_POLICY_HASH'];
  const policy = await openPolicy(root, pinned);
  const now = (): Date => new Date();
  const verifier = createVerifier({
    issuers: config.issuers,
    audience: config.audience,
    clients: policy.clients,
    admits: admittedBy(policy.table),
    now,
    clockToleranceS: 5,
    onKeyFailure: (issuer, error) => logger.error({ issuer, err: error }, 'keys could not be loaded'),
  });
  const configFolder = dirname(resolve(file));
  const assembled = parts.add(await assembly.served({ policy, config, configFolder, now, logger }), ({ close }) =>
    close(),
  );
  const gateway = await createPolicyGateway({
    settings: { ...config, portKey: 'listen.port' },
    pipeline: assembled.pipeline,
    verifier,
    logger,
    policyHash: policy.hash,
    approvals: policy.approvals,
    ...(config.explorer && { explorerRoot: join(root, 'dist/explorer') }),
    ...(pinned !== undefined && { pinnedPolicyHash: pinned }),
  });
  parts.add(gateway, ({ stop }) => stop());
  process.stdout.write(`gateway ${gateway.url}\n`);
}

async function readConfig(file: string): Promise<Config> {
  const outcome = await loadConfig(file);
  if (outcome.kind === 'ok') return outcome.config;
  const lines = ['the configuration does not hold:', ...outcome.problems.map(printProblem)];
  throw new StartFault('CONFIG_INVALID', lines.join('\n  '));
}

async function servePlain(options: ServeOptions, assembly: Assembly, parts: RunningParts): Promise<void> {
  if (process.env['RINGFENCE_POLICY_HASH'] !== undefined) {
    throw new StartFault(
      'POLICY_HASH_MISMATCH',
      '`RINGFENCE_POLICY_HASH` pins a policy: nothing is served without one',
    );
  }
  const port = portOf(options.port, { name: '--port', fallback: 4000, span: 1 });
  const { supergraphSdl, addresses } = await readPlainSupergraph(options.supergraph ?? '');
  process.stderr.write(plainWarning);
  const logger = createLogger(logLevelOf(process.env['RINGFENCE_LOG'], 'info'));
  const world = { supergraphSdl, addresses, overrideLabels: new Set(options.overrideLabel ?? []), logger };
  const assembled = parts.add(await assembly.plain(world), ({ close }) => close());
  const settings = defaultSettings({ portKey: '--port', listen: { host: options.host, port } });
  const gateway = await createPlainGateway({ settings, pipeline: assembled.pipeline, logger });
  parts.add(gateway, ({ stop }) => stop());
  process.stdout.write(`gateway ${gateway.url}\n`);
}

async function readPlainSupergraph(
  file: string,
): Promise<{ supergraphSdl: string; addresses: ReadonlyMap<string, string> }> {
  const supergraphSdl = await readFile(file, 'utf8').catch(() => undefined);
  if (supergraphSdl === undefined) throw new StartFault('SUPERGRAPH_INVALID', `cannot read \`${file}\``);
  const read = readSupergraph(supergraphSdl);
  if (read.kind === 'problems') {
    throw new StartFault(
      'SUPERGRAPH_INVALID',
      [`\`${file}\` does not hold:`, ...read.problems.map(printProblem)].join('\n  '),
    );
  }
  if (read.linksPolicy) {
    throw new StartFault(
      'SUPERGRAPH_INVALID',
      `\`${file}\` declares the policy spec: it is never served without its policy`,
    );
  }
  return { supergraphSdl, addresses: read.subgraphs };
}
