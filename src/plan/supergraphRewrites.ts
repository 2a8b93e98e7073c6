/**
 * A supergraph → the same graph, told to the planner in other words. The planner refuses some operations over one
 * wording that it plans over another; every wording below leads to the same answers.
 */
import {
  type ConstArgumentNode,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  isTypeDefinitionNode,
  Kind,
  visit,
} from 'graphql';
import { fieldsIn, graphsOf, isExternal, isFalse, type Joined, joinField, joinsOf, textOf } from './joinDirectives.js';

/** Other wordings of a supergraph, in the order in which to try them. Each is made when it is called for. */
export function otherWordings(supergraph: DocumentNode): readonly (() => DocumentNode)[] {
  const words = new Set<string>();
  visit(supergraph, {
    Directive: (directive) => {
      if (directive.name.value === 'join__field') directive.arguments?.forEach(({ name }) => words.add(name.value));
    },
  });
  const wordings: (() => DocumentNode)[] = [];
  if (words.has('requires')) wordings.push(() => withRequirementsApart(supergraph));
  if (words.has('provides')) wordings.push(() => withoutProvides(supergraph));
  if (wordings.length === 2) wordings.push(() => withoutProvides(withRequirementsApart(supergraph)));
  return wordings;
}

/**
 * The graph as the planner can take it. It asks for every key of a type before a field that requires others, and where
 * a subgraph on the way has not all of them, it ends the process: such fields go apart, behind one key.
 */
export function withSafeKeys(supergraph: DocumentNode): DocumentNode {
  const hasSeveralKeys: Concerns = (definition, graph) => {
    const own = resolvableKeys(definition, graph);
    const all = graphsOf(definition).flatMap((holder) => resolvableKeys(definition, holder));
    const known = all.flatMap((join) => textOf(join, 'key') ?? []).filter((key) => knows(definition, graph, key));
    return own.length > 0 && new Set([...own.map((join) => textOf(join, 'key')), ...known]).size > 1;
  };
  return requiringGraphs(supergraph, hasSeveralKeys).size > 0
    ? withRequirementsApart(supergraph, hasSeveralKeys)
    : supergraph;
}

/** The graph without `@provides`: a field that was provided is fetched from its owner, which costs a request. */
function withoutProvides(supergraph: DocumentNode): DocumentNode {
  return visit(supergraph, {
    Directive: (directive) =>
      directive.name.value === 'join__field' ? without(directive as ConstDirectiveNode, 'provides') : undefined,
  });
}

/**
 * The graph with every field that requires others in a subgraph of its own, at the address of the one that has it: the
 * planner cannot go from an entity to the same entity in the same subgraph once more.
 */
function withRequirementsApart(supergraph: DocumentNode, concerns: Concerns = () => true): DocumentNode {
  const apart = requiringGraphs(supergraph, concerns);
  const definitions = supergraph.definitions.map((definition): DefinitionNode => {
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph') {
      return { ...definition, values: (definition.values ?? []).flatMap((value) => twins(value, apart)) };
    }
    return isRoot(supergraph, definition) ? definition : apartIn(definition, { apart, concerns });
  });
  return { ...supergraph, definitions };
}

const suffix = '__APART';
const nameSuffix = ' (apart)';

/** The subgraph behind a name in a plan. */
export function subgraphBehind(name: string): string {
  return name.endsWith(nameSuffix) ? name.slice(0, -nameSuffix.length) : name;
}

/** Tells whether the fields of a type that require others in a graph are set apart. */
type Concerns = (definition: Fielded, graph: string) => boolean;

/** A type with fields. */
interface Fielded extends Joined {
  readonly fields?: readonly FieldDefinitionNode[] | undefined;
}

/** `join__Graph` values whose subgraphs have fields that require others and are set apart. */
function requiringGraphs(supergraph: DocumentNode, concerns: Concerns): ReadonlySet<string> {
  return new Set(supergraph.definitions.flatMap((definition) => [...splitGraphs(definition, concerns)]));
}

/** The graphs in which a type has fields that require others and are set apart. */
function splitGraphs(definition: DefinitionNode, concerns: Concerns): ReadonlySet<string> {
  if (!isTypeDefinitionNode(definition) || !('fields' in definition)) return new Set();
  const fields = (definition.fields ?? []) as readonly FieldDefinitionNode[];
  const graphs = fields.flatMap(({ directives }) => requiringOf(directives ?? []));
  return new Set(graphs.filter((graph) => concerns({ ...definition, fields }, graph)));
}

function requires(directive: ConstDirectiveNode): boolean {
  return directive.name.value === 'join__field' && textOf(directive, 'requires') !== undefined;
}

function twins(value: EnumValueDefinitionNode, apart: ReadonlySet<string>): EnumValueDefinitionNode[] {
  if (!apart.has(value.name.value)) return [value];
  const directives = value.directives?.map((directive) => ({
    ...directive,
    arguments: directive.arguments?.map((argument) => renamedGraph(argument)),
  }));
  return [
    value,
    {
      ...value,
      name: { kind: Kind.NAME, value: value.name.value + suffix },
      ...(directives && { directives }),
    } as EnumValueDefinitionNode,
  ];
}

function renamedGraph(argument: ConstArgumentNode): ConstArgumentNode {
  const { name, value } = argument;
  if (name.value !== 'name' || value.kind !== Kind.STRING) return argument;
  return { ...argument, value: { ...value, value: value.value + nameSuffix } };
}

