import type { Problem } from '../fault/index.js';
import type { Label } from './classification.js';
import type { Topology } from './topology.js';

/**
 * Where a type's field or argument carries other categories than the same one of an interface that the type
 * implements. A position typed as the interface is judged by the interface's label: it must not differ.
 */
export function interfaceProblems(labels: ReadonlyMap<string, Label>, topology: Topology): Problem[] {
  return [...labels.values()].flatMap((label) =>
    [...(topology.interfacesOf.get(label.owner) ?? [])].flatMap((parent) => {
      const inherited = labels.get(`${parent}${label.coordinate.slice(label.owner.length)}`);
      return inherited && !sameLabel(label, inherited) ? [disagreement(label, inherited)] : [];
    }),
  );
}

function sameLabel(a: Label, b: Label): boolean {
  return a.categories === b.categories && a.reduced === b.reduced && a.from === b.from;
}

function disagreement({ coordinate, locations }: Label, inherited: Label): Problem {
  const message = `states other categories than \`${inherited.coordinate}\`; expected the same`;
  const [location] = locations;
  const problem = { code: 'INTERFACE_DISAGREES', message, coordinate };
  return location ? { ...problem, location } : problem;
}
