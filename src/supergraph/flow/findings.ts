/** Where data arrives that must not: at coordinates whose label does not name it, and at subgraphs without clearance. */
import type { Label } from '../classification.js';
import { inputFieldsBelow } from './calls.js';
import type { Drawing } from './drawing.js';
import { carried, type Reached } from './fixpoint.js';
import type { FlowFinding, FlowStep } from './flow.js';
import { subgraphNode } from './nodes.js';

/** What the policy says of categories, as masks: this folder knows no policy. */
export interface FlowMasks {
  /** Categories about a customer's banking. */
  readonly financial: number;
  /** Records of consents and releases. */
  readonly control: number;
  /** What every financial category implies. */
  readonly implied: number;
}

/** What findings are looked for in. */
export interface Arrivals {
  readonly drawing: Drawing;
  readonly masks: FlowMasks;
  readonly clearances: ReadonlyMap<string, number>;
  readonly steps: readonly FlowStep[];
  readonly reached: Reached;
}

/** All findings: coordinates by name, then arguments, then subgraphs. */
export function findingsOf(arrivals: Arrivals): FlowFinding[] {
  const labels = [...arrivals.drawing.classification.labels.values()];
  return [
    ...labels.flatMap((label) => coordinateFindings(arrivals, label)),
    ...arrivals.steps.flatMap((step) => reducedFinding(arrivals, step)),
    ...labels.flatMap((label) => argumentFindings(arrivals, label)),
    ...[...arrivals.clearances].flatMap(([name, clearance]) =>
      excessFindings(arrivals, { code: 'FLOW_INTO_SUBGRAPH', sink: subgraphNode(name), named: clearance }),
    ),
  ];
}

/** What a label permits whoever may read it to learn: its categories, the inputs of what is derived, and what they imply. */
export function namedBy({ categories, from }: Label, { financial, implied }: FlowMasks): number {
  const named = categories | (from ?? 0);
  return (named & financial) === 0 ? named : named | implied;
}

function coordinateFindings(arrivals: Arrivals, label: Label): FlowFinding[] {
  const code = label.kind === 'field' ? 'FLOW_INTO_COORDINATE' : 'FLOW_INTO_ARGUMENT';
  const [location] = label.locations;
  const findings = excessFindings(arrivals, { code, sink: label.coordinate, named: namedBy(label, arrivals.masks) });
  return location ? findings.map((finding) => ({ location, ...finding })) : findings;
}

/** One finding for each path: categories that arrive by the same one share it. */
function excessFindings(
  { reached, masks }: Arrivals,
  { code, sink, named }: { code: FlowFinding['code']; sink: string; named: number },
): FlowFinding[] {
  const excess = (reached.reaching.get(sink) ?? 0) & (masks.financial | masks.control) & ~named;
  const byFirstStep = new Map<FlowStep, FlowFinding>();
  for (const category of bitsOf(excess)) {
    const path = reached.pathTo(sink, category);
    const [first] = path;
    const last = path.at(-1);
    if (!first || !last) continue;
    const categories = category | (byFirstStep.get(first)?.categories ?? 0);
    const finding = { code, sink, categories, path };
    byFirstStep.set(first, last.location ? { ...finding, location: last.location } : finding);
  }
  return [...byFirstStep.values()];
}

/** Records as they are may not flow into records made for auditors. */
function reducedFinding({ drawing, masks, reached }: Arrivals, step: FlowStep): FlowFinding[] {
  const [from, to] = [drawing.classification.labels.get(step.from), drawing.classification.labels.get(step.to)];
  if (!from || !to || from.reduced || !to.reduced) return [];
  const categories = carried(step, reached.reaching) & masks.control;
  if (categories === 0) return [];
  const finding = { code: 'FLOW_INTO_COORDINATE', sink: step.to, categories, path: [step] } as const;
  return [step.location ? { ...finding, location: step.location } : finding];
}

/** An argument compared with guarded data, on a field that anyone may read: the answer tells what it was compared with. */
function argumentFindings({ drawing, masks, reached }: Arrivals, argument: Label): FlowFinding[] {
  const guarded = masks.financial | masks.control;
  const field = drawing.classification.labels.get(argument.field);
  if (argument.kind !== 'argument' || !field || (namedBy(field, masks) & guarded) !== 0) return [];
  return [argument.coordinate, ...inputFieldsBelow(drawing, argument.coordinate)].flatMap((from) => {
    const label = drawing.classification.labels.get(from);
    const categories = (reached.reaching.get(from) ?? 0) & guarded;
    const [location] = label?.locations ?? [];
    if (categories === 0 || !location) return [];
    const words = `\`${field.coordinate}\` is open, and its answer tells what \`${from}\` was compared with`;
    const path = [{ from, to: field.coordinate, reason: 'argument', words, location }] as const;
    return [{ code: 'FLOW_INTO_ARGUMENT', sink: argument.coordinate, categories, path, location }] as const;
  });
}

function bitsOf(mask: number): number[] {
  return Array.from({ length: 31 }, (_, index) => 1 << index).filter((bit) => (mask & bit) !== 0);
}
