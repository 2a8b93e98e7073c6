import type { SelectionNode, ValueNode } from 'graphql';

/** One `@skip` or `@include`: the position is there when `value` (or the variable of that name) equals `when`. */
export interface Condition {
  readonly when: boolean;
  readonly value: ValueNode;
}

/** The conditions that a selection states itself. */
export function conditionsOf(selection: SelectionNode): Condition[] {
  return (selection.directives ?? []).flatMap(({ name, arguments: supplied }) => {
    const value = supplied?.find((argument) => argument.name.value === 'if')?.value;
    if (!value || (name.value !== 'skip' && name.value !== 'include')) return [];
    return [{ when: name.value === 'include', value }];
  });
}

/** True when all conditions hold under the coerced variables. */
export function holds(conditions: readonly Condition[], variables: Readonly<Record<string, unknown>>): boolean {
  return conditions.every(({ when, value }) => {
    if (value.kind === 'BooleanValue') return value.value === when;
    return value.kind === 'Variable' && variables[value.name.value] === when;
  });
}
