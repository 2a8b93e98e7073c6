/** A world → the gateway over it and the oracle beside it. */
import { composeServices, compositionHasErrors } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { apiSchemaOf, createPlanner, plainSubgraph, type SubgraphPort } from '../../src/plan/index.js';
import type { Graph } from '../federation/graph.js';
import { type OneSchema, oneSchema } from './oneSchema.js';
import { type Oracle, oracleOf } from './oracle.js';
import { type Breaches, type Journal, type Serve, serveSubgraph, type SubgraphRequest } from './servedSubgraph.js';
import { readSubgraphs, type World } from './world.js';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@interfaceObject", "@inaccessible", "@override"])\n`;

/** What one operation leaves behind: mutations so far, and what the gateway did wrong on the way. */
export interface Run {
  readonly journal: Journal;
  readonly breaches: Breaches;
}

/** A world that composes, ready to be asked. */
export interface ServedWorld {
  readonly world: World;
  readonly graph: Graph;
  readonly one: OneSchema;
  readonly oracle: Oracle;
  /** Starts anew for each operation. */
  readonly run: { current: Run };
}

/** Why a world does not compose. */
export class NotComposed extends Error {}

/** Composes, plans and serves a world. Throws {@link NotComposed}. */
export function serveWorld(world: World): ServedWorld {
  const composed = composeServices(
    Object.entries(world.subgraphs).map(([name, sdl]) => ({
      name,
      typeDefs: parse(link + sdl),
      url: `http://${name}`,
    })),
  );
  if (compositionHasErrors(composed)) throw new NotComposed(composed.errors.map(({ message }) => message).join('\n'));
  const all = readSubgraphs(world);
  const one = oneSchema(all);
  const planner = createPlanner(composed.supergraphSdl);
  const run = { current: freshRun() };
  const asked: Graph['asked'] = [];
  const ports = new Map(
    all.map((facts): [string, SubgraphPort] => {
      const serve = serveSubgraph({ facts, all, rows: world.rows, whole: one.whole });
      const answer = answering(serve, run);
      const send = async (body: string): Promise<string> => {
        const request = JSON.parse(body) as SubgraphRequest;
        asked.push({ subgraph: facts.name, query: request.query, variables: request.variables ?? {} });
        return answer(request);
      };
      return [facts.name, portOver(send)];
    }),
  );
  const graph: Graph = { planner, schema: apiSchemaOf(planner), ports, asked };
  return { world, graph, one, oracle: oracleOf(world, all, one), run };
}

/** Nothing happened yet. */
export function freshRun(): Run {
  return { journal: { mutations: 0 }, breaches: [] };
}

/** A port whose answers arrive as text, as over HTTP. */
function portOver(send: (body: string) => Promise<string>): SubgraphPort {
  return plainSubgraph({
    errorText: 'kept',
    send: async (body) => ({ kind: 'answer', bytes: Buffer.from(await send(body)) }),
  });
}

function answering(serve: Serve, run: { readonly current: Run }): (request: SubgraphRequest) => Promise<string> {
  return async (request) => {
    const { journal, breaches } = run.current;
    return JSON.stringify(await serve(request, journal, breaches));
  };
}
