import type { CategoryBits, Classification } from '../classification.js';
import { statementsOf } from '../statement.js';
import type { Subgraph } from '../subgraph.js';
import { calls, inputs } from './calls.js';
import { readDeclassifications } from './declassification.js';
import { drawingOf, inOrder, type DrawnStep, type Drawing } from './drawing.js';
import { findingsOf, namedBy, type FlowMasks } from './findings.js';
import { closeUnder } from './fixpoint.js';
import type { Declassification, Flow, FlowStep } from './flow.js';
import { coordinateOf, subgraphNode } from './nodes.js';
import { contexts, owners, provisions, requirements } from './requirements.js';
import { existence, interfaces, rows, values } from './selections.js';

/** What the analysis starts from. */
export interface FlowInput {
  readonly subgraphs: readonly Subgraph[];
  /** Of these subgraphs. */
  readonly classification: Classification;
  /** Subgraph → what it may be handed, as bits. A subgraph that is not named may be handed nothing. */
  readonly clearances: ReadonlyMap<string, number>;
  readonly masks: FlowMasks & { readonly bits: CategoryBits };
}

/**
 * Where data can travel in the federated graph, to a fixpoint, from the SDLs of the subgraphs: the merged supergraph blurs
 * who says what. Reads nothing, decides nothing about purposes; near linear in the size of the SDLs.
 */
export function analyseFlow({ subgraphs, classification, clearances, masks }: FlowInput): Flow {
  const guarded = masks.financial | masks.control;
  const drawing = drawingOf(subgraphs, { classification, guarded, statements: statementsOf(subgraphs) });
  const { declassifications } = readDeclassifications(drawing.statements, masks.bits);
  const steps = stepsOf(drawing, masks, declassifications);
  const seeds = new Map(
    [...classification.labels].map(([place, { categories, from }]) => [place, categories | (from ?? 0)]),
  );
  const reached = closeUnder(steps, seeds);
  const { reaching, pathTo } = reached;
  const cleared = new Map(subgraphs.map(({ name }) => [name, clearances.get(name) ?? 0]));
  return {
    reaching: new Map([...reaching].filter(([place]) => !place.startsWith('subgraph '))),
    received: new Map([...cleared.keys()].map((name) => [name, reaching.get(subgraphNode(name)) ?? 0])),
    edges: steps.map((step) => stopping(step, reaching)),
    declassifications,
    findings: findingsOf({ drawing, masks, clearances: cleared, steps, reached }),
    pathTo,
  };
}

function stepsOf(drawing: Drawing, masks: FlowMasks, declassifications: readonly Declassification[]): FlowStep[] {
  const exceptions = new Map(
    declassifications.map((one) => [exceptionKey(one.subgraph, one.coordinate), one.categories]),
  );
  const drawn = [
    ...[values, rows, interfaces, requirements, provisions, owners, contexts, calls, inputs].flatMap((kind) =>
      kind(drawing),
    ),
    ...existence(drawing, (edge, inner) => (inner.categories & drawing.guarded & ~namedBy(edge, masks)) === 0),
  ];
  const steps = new Map<string, FlowStep>();
  for (const { by, ...step } of drawn) {
    const key = JSON.stringify([step.from, step.to, step.reason, by]);
    const stops = stopsOn({ by, ...step }, exceptions);
    if (!steps.has(key)) steps.set(key, stops === 0 ? step : { ...step, stops });
  }
  // By place, so that neither the order of the subgraphs nor that of their types shows.
  return [...steps].sort(([a], [b]) => inOrder(a, b)).map(([, step]) => step);
}

/** The categories that the exceptions of the subgraph that makes a step take off it. */
function stopsOn({ from, to, reason, by }: DrawnStep, exceptions: ReadonlyMap<string, number>): number {
  const handsOn = reason === 'argument' && to === subgraphNode(by);
  return exceptions.get(exceptionKey(by, handsOn ? from : coordinateOf(to))) ?? 0;
}

function exceptionKey(subgraph: string, coordinate: string): string {
  return `${subgraph} ${coordinate}`;
}

/** The step with only those stops that stop something. */
function stopping({ stops = 0, ...step }: FlowStep, reaching: ReadonlyMap<string, number>): FlowStep {
  const stopped = stops & (reaching.get(step.from) ?? 0);
  return stopped === 0 ? step : { ...step, stops: stopped };
}
