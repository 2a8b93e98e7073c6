/** Each folder beside this file is one case of federation. `UPDATE_PLANS=1` writes supergraphs and plans anew. */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parse, print, validate } from 'graphql';
import { fieldFault } from '../../src/fault/index.js';
import { apiSchemaOf, createPlanner, plainSubgraph, type Planner, type SubgraphPort } from '../../src/plan/index.js';
import {
  type Case,
  caseNames,
  composed,
  isWrittenByHand,
  readCase,
  type Run,
  runsOf,
  sorted,
  text,
} from './caseFiles.js';
import { type CaseSubgraph, caseSubgraph, type SubgraphRequest } from './caseSubgraph.js';
import { ask, type Graph } from './graph.js';

const root = dirname(fileURLToPath(import.meta.url));
const update = process.env['UPDATE_PLANS'] !== undefined;
const cases = await Promise.all(caseNames(root).map((name) => readCase(root, name)));

interface Served {
  readonly graph: Graph;
  readonly subgraphs: readonly CaseSubgraph[];
}

function serve({ sdls, data }: Case, supergraph: string, { labels = [], drawn = 99 }: Run['rollout'] = {}): Served {
  const base = createPlanner(supergraph, { overrideLabels: new Set(labels), draw: () => drawn });
  // the plan that is printed is the plan that was drawn
  const planner: Planner = { ...base, ways: base.ways.map((way) => (document) => way(document, base.drawStage())) };
  const asked: Graph['asked'] = [];
  const subgraphs: CaseSubgraph[] = [];
  const portOf = (name: string, sdl: string): SubgraphPort => {
    const rows = data[name] ?? {};
    const running = rows === 'down' ? undefined : caseSubgraph(sdl, rows);
    if (running) subgraphs.push(running);
    return plainSubgraph({
      errorText: 'kept',
      send: async (body) => {
        const request = JSON.parse(body) as SubgraphRequest;
        asked.push({ subgraph: name, query: request.query, variables: request.variables ?? {} });
        if (!running) return { kind: 'failed', fault: fieldFault('SUBGRAPH_UNAVAILABLE') };
        return { kind: 'answer', bytes: Buffer.from(JSON.stringify(await running.answer(request))) };
      },
    });
  };
  const ports = new Map(Object.entries(sdls).map(([name, sdl]) => [name, portOf(name, sdl)]));
  return { graph: { planner, schema: apiSchemaOf(planner), ports, asked }, subgraphs };
}

/** What a run came to, in the form in which it is expected. */
async function runOf({ graph }: Served, operation: string, run: Run): Promise<{ run: Run; plan: string }> {
  const invalid = validate(graph.schema, parse(operation)).map(({ message }) => message);
  if (invalid.length > 0) return { run: { invalid }, plan: 'invalid' };
  graph.asked.length = 0;
  const { data, errors, plan } = await ask(graph, operation, run.variables);
  const paths = (errors ?? []).map(({ path }) => path as (string | number)[]);
  const asked = graph.asked.map(({ subgraph }) => subgraph).sort();
  const outcome = { data, ...(paths.length > 0 && { errors: sorted(paths) }), ...(run.asked && { asked }) };
  const { variables, rollout } = run;
  return { run: { ...(variables && { variables }), ...(rollout && { rollout }), ...outcome }, plan };
}

/** One plan, or one for each way in which the variables of the runs decide. */
function headed(name: string, done: readonly { readonly run: Run; readonly plan: string }[]): string[] {
  const distinct = new Set(done.map(({ plan }) => plan));
  return [...distinct].map((plan) => {
    const { variables, rollout } = done.find((each) => each.plan === plan)?.run ?? {};
    return `# ${name}${distinct.size > 1 ? ` with ${JSON.stringify(variables ?? rollout)}` : ''}\n${plan}\n`;
  });
}

describe.each(cases)('$name', (each) => {
  const supergraph = isWrittenByHand(each) ? each.supergraph : composed(each);
  const subgraphs: CaseSubgraph[] = [];
  const servedFor = (rollout?: Run['rollout']): Served => {
    const served = serve(each, supergraph, rollout);
    subgraphs.push(...served.subgraphs);
    return served;
  };
  const usual = servedFor();
  const plans: string[] = [];
  const isStale = print(parse(each.supergraph || supergraph)) !== supergraph || each.supergraph === '';
  if (update && isStale && !isWrittenByHand(each)) writeFileSync(join(each.folder, 'supergraph.graphql'), supergraph);

  test('has the supergraph that its subgraphs compose to', () => {
    if (!update) expect(print(parse(each.supergraph))).toBe(print(parse(supergraph)));
  });

  test.each(Object.entries(each.operations))('answers %s as the specification says', async (name, operation) => {
    const runs = runsOf(each, name);
    const done: { run: Run; plan: string }[] = [];
    for (const run of runs) done.push(await runOf(run.rollout ? servedFor(run.rollout) : usual, operation, run));
    plans.push(...headed(name, done));
    expect(done.map(({ run }) => text(run)).join('\n')).toBe(runs.map(text).join('\n'));
  });

  test('asks its subgraphs what they understand, by plans that were read', () => {
    expect(subgraphs.flatMap(({ complaints }) => complaints)).toEqual([]);
    if (update) writeFileSync(join(each.folder, 'plan.txt'), plans.join('\n'));
    else expect(plans.join('\n')).toBe(each.plan);
  });
});
