/** A subject → the certificate: what the proof rests on, for a checker that trusts nothing of this program. */
import { createHash } from 'node:crypto';
import {
  categoriesOf,
  controlCategories,
  financialCategories,
  neverConsentablePurposes,
  openCategories,
  purposes,
  type Purpose,
} from '../policy/index.js';
import type { Declassification, FlowStep, Label } from '../supergraph/index.js';
import type { Subject } from './subject.js';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * One JSON object, keys and sets sorted, as text with a newline at its end. `supergraphFile` is the text of
 * `schema/supergraph.graphql` as `compose` writes it, whose bytes the certificate names by their SHA-256. Linear in
 * coordinates × purposes.
 */
export function certificateText(subject: Subject, supergraphFile: string): string {
  return `${JSON.stringify(sorted(certificateOf(subject, supergraphFile)), null, 1)}\n`;
}

function certificateOf(subject: Subject, supergraphFile: string): Json {
  const { classification, clearances, flow, hash } = subject;
  const words = ([place, bits]: readonly [string, number]) => [place, categoriesOf(bits)] as const;
  return {
    format: 'ringfence-certificate/1',
    supergraph: createHash('sha256').update(supergraphFile).digest('hex'),
    policyHash: hash,
    financial: ordered(financialCategories),
    control: ordered(controlCategories),
    open: ordered(openCategories),
    neverConsentable: ordered(neverConsentablePurposes),
    valueTypes: ordered(classification.valueTypes),
    ...matrixOf(subject),
    clearances: Object.fromEntries([...clearances].map(([name, bits]) => [name, ordered(categoriesOf(bits))])),
    labels: Object.fromEntries([...classification.labels].map(([name, label]) => [name, labelOf(subject, label)])),
    reaching: Object.fromEntries([...flow.reaching].map(words).map(([place, list]) => [place, ordered(list)])),
    received: Object.fromEntries([...flow.received].map(words).map(([place, list]) => [place, ordered(list)])),
    edges: flow.edges.map(edgeOf).toSorted(byText),
    declassifications: flow.declassifications.map(exceptionOf).toSorted(byText),
    readable: Object.fromEntries(purposes.map((purpose) => [purpose, readableBy(subject, purpose)])),
  };
}

function matrixOf({ table: { matrix } }: Subject): Record<string, Json> {
  const sets = (map: ReadonlyMap<string, ReadonlySet<string>>): Json =>
    Object.fromEntries([...map].map(([key, set]) => [key, ordered(set)]));
  return {
    matrix: Object.fromEntries([...matrix.rows].map(([purpose, row]) => [purpose, Object.fromEntries(row)])),
    entries: Object.fromEntries([...matrix.entries].map(([category, byPurpose]) => [category, sets(byPurpose)])),
    openToAll: ordered(categoriesOf(matrix.open)),
    anchors: sets(matrix.anchors),
    picking: ordered(matrix.picking),
    writes: sets(matrix.writes),
  };
}

function labelOf({ subgraphs }: Subject, { categories, from = 0, reduced, inaccessible, locations }: Label): Json {
  const files = new Map(
    subgraphs.flatMap(({ name, document }) => filesOf(document).map((file) => [file, name] as const)),
  );
  return {
    categories: ordered(categoriesOf(categories)),
    from: ordered(categoriesOf(from)),
    reduced,
    owners: ordered(new Set(locations.map(({ file }) => files.get(file) ?? file))),
    inaccessible,
  };
}

/** The files that a subgraph's document was parsed from; the vocabulary is in every one and owns no coordinate. */
function filesOf({ definitions }: Subject['subgraphs'][number]['document']): string[] {
  return [...new Set(definitions.flatMap(({ loc }) => loc?.source.name ?? []))];
}

function edgeOf({ from, to, reason, words, stops }: FlowStep): Json {
  return { from, to, reason, words, ...(stops === undefined ? {} : { stops: ordered(categoriesOf(stops)) }) };
}

function exceptionOf({ coordinate, subgraph, categories, reason, approver }: Declassification): Json {
  return { coordinate, subgraph, categories: ordered(categoriesOf(categories)), reason, approver };
}

function readableBy({ classification, table }: Subject, purpose: Purpose): Json {
  const names = [...classification.labels.keys()].filter((coordinate) => table.canMeet(purpose, coordinate));
  const plain = names.filter((coordinate) => table.verdict(purpose, coordinate, false) === 'allow');
  const everywhere = new Set(plain);
  const item = names.filter((name) => !everywhere.has(name) && table.verdict(purpose, name, true) === 'allow');
  return { plain: ordered(plain), item: ordered(item) };
}

function ordered(words: Iterable<string>): readonly string[] {
  return [...words].sort();
}

function byText(a: Json, b: Json): number {
  return JSON.stringify(sorted(a)) < JSON.stringify(sorted(b)) ? -1 : 1;
}

/** Keys in code unit order, at every depth. */
function sorted(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
