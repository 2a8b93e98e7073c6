import { Kind } from 'graphql';
import type { Problem } from '../fault/index.js';
import type { CategoryBits, Classification, Label } from './classification.js';
import { readDeclassifications } from './flow/declassification.js';
import { inheritedFields } from './interfaceObjects.js';
import { interfaceProblems } from './interfaces.js';
import { readSealed } from './readSealed.js';
import { readLabel, type StatedLabel } from './statedLabel.js';
import { statementsOf, usesOf, type FieldStatement, type TypeStatement } from './statement.js';
import type { Subgraph } from './subgraph.js';
import { isListType, topologyOf, type Topology } from './topology.js';
import { valueTypeProblems } from './valueTypes.js';

/** A total classification, or every reason why there is none. */
export type Classified =
  | { readonly kind: 'ok'; readonly classification: Classification }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

interface Owned {
  readonly statement: FieldStatement;
  readonly label: StatedLabel;
}

/**
 * Reads what the subgraphs state about every field, argument and input field. Total: what has no usable label is a
 * problem, and all problems are told at once. Linear in the size of the SDL.
 */
export function classify(subgraphs: readonly Subgraph[], bits: CategoryBits): Classified {
  const types = statementsOf(subgraphs);
  const topology = topologyOf(types);
  const problems: Problem[] = [...vocabularyProblems(types, bits), ...valueTypeProblems(types, topology)];
  const fields = [...types.flatMap((type) => type.fields), ...inheritedFields(subgraphs, types)];
  const owned = ownedLabels({ fields, topology, bits }, problems);
  problems.push(...[...owned.values()].flatMap(ownerProblems));
  const labels = new Map(
    [...owned]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([coordinate, owners]) => [coordinate, mergeLabel(owners, topology)]),
  );
  problems.push(...interfaceProblems(labels, topology));
  const sealed = readSealed(types, problems);
  problems.push(...readDeclassifications(types, bits).problems);
  if (problems.length > 0) return { kind: 'problems', problems };
  const { valueTypes } = topology;
  return { kind: 'ok', classification: { labels, valueTypes, valueFields: valueFields(types, valueTypes), sealed } };
}

/** The enum that the subgraphs see must be the closed list, word for word. */
function vocabularyProblems(types: readonly TypeStatement[], bits: CategoryBits): Problem[] {
  const problems = types.flatMap(({ node, name, location }) => {
    if (name !== 'DataCategory' || node.kind !== Kind.ENUM_TYPE_DEFINITION) return [];
    const words = new Set((node.values ?? []).map((value) => value.name.value));
    const foreign = [...words]
      .filter((word) => !bits.has(word))
      .map((word) => `lists \`${word}\`, which is not in the closed list`);
    const missing = [...bits.keys()]
      .filter((word) => !words.has(word))
      .map((word) => `does not list \`${word}\` of the closed list`);
    return [...foreign, ...missing].map((message) => ({
      code: 'UNKNOWN_CATEGORY',
      message,
      coordinate: name,
      location,
    }));
  });
  // The enum is prepended to every subgraph; one finding is enough.
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}

function ownedLabels(
  { fields, topology, bits }: { fields: readonly FieldStatement[]; topology: Topology; bits: CategoryBits },
  problems: Problem[],
): Map<string, Owned[]> {
  const owned = new Map<string, Owned[]>();
  for (const statement of fields) {
    if (topology.valueTypes.has(statement.owner) || isForeign(statement)) continue;
    const read = readLabel(statement, bits);
    if (read.kind === 'problems') {
      problems.push(...read.problems);
      continue;
    }
    const owners = owned.get(statement.coordinate) ?? [];
    owners.push({ statement, label: read.label });
    owned.set(statement.coordinate, owners);
  }
  return owned;
}

/** `@external` repeats a field that another subgraph owns and classifies. */
function isForeign({ node }: FieldStatement): boolean {
  return usesOf(node, 'external').length > 0 && usesOf(node, 'data').length === 0;
}

function ownerProblems(owners: readonly Owned[]): Problem[] {
  const first = owners[0];
  if (!first) return [];
  return owners
    .filter(({ label }) => label.reduced !== first.label.reduced)
    .map(({ statement: { coordinate, location } }) => {
      const message = `states \`reduced: ${!first.label.reduced}\` where subgraph \`${first.statement.subgraph}\` states the reverse`;
      return { code: 'REDUCED_DISAGREES', message, coordinate, location };
    });
}

function mergeLabel(owners: readonly Owned[], topology: Topology): Label {
  const statements = owners.map(({ statement }) => statement);
  // INVARIANT: a coordinate gets its entry together with its first owner.
  const [{ coordinate, kind, owner, field, node }] = statements as [FieldStatement, ...FieldStatement[]];
  const nonNull = statements.map((statement) => isDemanded(statement));
  const from = owners.reduce((mask, { label }) => mask | (label.from ?? 0), 0);
  const label: Label = {
    coordinate,
    kind,
    owner,
    field,
    categories: owners.reduce((mask, { label: { categories } }) => mask | categories, 0),
    reduced: owners.some(({ label: { reduced } }) => reduced),
    target: topology.target(node.type),
    nonNull: kind === 'field' ? nonNull.every(Boolean) : nonNull.some(Boolean),
    list: isListType(node.type),
    inaccessible: statements.some((statement) => usesOf(statement.node, 'inaccessible').length > 0),
    locations: statements.map(({ location }) => location),
  };
  return from === 0 ? label : { ...label, from };
}

/** Non-null, and for input without a default that stands in. */
function isDemanded({ node }: FieldStatement): boolean {
  const hasDefault = node.kind === Kind.INPUT_VALUE_DEFINITION && node.defaultValue !== undefined;
  return node.type.kind === Kind.NON_NULL_TYPE && !hasDefault;
}

function valueFields(types: readonly TypeStatement[], valueTypes: ReadonlySet<string>): Set<string> {
  return new Set(
    types
      .filter(({ name }) => valueTypes.has(name))
      .flatMap(({ fields }) => fields.map(({ coordinate }) => coordinate)),
  );
}
