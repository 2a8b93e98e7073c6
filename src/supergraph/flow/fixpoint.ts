/** The least assignment of categories to places that is closed under the steps. */
import type { FlowStep } from './flow.js';

/** What the fixpoint finds. */
export interface Reached {
  /** Place → categories, as bits; places without any are left out. */
  readonly reaching: ReadonlyMap<string, number>;
  /** As {@link Flow.pathTo}. */
  pathTo(sink: string, category: number): readonly FlowStep[];
}

/**
 * Closes the seeds under the steps. A place changes at most once per category, so the cost is steps × categories at
 * worst, and near steps in practice. The result does not depend on the order of the steps.
 */
export function closeUnder(steps: readonly FlowStep[], seeds: ReadonlyMap<string, number>): Reached {
  const reaching = new Map(seeds);
  const leaving = grouped(steps, ({ from }) => from);
  const entering = grouped(steps, ({ to }) => to);
  const waiting = new Set(seeds.keys());
  for (const place of waiting) {
    waiting.delete(place);
    for (const to of advance(leaving.get(place) ?? [], reaching)) waiting.add(to);
  }
  const search = { entering, reaching, seeds };
  return { reaching, pathTo: (sink, category) => shortestPath(search, sink, category) };
}

/** Takes the steps from one place; the places that have more than before. */
function advance(steps: readonly FlowStep[], reaching: Map<string, number>): string[] {
  return steps.flatMap((step) => {
    const before = reaching.get(step.to) ?? 0;
    const after = before | carried(step, reaching);
    if (after === before) return [];
    reaching.set(step.to, after);
    return [step.to];
  });
}

/** What travels over a step when its beginning holds what it holds. */
export function carried({ from, stops }: FlowStep, reaching: ReadonlyMap<string, number>): number {
  return (reaching.get(from) ?? 0) & ~(stops ?? 0);
}

interface Search {
  readonly entering: ReadonlyMap<string, readonly FlowStep[]>;
  readonly reaching: ReadonlyMap<string, number>;
  readonly seeds: ReadonlyMap<string, number>;
}

/** Breadth first, from the sink back to the nearest place that begins with the category. */
function shortestPath({ entering, reaching, seeds }: Search, sink: string, category: number): readonly FlowStep[] {
  const onwards = new Map<string, FlowStep | undefined>([[sink, undefined]]);
  for (const place of onwards.keys()) {
    if (((seeds.get(place) ?? 0) & category) !== 0) return pathFrom(place, onwards);
    const carrying = (entering.get(place) ?? []).filter((step) => (carried(step, reaching) & category) !== 0);
    for (const step of carrying) setOnce(onwards, step.from, step);
  }
  return [];
}

/** Of several steps between two places the first in order stands. */
function setOnce<K, V>(map: Map<K, V>, key: K, value: V): void {
  if (!map.has(key)) map.set(key, value);
}

function pathFrom(source: string, onwards: ReadonlyMap<string, FlowStep | undefined>): FlowStep[] {
  const path: FlowStep[] = [];
  for (let step = onwards.get(source); step; step = onwards.get(step.to)) path.push(step);
  return path;
}

function grouped(steps: readonly FlowStep[], placeOf: (step: FlowStep) => string): Map<string, FlowStep[]> {
  const groups = new Map<string, FlowStep[]>();
  for (const step of steps) {
    const group = groups.get(placeOf(step));
    if (group) group.push(step);
    else groups.set(placeOf(step), [step]);
  }
  return groups;
}
