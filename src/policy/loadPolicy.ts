import { Kind, type DocumentNode } from 'graphql';
import type { Problem } from '../fault/index.js';
import {
  alongRequirements,
  analyseFlow,
  classify,
  compose,
  loadSubgraphs,
  publicGraph,
  readRestrictions,
  type CategoryBits,
  type Classification,
  type Flow,
  type Restrictions,
  type Subgraph,
} from '../supergraph/index.js';
import { readClearances, type Clearances } from './clearance.js';
import { readClients, type Clients } from './clients.js';
import type { Matrix } from './matrix.js';
import { matrixProblems } from './matrixCheck.js';
import { familyProblems } from './matrixFamilies.js';
import { matrixOf, readMatrixFile } from './matrixFile.js';
import { bookOf, hashOf, type PolicyBook } from './lock/book.js';
import type { PolicyTable } from './policyTable.js';
import { compileTable } from './table.js';
import { deniableNonNulls } from './tableProblems.js';
import { projectViews, type Views } from './views.js';
import { compileDemands, readPolicies, unknownPolicies, type Policies } from './policies.js';
import { flowProblem, idleExceptions } from './flowProblem.js';
import { controlCategories, dataCategories, financialMask, maskOf } from './vocabulary.js';

/** Everything that start-up needs to know of a policy, composed anew from its files. */
export interface Policy {
  readonly kind: 'ok';
  /** What the policy was composed from, in the order of composition. */
  readonly subgraphs: readonly Subgraph[];
  readonly classification: Classification;
  readonly supergraphSdl: string;
  /** Where data can travel between coordinates and subgraphs; without findings, or the policy would not have loaded. */
  readonly flow: Flow;
  readonly table: PolicyTable;
  readonly views: Views;
  readonly clearances: Clearances;
  readonly clients: Clients;
  /** What subgraphs demand of fields beyond their labels, carried along `@requires`. */
  readonly restrictions: Restrictions;
  readonly policies: Policies;
  /** What approvers sign: all of the above in words. */
  readonly book: PolicyBook;
  /** SHA-256 of the book, lower-case hex. */
  readonly hash: string;
}

/** A policy, or every reason why it cannot be served. */
export type LoadedPolicy =
  | Policy
  | {
      readonly kind: 'problems';
      readonly problems: readonly Problem[];
      /** The policy that has the problems, where it compiled: for the proof to show what they make possible. Nothing serves it. */
      readonly draft?: Omit<Policy, 'kind'>;
    };

/**
 * Reads `schema/` and `policy/` below `root`, classifies, composes, compiles and projects. Reads files, keeps nothing;
 * about a second, most of it composition, for the graph of this repository.
 */
export function loadPolicy(root: string): LoadedPolicy {
  const loaded = loadSubgraphs(root);
  if (loaded.kind === 'problems') return loaded;
  const { subgraphs } = loaded;
  const classified = classify(subgraphs, categoryBits);
  const composed = compose(subgraphs, placeholderUrl);
  const books = readBooks(root, subgraphs);
  const stated = readRestrictions(subgraphs);
  const problems = [classified, composed, books].flatMap((part) => (part.kind === 'problems' ? part.problems : []));
  problems.push(...stated.problems);
  if (classified.kind === 'problems' || books.kind === 'problems') return { kind: 'problems', problems };
  if (composed.kind === 'problems') {
    // What flows does not wait for what composes: whoever mends the one should see the other.
    const { findings } = analyseFlow({ subgraphs, ...classified, ...books, masks: flowMasks });
    return { kind: 'problems', problems: [...problems, ...findings.map(flowProblem)] };
  }
  if (stated.problems.length > 0) return { kind: 'problems', problems };
  return compilePolicy({ subgraphs, ...stated, ...classified, ...composed, ...books });
}

const categoryBits: CategoryBits = new Map(dataCategories.map((word) => [word, maskOf([word])]));
const flowMasks = {
  bits: categoryBits,
  financial: financialMask,
  control: maskOf(controlCategories),
  implied: maskOf(['RELATIONSHIP']),
};

