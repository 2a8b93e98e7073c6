/** A selection set of a fetch → the keys that its answer may write. */
import { Kind, type SelectionSetNode } from 'graphql';
import type { Rewrite } from './nodes.js';
import { keyReader } from './ownValue.js';

/** One field that a fetch asks for. */
export interface PlannedField {
  readonly key: string;
  readonly read: (object: object) => unknown;
  /** Type conditions on the way; an object that meets not all of them does not have the field. */
  readonly conditions: readonly string[];
  /** Null for leaves. */
  readonly children: readonly PlannedField[] | null;
}

/** The fields of a selection set, under the keys that they have once `rewrites` are applied. */
export function plannedFields(selectionSet: SelectionSetNode, rewrites: readonly Rewrite[]): readonly PlannedField[] {
  return collect(selectionSet, [], renamesOf(rewrites));
}

/** A rename by the keys of its path; types do not matter, since the planner makes up each name once. */
type Renames = readonly { readonly keys: readonly string[]; readonly to: string }[];

function renamesOf(rewrites: readonly Rewrite[]): Renames {
  return rewrites.flatMap((rewrite) => {
    if (rewrite.kind !== 'rename') return [];
    return [{ keys: rewrite.path.flatMap((segment) => (segment.kind === 'key' ? [segment.key] : [])), to: rewrite.to }];
  });
}

function collect(selectionSet: SelectionSetNode, conditions: readonly string[], renames: Renames): PlannedField[] {
  return selectionSet.selections.flatMap((selection): PlannedField[] => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const on = selection.typeCondition?.name.value;
      return collect(selection.selectionSet, on === undefined ? conditions : [...conditions, on], renames);
    }
    const asked = selection.alias?.value ?? selection.name.value;
    const key = renames.find(({ keys }) => keys.length === 1 && keys[0] === asked)?.to ?? asked;
    const inner = renames
      .filter(({ keys }) => keys.length > 1 && (keys[0] === asked || keys[0] === key))
      .map(({ keys, to }) => ({ keys: keys.slice(1), to }));
    const children = selection.selectionSet ? collect(selection.selectionSet, [], inner) : null;
    return [{ key, read: keyReader(key), conditions, children }];
  });
}
