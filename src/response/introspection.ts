/** The introspection roots of an operation → their JSON, by graphql-js over the schema that the client sees. */
import {
  executeSync,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import { InternalFault } from '../fault/index.js';
import type { Exchange } from '../plan/index.js';

/** The JSON of an introspection root by its response key. */
export type Introspection = (responseKey: string, exchange: Exchange) => string;

/** True for the root fields that the schema itself answers; `__typename` is not one of them. */
export function isIntrospectionRoot(name: string): boolean {
  return name === '__schema' || name === '__type';
}

/** Compiles the introspection part of an operation. Runs it once when it depends on no variable, else once per call. */
export function compileIntrospection(schema: GraphQLSchema, operation: OperationDefinitionNode): Introspection {
  const selections = operation.selectionSet.selections.flatMap(introspectionOf);
  const used = variablesIn(selections);
  const variableDefinitions = (operation.variableDefinitions ?? []).filter((definition) =>
    used.has(nameOf(definition)),
  );
  const definition = {
    ...operation,
    variableDefinitions,
    directives: [],
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  } as const;
  const document = { kind: Kind.DOCUMENT, definitions: [definition] } as const;
  const run = (variableValues: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
    const { data, errors } = executeSync({ schema, document, variableValues });
    if (!data || errors?.length) throw new InternalFault('introspection failed', { cause: errors?.[0] });
    return data;
  };
  let fixed: Readonly<Record<string, unknown>> | undefined;
  return (responseKey, { variables }) => {
    const data = used.size === 0 ? (fixed ??= run({})) : run(variables);
    return JSON.stringify(data[responseKey] ?? null);
  };
}

function introspectionOf(selection: SelectionNode): SelectionNode[] {
  if (selection.kind === Kind.FIELD) return isIntrospectionRoot(selection.name.value) ? [selection] : [];
  if (selection.kind !== Kind.INLINE_FRAGMENT) return [];
  const selections = selection.selectionSet.selections.flatMap(introspectionOf);
  if (selections.length === 0) return [];
  return [{ ...selection, selectionSet: { kind: Kind.SELECTION_SET, selections } }];
}

function variablesIn(selections: readonly SelectionNode[]): ReadonlySet<string> {
  const names = new Set<string>();
  visit({ kind: Kind.SELECTION_SET, selections }, { Variable: ({ name }) => void names.add(name.value) });
  return names;
}

function nameOf({ variable }: VariableDefinitionNode): string {
  return variable.name.value;
}
