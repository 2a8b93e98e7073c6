/** Hive Gateway by its own command line, with its JavaScript planner and with the Rust planner of its router runtime. */
import { fileURLToPath } from 'node:url';
import { startNode } from '../measure/process.mjs';

const program = fileURLToPath(new URL('../node_modules/@graphql-hive/gateway/dist/bin.js', import.meta.url));

/** The defaults of `hive-gateway supergraph`. */
export const hive = {
  name: 'hive',
  label: 'Hive Gateway',
  kind: 'peer',
  packages: ['@graphql-hive/gateway'],
  notes: 'its defaults; one process, log level error',
  start: (world) => startHive(world, []),
};

/** The same with `--hive-router-runtime`. */
export const hiveRust = {
  name: 'hive-rust',
  label: 'Hive Gateway, Rust planner',
  kind: 'peer',
  packages: ['@graphql-hive/gateway', '@graphql-hive/router-runtime'],
  notes: 'its defaults and `--hive-router-runtime`; one process, log level error',
  start: (world) => startHive(world, ['--hive-router-runtime']),
};

function startHive({ supergraphFile, port, cores }, more) {
  const args = ['supergraph', supergraphFile, '--port', String(port), '--host', '127.0.0.1', '--fork', '1', ...more];
  return startNode(program, { core: cores.gateway, args, env: { LOG_LEVEL: 'error' } });
}
