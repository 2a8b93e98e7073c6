/**
 * Mercurius as a gateway. It reads Federation 1, so it composes the subgraphs' `_service` itself. Run as a program it is
 * the gateway: `node mercurius.mjs <port> <name>=<url> …`.
 */
import { fileURLToPath } from 'node:url';
import { subgraphNames } from '../graph/graph.mjs';
import { startNode } from '../measure/process.mjs';

const self = fileURLToPath(import.meta.url);

/** Its defaults and its JIT, as its documentation advises. */
export const mercurius = {
  name: 'mercurius',
  label: 'Mercurius',
  kind: 'peer',
  packages: ['mercurius', '@mercuriusjs/gateway'],
  notes: 'Federation 1; compiled after one run (`jit: 1`)',
  start: async ({ urlOf, port, cores }) => {
    const services = subgraphNames.map((name) => `${name}=${urlOf(name)}`);
    return startNode(self, { core: cores.gateway, args: [String(port), ...services] });
  },
};

async function serve(port, services) {
  const { fastify } = await import('fastify');
  const { default: gateway } = await import('@mercuriusjs/gateway');
  const app = fastify();
  await app.register(gateway, { jit: 1, gateway: { services: services.map(serviceOf) } });
  await app.listen({ port, host: '127.0.0.1' });
}

function serviceOf(text) {
  const [name, url] = text.split('=');
  return { name, url, keepAlive: 60_000, connections: 50 };
}

if (process.argv[1] === self) await serve(Number(process.argv[2]), process.argv.slice(3));
