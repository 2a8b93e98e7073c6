import { Kind, type DocumentNode, type SelectionSetNode } from 'graphql';

/** How deep the document's selections nest, fragments followed; infinite where fragments form a cycle. */
export function depthOf(document: DocumentNode): number {
  const fragments = new Map<string, SelectionSetNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node.selectionSet);
  }
  const known = new Map<SelectionSetNode, number>();
  const depth = (set: SelectionSetNode | undefined): number => {
    if (set === undefined) return 0;
    const before = known.get(set);
    if (before !== undefined) return before;
    known.set(set, Infinity);
    const below = set.selections.map((selection) => {
      if (selection.kind === Kind.FIELD) return 1 + depth(selection.selectionSet);
      if (selection.kind === Kind.INLINE_FRAGMENT) return depth(selection.selectionSet);
      return depth(fragments.get(selection.name.value));
    });
    const deepest = Math.max(0, ...below);
    known.set(set, deepest);
    return deepest;
  };
  return Math.max(0, ...document.definitions.map((node) => ('selectionSet' in node ? depth(node.selectionSet) : 0)));
}
