/** Part 3: nothing of a customer's banking arrives at an open coordinate or at a subgraph without clearance. */
import { flowProblem, neverConsentablePurposes, purposes, type Purpose } from '../policy/index.js';
import type { FlowFinding } from '../supergraph/index.js';
import { counterexampleOf } from './counterexample.js';
import type { Counterexample, Finding } from './finding.js';
import type { PartResult, Subject } from './subject.js';

/** The findings of the flow, each with its path and with an operation that makes the data travel. */
export function proveFlow(subject: Subject): PartResult {
  const { flow, clearances } = subject;
  return {
    part: 'flow',
    checked: `${flow.edges.length} edges, ${clearances.size} subgraphs, ${flow.declassifications.length} reviewed exceptions`,
    findings: flow.findings.map((found) => findingOf(subject, found)),
  };
}

function findingOf(subject: Subject, found: FlowFinding): Finding {
  const counterexample = exampleOf(subject, found);
  return {
    part: 'flow',
    ...flowProblem(found),
    path: found.path,
    ...(counterexample ? { counterexample } : {}),
  };
}

/** Advertising first, then whoever else can set the data moving. */
const askers: readonly Purpose[] = [...neverConsentablePurposes, ...purposes];

function exampleOf(subject: Subject, found: FlowFinding): Counterexample | undefined {
  const coordinates = coordinatesOn(subject, found);
  for (const coordinate of coordinates) {
    const purpose = askers.find((one) => subject.table.verdict(one, coordinate, false) === 'allow');
    const leak = `${found.sink} would learn what ${found.path[0]?.from ?? 'a guarded field'} holds`;
    const example = purpose && counterexampleOf(subject, { purpose, aims: [{ coordinate }], leak });
    if (example) return example;
  }
  return undefined;
}

/** Where the data can be set moving: the sink, the coordinates whose lines make the steps, and the steps' own, from the end. */
function coordinatesOn({ classification }: Subject, { sink, path }: FlowFinding): readonly string[] {
  const lines = new Map(
    [...classification.labels.values()].flatMap(({ coordinate, locations }) =>
      locations.map((location) => [JSON.stringify(location), coordinate] as const),
    ),
  );
  const steps = path.toReversed().flatMap(({ from, to, location }) => [lines.get(JSON.stringify(location)), to, from]);
  const places = [sink, ...steps].map((place) => place?.replace(/^rows of /, ''));
  return places.filter((place): place is string => place !== undefined && classification.labels.has(place));
}
