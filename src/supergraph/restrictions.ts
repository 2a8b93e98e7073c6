/** `@authenticated`, `@requiresScopes` and `@policy`: what the subgraphs demand beyond labels, under whatever name they imported it. */
import { Kind, type ConstDirectiveNode, type ConstValueNode } from 'graphql';
import type { Problem, SourceLocation } from '../fault/index.js';
import type { FlowStep } from './flow/flow.js';
import { linksOf, namesOf, type Link } from './links.js';
import { argumentOf, statementsOf, usesOf, type FieldStatement, type TypeStatement } from './statement.js';
import { locationOf, type Subgraph } from './subgraph.js';
import { namedType } from './topology.js';

/** One demand: of these lists of words, all words of at least one must be satisfied. */
export interface Requirement {
  /** `scopes`: words of the token's scope. `policies`: names that `policy/policies.yaml` gives to purposes. */
  readonly kind: 'scopes' | 'policies';
  /** Never empty, and neither is any list in it. */
  readonly anyOf: readonly (readonly string[])[];
}

/** Field → demands that must all be met, from every owner, from types and interfaces around it. Fields without any are left out. */
export type Restrictions = ReadonlyMap<string, readonly Requirement[]>;

/** The restrictions of a graph, where they are written, and what is wrong with them. */
export interface ReadRestrictions {
  readonly restrictions: Restrictions;
  readonly problems: readonly Problem[];
}

/** Specifications with a security purpose that are enforced here, by the name before their version. */
const understood: ReadonlySet<string> = new Set(
  ['federation', 'link', 'inaccessible', 'authenticated', 'requiresScopes', 'policy'].map(
    (feature) => `https://specs.apollo.dev/${feature}/`,
  ),
);

const directives = [
  { name: 'requiresScopes', argument: 'scopes', kind: 'scopes' },
  { name: 'policy', argument: 'policies', kind: 'policies' },
] as const;

interface Reading {
  readonly links: ReadonlyMap<string, readonly Link[]>;
  readonly problems: Problem[];
  /** Coordinate or type → what is demanded there. */
  readonly stated: Map<string, Requirement[]>;
}

/**
 * Reads what the subgraphs demand. Every token is verified before anything else, so `@authenticated` is met by all who
 * ask. A demand of a type is one of each field that belongs to it or returns it; a demand of an interface is one of its
 * implementers, and the reverse. Empty demands and unknown security specifications are problems.
 */
export function readRestrictions(subgraphs: readonly Subgraph[]): ReadRestrictions {
  const types = statementsOf(subgraphs);
  const links = new Map(subgraphs.map((subgraph) => [subgraph.name, linksOf(subgraph)]));
  const reading: Reading = { links, problems: [...links.values()].flat().flatMap(securityProblem), stated: new Map() };
  for (const type of types) {
    readUses(reading, { ...type, coordinate: type.name });
    for (const field of type.fields) readUses(reading, field);
  }
  if (reading.stated.size === 0) return { restrictions: new Map(), problems: reading.problems };
  const demands = demandsOf(types, reading.stated);
  const restrictions = spread(types, demands);
  return { restrictions, problems: [...reading.problems, ...nonNullProblems(types, restrictions, demands)] };
}

/** A field that requires a restricted one demands what that one demands, over every chain. */
export function alongRequirements(restrictions: Restrictions, steps: readonly FlowStep[]): Restrictions {
  if (restrictions.size === 0) return restrictions;
  const found = new Map(restrictions);
  const required = steps.filter(({ reason }) => reason === 'requires' || reason === 'fromContext');
  while (required.filter((step) => carryOver(step, found)).length > 0);
  return found;
}

/** Takes the demands over one step; true when the field that requires has more than before. */
function carryOver({ from, to }: FlowStep, found: Map<string, readonly Requirement[]>): boolean {
  const before = found.get(to) ?? [];
  const after = unique([...before, ...(found.get(from) ?? [])]);
  if (after.length === before.length) return false;
  found.set(to, after);
  return true;
}

function securityProblem({ url, purpose, directive }: Link): Problem[] {
  if (purpose !== 'SECURITY' || [...understood].some((known) => url.startsWith(known))) return [];
  const message = `links \`${url}\` for SECURITY, which is not understood and so would not be enforced`;
  return [withPlace({ code: 'SECURITY_LINK', message }, directive)];
}

/** Where demands may stand: a type, or one of its fields. */
interface Place {
  readonly subgraph: string;
  readonly coordinate: string;
  readonly node: TypeStatement['node'] | FieldStatement['node'];
  readonly location: SourceLocation;
}

function readUses({ links, problems, stated }: Reading, { subgraph, coordinate, node }: Place): void {
  for (const { name, argument, kind } of directives) {
    const names = [...namesOf(links.get(subgraph) ?? [], name)];
    const uses = names.flatMap((known) => usesOf(node, known));
    const demands = uses.flatMap((use) => {
      const anyOf = readLists(argumentOf(use, argument));
      if (!anyOf) problems.push(emptyDemand(coordinate, use));
      return anyOf ? [{ kind, anyOf }] : [];
    });
    if (demands.length > 0) stated.set(coordinate, [...(stated.get(coordinate) ?? []), ...demands]);
  }
}

