/** The wall between plan and wire: a plan's fetch holds no coordinate outside the verdicts of the principal's class. */
import {
  type GraphQLCompositeType,
  getNamedType,
  type GraphQLSchema,
  isCompositeType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { PrincipalClass, Verdicts } from '../authorize/index.js';
import { InternalFault } from '../fault/index.js';
import type { FetchStep, SubgraphPort } from '../plan/index.js';
import { financialMask, type PolicyTable } from '../policy/index.js';

/** Whose plan is checked, and by what. */
export interface PlanCheck {
  readonly table: PolicyTable;
  readonly verdicts: Verdicts;
  readonly asker: PrincipalClass;
}

/** The port, behind the check. Preparing a step that asks for more than the verdicts allow throws an `InternalFault`. */
export function checkedPort(port: SubgraphPort, schema: GraphQLSchema, check: PlanCheck): SubgraphPort {
  return {
    ...port,
    prepare(step) {
      assertWithinVerdicts(step, schema, check);
      return port.prepare(step);
    },
  };
}

function assertWithinVerdicts(step: FetchStep, schema: GraphQLSchema, check: PlanCheck): void {
  for (const definition of step.document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION)
      throw new InternalFault('a plan defines something else than operations');
    const root = schema.getRootType(definition.operation);
    visit({ selectionSet: definition.selectionSet, type: root ?? undefined }, schema, (coordinate) => {
      if (!isWithin(coordinate, check))
        throw new InternalFault(`a plan asks for \`${coordinate}\` outside the verdicts`);
    });
  }
}

/** Permitted as a field somewhere, or a key that the gateway fetches for itself and never emits. */
function isWithin(coordinate: string, { table, verdicts, asker }: PlanCheck): boolean {
  if (verdicts.permits(coordinate, true) || verdicts.permits(coordinate, false)) return true;
  const label = table.classification.labels.get(coordinate);
  if (!label) return table.classification.valueFields.has(coordinate);
  const { direct } = table.cells(asker.purpose);
  return label.inaccessible && (label.categories & financialMask & ~direct) === 0;
}

interface Visited {
  readonly selectionSet: SelectionSetNode;
  /** Undefined below `_entities`, where only type conditions say what is selected on. */
  readonly type: GraphQLCompositeType | undefined;
}

function visit({ selectionSet, type }: Visited, schema: GraphQLSchema, found: (coordinate: string) => void): void {
  for (const selection of selectionSet.selections) {
    const below = stepInto(selection, type, { schema, found });
    if (below) visit(below, schema, found);
  }
}

interface Visit {
  readonly schema: GraphQLSchema;
  readonly found: (coordinate: string) => void;
}

function stepInto(selection: SelectionNode, type: Visited['type'], { schema, found }: Visit): Visited | undefined {
  if (selection.kind === Kind.FRAGMENT_SPREAD) throw new InternalFault('a plan spreads a named fragment');
  const { selectionSet } = selection;
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    const condition = selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : type;
    if (!isCompositeType(condition)) throw new InternalFault('a plan selects on a type that the subgraph lacks');
    return { selectionSet: selection.selectionSet, type: condition };
  }
  const name = selection.name.value;
  if (name === '__typename') return undefined;
  if (name === '_entities' && selectionSet) return { selectionSet, type: undefined };
  const field = type && 'getFields' in type ? type.getFields()[name] : undefined;
  if (!field || !type) throw new InternalFault(`a plan asks for \`${name}\`, which the subgraph lacks`);
  found(`${type.name}.${name}`);
  for (const argument of selection.arguments ?? []) found(`${type.name}.${name}(${argument.name.value}:)`);
  const target = getNamedType(field.type);
  return selectionSet && isCompositeType(target) ? { selectionSet, type: target } : undefined;
}