/** The URL of a subgraph in the committed supergraph; the registry knows the real ones. */
function placeholderUrl(subgraph: string): string {
  return `http://${subgraph}.subgraph.ringfence`;
}

interface Books {
  readonly kind: 'ok';
  readonly matrix: Matrix;
  readonly clearances: Clearances;
  readonly clients: Clients;
  readonly policies: Policies;
  problemsOfMatrix(classification: Classification): readonly Problem[];
}

function readBooks(
  root: string,
  subgraphs: readonly Subgraph[],
): Books | { kind: 'problems'; problems: readonly Problem[] } {
  const { clearances, problems: clearanceProblems } = readClearances(
    root,
    subgraphs.map(({ name }) => name),
  );
  const { clients, problems: clientProblems } = readClients(root);
  const { policies, problems: policyProblems } = readPolicies(root);
  const file = readMatrixFile(root);
  const problems = [
    ...(file.kind === 'problems' ? file.problems : []),
    ...clearanceProblems,
    ...clientProblems,
    ...policyProblems,
  ];
  if (file.kind === 'problems' || problems.length > 0) return { kind: 'problems', problems };
  const { matrix, problems: forbidden } = matrixOf(file);
  const problemsOfMatrix = (classification: Classification): readonly Problem[] => [
    ...forbidden,
    ...matrixProblems(matrix, classification, file.problemAt),
  ];
  return { kind: 'ok', matrix, clearances, clients, policies, problemsOfMatrix };
}

interface Parts extends Books {
  readonly restrictions: Restrictions;
  readonly subgraphs: readonly Subgraph[];
  readonly classification: Classification;
  readonly supergraphSdl: string;
}

function compilePolicy(parts: Parts): LoadedPolicy {
  const { subgraphs, classification, supergraphSdl, matrix, clearances, clients, policies } = parts;
  const graph = publicGraph(supergraphSdl);
  const flow = analyseFlow({ subgraphs, classification, clearances, masks: flowMasks });
  const restrictions = alongRequirements(parts.restrictions, flow.edges);
  const table = compileTable(classification, matrix, compileDemands(restrictions, policies));
  const problems = [
    ...unclassified(graph, classification),
    ...parts.problemsOfMatrix(classification),
    ...familyProblems(graph, matrix),
    ...unknownPolicies(restrictions, policies),
    ...deniableNonNulls(classification, table),
    ...flow.findings.map(flowProblem),
    ...idleExceptions(flow),
  ];
  const views = projectViews(graph, table);
  const { declassifications } = flow;
  const stated = { classification, matrix, table, clearances, clients, restrictions, policies, declassifications };
  const book = bookOf(stated);
  const facts = { restrictions, policies, clearances, clients, book, hash: hashOf(book) };
  const draft = { subgraphs, classification, supergraphSdl, flow, table, views, ...facts };
  return problems.length > 0 ? { kind: 'problems', problems, draft } : { kind: 'ok', ...draft };
}

/** What composition brought forth that no subgraph classified: fields that an `@interfaceObject` adds, renamed roots. */
function unclassified(graph: DocumentNode, { labels, valueFields }: Classification): Problem[] {
  return coordinatesOf(graph)
    .filter((coordinate) => !labels.has(coordinate) && !valueFields.has(coordinate))
    .map((coordinate) => ({
      code: 'UNCLASSIFIED',
      message: 'is in the composed graph and in no classification',
      coordinate,
    }));
}

function coordinatesOf(graph: DocumentNode): string[] {
  return graph.definitions.flatMap((type) => {
    if (!('fields' in type)) return [];
    return (type.fields ?? []).flatMap((field) => {
      const coordinate = `${type.name.value}.${field.name.value}`;
      const given = field.kind === Kind.FIELD_DEFINITION ? (field.arguments ?? []) : [];
      return [coordinate, ...given.map(({ name }) => `${coordinate}(${name.value}:)`)];
    });
  });
}