function isRoot(supergraph: DocumentNode, definition: DefinitionNode): boolean {
  const name = 'name' in definition ? definition.name?.value : undefined;
  return supergraph.definitions.some(
    (other) =>
      other.kind === Kind.SCHEMA_DEFINITION && other.operationTypes.some(({ type }) => type.name.value === name),
  );
}

/**
 * The definition, known to the twins too. Of a type with fields that require others, a twin has only those, their keys
 * and what is external.
 */
function apartIn(
  definition: DefinitionNode,
  { apart, concerns }: { readonly apart: ReadonlySet<string>; readonly concerns: Concerns },
): DefinitionNode {
  if (!isTypeDefinitionNode(definition)) return definition;
  const split = splitGraphs(definition, concerns);
  const kept = new Set([...split].flatMap((graph) => commonestKey(definition, graph) ?? []));
  const directives = (definition.directives ?? []).flatMap((join) => {
    const isDropped = split.has(textOf(join, 'graph') ?? '') && textOf(join, 'key') !== undefined && !kept.has(join);
    return isDropped ? [join] : copies(join, apart);
  });
  const known = { ...definition, directives };
  if (known.kind === Kind.ENUM_TYPE_DEFINITION) {
    const values = known.values?.map((value) => ({
      ...value,
      directives: value.directives?.flatMap((join) => copies(join, apart)),
    }));
    return { ...known, values } as DefinitionNode;
  }
  if (!('fields' in known)) return known as DefinitionNode;
  const fields = (known.fields ?? []) as readonly FieldDefinitionNode[];
  const keys = keyWords([...kept]);
  return {
    ...known,
    fields: fields.map((field) => ({
      ...field,
      directives: stated(field, split.size > 0 ? graphsOf(definition) : []).flatMap((join) =>
        moved(join, { apart, split, isKey: keys.has(field.name.value) }),
      ),
    })),
  } as DefinitionNode;
}

/** Who has a field, said outright where it is left to its type. */
function stated(field: FieldDefinitionNode, graphs: readonly string[]): readonly ConstDirectiveNode[] {
  const { directives = [] } = field;
  return joinsOf(field).length > 0 ? directives : [...directives, ...graphs.map((graph) => joinField(graph))];
}

/** The statements of the keys by which a graph resolves a type. */
function resolvableKeys({ directives = [] }: Joined, graph: string): readonly ConstDirectiveNode[] {
  return directives.filter(
    (join) =>
      join.name.value === 'join__type' &&
      textOf(join, 'graph') === graph &&
      textOf(join, 'key') !== undefined &&
      !isFalse(join, 'resolvable'),
  );
}

/** True when a graph has all fields that a key names on the type itself. */
function knows({ fields = [] }: Fielded, graph: string, key: string): boolean {
  return fieldsIn(key).every((name) => {
    const field = fields.find((candidate) => candidate.name.value === name);
    const joins = field ? joinsOf(field) : [];
    return joins.length === 0 || joins.some((join) => textOf(join, 'graph') === graph && !isExternal(join));
  });
}

/** The key of the graph that most graphs have too. */
function commonestKey(joined: Joined, graph: string): ConstDirectiveNode | undefined {
  const holders = (join: ConstDirectiveNode): number =>
    (joined.directives ?? []).filter((other) => textOf(other, 'key') === textOf(join, 'key')).length;
  return [...resolvableKeys(joined, graph)].sort((one, other) => holders(other) - holders(one))[0];
}

function requiringOf(directives: readonly ConstDirectiveNode[]): string[] {
  return directives.filter(requires).flatMap((join) => textOf(join, 'graph') ?? []);
}

/** The words of some keys: more than its key fields where keys nest, which does no harm. */
function keyWords(directives: readonly ConstDirectiveNode[]): ReadonlySet<string> {
  return new Set(directives.flatMap((directive) => textOf(directive, 'key')?.match(/\w+/g) ?? []));
}

interface Split {
  readonly apart: ReadonlySet<string>;
  /** Graphs in which this type has fields that require others. */
  readonly split: ReadonlySet<string>;
  readonly isKey: boolean;
}

function moved(join: ConstDirectiveNode, { apart, split, isKey }: Split): ConstDirectiveNode[] {
  const graph = textOf(join, 'graph');
  if (graph === undefined || !split.has(graph)) return copies(join, apart);
  if (requires(join)) return [toTwin(join)];
  return isKey || isExternal(join) ? [join, toTwin(join)] : [join];
}

function copies(join: ConstDirectiveNode, apart: ReadonlySet<string>): ConstDirectiveNode[] {
  const graph = textOf(join, 'graph');
  return graph !== undefined && apart.has(graph) ? [join, toTwin(join)] : [join];
}

function toTwin(join: ConstDirectiveNode): ConstDirectiveNode {
  const renamed = (join.arguments ?? []).map((argument) =>
    argument.name.value === 'graph' && argument.value.kind === Kind.ENUM
      ? { ...argument, value: { ...argument.value, value: argument.value.value + suffix } }
      : argument,
  );
  return { ...join, arguments: renamed };
}

function without(directive: ConstDirectiveNode, argument: string): ConstDirectiveNode {
  return { ...directive, arguments: (directive.arguments ?? []).filter(({ name }) => name.value !== argument) };
}