/** Lists of words, as GraphQL coerces them; undefined where a list is empty or holds anything else. */
function readLists(value: ConstValueNode | undefined): string[][] | undefined {
  if (!value) return undefined;
  const lists = itemsOf(value).map((item) =>
    itemsOf(item).map((word) => (word.kind === Kind.STRING ? word.value : '')),
  );
  return lists.length > 0 && lists.every((list) => list.length > 0 && list.every((word) => word !== ''))
    ? lists
    : undefined;
}

function itemsOf(value: ConstValueNode): readonly ConstValueNode[] {
  return value.kind === Kind.LIST ? value.values : [value];
}

function emptyDemand(coordinate: string, use: ConstDirectiveNode): Problem {
  const message = `states \`@${use.name.value}\` with an empty list, which demands nothing; name a word or take it away`;
  return withPlace({ code: 'EMPTY_REQUIREMENT', message, coordinate }, use);
}

/** What is demanded where, and how types hang together. */
interface Demands {
  /** Field → what its owners state on it. */
  readonly ofField: ReadonlyMap<string, readonly Requirement[]>;
  /** Type → what its owners state on it and on its interfaces. */
  readonly ofType: ReadonlyMap<string, readonly Requirement[]>;
  /** Each type with each of its interfaces. */
  readonly families: readonly { readonly name: string; readonly parent: string }[];
}

function demandsOf(types: readonly TypeStatement[], ofField: ReadonlyMap<string, readonly Requirement[]>): Demands {
  const families = types.flatMap(({ name, node }) =>
    'interfaces' in node ? (node.interfaces ?? []).map((parent) => ({ name, parent: parent.name.value })) : [],
  );
  const ofType = new Map(types.map(({ name }) => [name, ofField.get(name) ?? []]));
  for (const { name, parent } of families) {
    ofType.set(name, unique([...(ofType.get(name) ?? []), ...(ofField.get(parent) ?? [])]));
  }
  return { ofField, ofType, families };
}

/** Brings what is stated to every field that it is about. */
function spread(types: readonly TypeStatement[], demands: Demands): Restrictions {
  const direct = directOn(types, demands);
  const found = new Map(direct);
  const add = (coordinate: string, more: readonly Requirement[] = []): void => {
    if (more.length > 0) found.set(coordinate, unique([...(found.get(coordinate) ?? []), ...more]));
  };
  const fields = fieldNames(types);
  const members = demands.families.flatMap(({ name, parent }) =>
    [...(fields.get(parent) ?? [])].map((field) => ({ own: `${name}.${field}`, inherited: `${parent}.${field}` })),
  );
  for (const { own, inherited } of members) add(own, direct.get(inherited));
  // Now each implementer has all that it demands, also by its other interfaces: reading it as this one asks no less.
  const inFull = new Map(found);
  for (const { own, inherited } of members) add(inherited, inFull.get(own));
  return found;
}

/** Field → what it, its type and the type that it returns demand. */
function directOn(types: readonly TypeStatement[], { ofField, ofType }: Demands): Map<string, readonly Requirement[]> {
  const direct = new Map<string, readonly Requirement[]>();
  for (const { kind, coordinate, owner, node } of types.flatMap(({ fields }) => fields)) {
    const ofTypes = [owner, namedType(node.type)].flatMap((type) => ofType.get(type) ?? []);
    const demands = [...(direct.get(coordinate) ?? []), ...(ofField.get(coordinate) ?? []), ...ofTypes];
    if (kind === 'field' && demands.length > 0) direct.set(coordinate, unique(demands));
  }
  return direct;
}

function fieldNames(types: readonly TypeStatement[]): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  for (const { name, fields } of types) {
    const own = fields.filter(({ kind }) => kind === 'field').map(({ node }) => node.name.value);
    names.set(name, new Set([...(names.get(name) ?? []), ...own]));
  }
  return names;
}

/** A field that may be refused where its object is not must be able to be null. */
function nonNullProblems(types: readonly TypeStatement[], restrictions: Restrictions, { ofType }: Demands): Problem[] {
  return types.flatMap(({ name, fields }) => {
    const inherited = new Set((ofType.get(name) ?? []).map((demand) => JSON.stringify(demand)));
    return fields
      .filter(({ kind, node }) => kind === 'field' && node.type.kind === Kind.NON_NULL_TYPE)
      .filter(({ coordinate }) =>
        restrictions.get(coordinate)?.some((demand) => !inherited.has(JSON.stringify(demand))),
      )
      .map(({ coordinate, location }) => {
        const message = 'is non-null, and may be refused for want of a scope or policy; make it nullable';
        return { code: 'DENIABLE_NON_NULL', message, coordinate, location };
      });
  });
}

function unique(demands: readonly Requirement[]): readonly Requirement[] {
  return [...new Map(demands.map((demand) => [JSON.stringify(demand), demand])).values()];
}

function withPlace(problem: Problem, { loc }: ConstDirectiveNode): Problem {
  const location = locationOf(loc);
  return location ? { ...problem, location } : problem;
}
