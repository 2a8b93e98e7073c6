import type { Problem } from '../fault/index.js';
import { usesOf, type FieldStatement, type TypeStatement } from './statement.js';
import type { Topology } from './topology.js';

const roots: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);

/**
 * What breaks the rules of `@value`: a value type has no key, its fields take no arguments and state no `@data`, it
 * stands in no interface or union, it is no root, and every owner marks it.
 */
export function valueTypeProblems(types: readonly TypeStatement[], topology: Topology): Problem[] {
  const marked = new Set(
    types.flatMap(({ subgraph, name, node }) => (usesOf(node, 'value').length > 0 ? [`${subgraph}:${name}`] : [])),
  );
  return types
    .filter(({ name }) => topology.valueTypes.has(name))
    .flatMap((type) => [
      ...typeFindings(type, topology, marked).map((message) => finding(type.name, type.location, message)),
      ...type.fields.flatMap((field) =>
        fieldFindings(field).map((message) => finding(field.coordinate, field.location, message)),
      ),
    ]);
}

function typeFindings(
  { subgraph, name, node }: TypeStatement,
  topology: Topology,
  marked: ReadonlySet<string>,
): string[] {
  const findings: string[] = [];
  if (usesOf(node, 'key').length > 0) findings.push('is a value type with a key; expected none');
  if ((topology.interfacesOf.get(name)?.size ?? 0) > 0) findings.push('is a value type in an interface; expected none');
  if (topology.unionMembers.has(name)) findings.push('is a value type in a union; expected none');
  if (roots.has(name)) findings.push('is a root type; expected no `@value`');
  if (!marked.has(`${subgraph}:${name}`))
    findings.push('is a value type elsewhere; expected `@value` from every owner');
  return findings;
}

function fieldFindings({ kind, node }: FieldStatement): string[] {
  if (kind === 'argument') return ['is an argument on a value type; expected none'];
  return usesOf(node, 'data').length > 0 ? ['states `@data` on a value type; expected none: the edge decides'] : [];
}

function finding(coordinate: string, location: TypeStatement['location'], message: string): Problem {
  return { code: 'VALUE_TYPE', message, coordinate, location };
}
