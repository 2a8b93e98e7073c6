/** A fetch that asks for something else than the planner wrote. */
import { Kind, print, type SelectionSetNode } from 'graphql';
import type { FetchStep } from './subgraph.js';

/** The step with other selections at its root or below its slots: each one replaced by what the map has for it. */
export function stepWith(step: FetchStep, replaced: ReadonlyMap<SelectionSetNode, SelectionSetNode>): FetchStep {
  const replace = (selectionSet: SelectionSetNode): SelectionSetNode => ({
    ...selectionSet,
    selections: selectionSet.selections.map((slot) => {
      const other = slot.kind === Kind.FIELD && slot.selectionSet && replaced.get(slot.selectionSet);
      return other ? { ...slot, selectionSet: other } : slot;
    }),
  });
  const definitions = step.document.definitions.map((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return definition;
    const { selectionSet } = definition;
    return { ...definition, selectionSet: replaced.get(selectionSet) ?? replace(selectionSet) };
  });
  const document = { ...step.document, definitions };
  return Object.freeze({ ...step, document, text: print(document) });
}
