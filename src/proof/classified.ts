/** Part 1: every field, argument and input field of the composed graph carries a category, and the policy loads. */
import { isInputObjectType, isInterfaceType, isIntrospectionType, isObjectType, type GraphQLSchema } from 'graphql';
import type { Problem } from '../fault/index.js';
import type { Finding, ProofPart } from './finding.js';
import type { PartResult, Subject } from './subject.js';

/** What keeps the policy from loading and is no matter of a later part, and each coordinate without a category. */
export function proveClassified({ problems, schema, classification }: Subject): PartResult {
  const told = problems.filter((problem) => partOf(problem) === 'classified').map(findingOf);
  const coordinates = coordinatesOf(schema).filter((coordinate) => !classification.valueFields.has(coordinate));
  const named = new Set(told.map(({ coordinate }) => coordinate));
  const bare = coordinates.filter(
    (coordinate) => (classification.labels.get(coordinate)?.categories ?? 0) === 0 && !named.has(coordinate),
  );
  return {
    part: 'classified',
    checked: `${coordinates.length} coordinates, ${classification.valueFields.size} fields of value types`,
    findings: [...told, ...bare.map(unclassified)],
  };
}

/** The part that a problem of loading belongs to. */
export function partOf({ code }: Problem): ProofPart {
  if (code.startsWith('FLOW_')) return 'flow';
  return code === 'NEVER_CONSENTABLE' ? 'never-consentable' : 'classified';
}

/** A problem of loading as a finding. */
export function findingOf(problem: Problem): Finding {
  return { part: partOf(problem), ...problem };
}

/** Every field, argument and input field of a graph, federation's own types left out. */
export function coordinatesOf(schema: GraphQLSchema): readonly string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (isIntrospectionType(type)) return [];
    if (isInputObjectType(type)) return Object.keys(type.getFields()).map((field) => `${type.name}.${field}`);
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    return Object.values(type.getFields()).flatMap(({ name, args }) => {
      const coordinate = `${type.name}.${name}`;
      return [coordinate, ...args.map((argument) => `${coordinate}(${argument.name}:)`)];
    });
  });
}

function unclassified(coordinate: string): Finding {
  const message = 'is in the composed graph and carries no category; state one with `@data(category: …)`';
  return { part: 'classified', code: 'UNCLASSIFIED', message, coordinate };
}
