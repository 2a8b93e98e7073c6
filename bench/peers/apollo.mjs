/**
 * Apollo Gateway in Apollo Server behind Fastify, by the integration that is kept for it. Run as a program it is the
 * gateway itself: `node apollo.mjs <supergraph file> <port>`.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startNode } from '../measure/process.mjs';

const self = fileURLToPath(import.meta.url);

/** Apollo's defaults for production, its landing page and usage reporting off. */
export const apollo = {
  name: 'apollo',
  label: 'Apollo Gateway',
  kind: 'peer',
  packages: ['@apollo/gateway', '@apollo/server', '@as-integrations/fastify'],
  notes: 'Apollo Server behind Fastify; landing page and usage reporting off',
  start: async ({ supergraphFile, port, cores }) =>
    startNode(self, {
      core: cores.gateway,
      args: [supergraphFile, String(port)],
      env: { APOLLO_TELEMETRY_DISABLED: '1' },
    }),
};

async function serve(supergraphFile, port) {
  const { ApolloGateway } = await import('@apollo/gateway');
  const { ApolloServer } = await import('@apollo/server');
  const {
    ApolloServerPluginLandingPageDisabled: withoutPage,
    ApolloServerPluginUsageReportingDisabled: withoutReports,
  } = await import('@apollo/server/plugin/disabled');
  const { default: fastifyApollo, fastifyApolloDrainPlugin } = await import('@as-integrations/fastify');
  const { fastify } = await import('fastify');
  const app = fastify();
  const server = new ApolloServer({
    gateway: new ApolloGateway({ supergraphSdl: readFileSync(supergraphFile, 'utf8') }),
    plugins: [fastifyApolloDrainPlugin(app), withoutPage(), withoutReports()],
  });
  await server.start();
  await app.register(fastifyApollo(server));
  await app.listen({ port, host: '127.0.0.1' });
}

if (process.argv[1] === self) await serve(process.argv[2], Number(process.argv[3]));
