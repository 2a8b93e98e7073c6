/** The selections inside `@key`, `@requires`, `@provides` and `@fromContext`. */
import { Kind, parse, type ConstValueNode, type SelectionSetNode } from 'graphql';
import type { Drawing } from './drawing.js';

/** Parses the text of a field set; undefined where it is none, which composition refuses. */
export function parseFieldSet(text: string): SelectionSetNode | undefined {
  const body = text.trim().startsWith('{') ? text : `{ ${text} }`;
  try {
    const [definition] = parse(body, { noLocation: true }).definitions;
    return definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet : undefined;
  } catch {
    return undefined;
  }
}

/** The text of a `fields` argument: one string, or a list of them. */
export function fieldSetText(value: ConstValueNode | undefined): string {
  if (value?.kind === Kind.STRING) return value.value;
  if (value?.kind !== Kind.LIST) return '';
  return value.values.map((item) => (item.kind === Kind.STRING ? item.value : '')).join(' ');
}

/** Names of the fields that a set selects at its top, fragments opened. */
export function topFields(set: SelectionSetNode | undefined): string[] {
  return (set?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value];
    return selection.kind === Kind.INLINE_FRAGMENT ? topFields(selection.selectionSet) : [];
  });
}

/**
 * The labelled coordinates that a set on `type` selects, at every depth, fragments opened. Fields of value types carry
 * what the labelled field above them carries, so that one stands for them.
 */
export function labelledIn(drawing: Drawing, type: string, set: SelectionSetNode | undefined): string[] {
  return (set?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return labelledIn(drawing, selection.typeCondition?.name.value ?? type, selection.selectionSet);
    }
    if (selection.kind !== Kind.FIELD) return [];
    const coordinate = `${type}.${selection.name.value}`;
    const below = labelledIn(drawing, drawing.typeOf.get(coordinate) ?? '', selection.selectionSet);
    return drawing.classification.labels.has(coordinate) ? [coordinate, ...below] : below;
  });
}
