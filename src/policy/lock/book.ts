/** A policy → the book that approvers sign: everything that decides who may read what, in words, as canonical JSON. */
import { createHash } from 'node:crypto';
import type { Classification, Declassification, Label, Restrictions } from '../../supergraph/index.js';
import { argumentPermissions } from '../argumentPermissions.js';
import type { Clearances } from '../clearance.js';
import type { Clients } from '../clients.js';
import type { Matrix } from '../matrix.js';
import { permissions } from '../permissions.js';
import type { Policies } from '../policies.js';
import type { PolicyTable } from '../policyTable.js';
import { categoriesOf, purposes, purposeWords, type Purpose } from '../vocabulary.js';

/** What decides who may read what. */
export interface PolicyBooks {
  readonly classification: Classification;
  readonly matrix: Matrix;
  readonly table: PolicyTable;
  readonly clearances: Clearances;
  readonly clients: Clients;
  readonly restrictions: Restrictions;
  readonly policies: Policies;
  readonly declassifications: readonly Declassification[];
}

/** JSON as it is hashed and signed. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Both books of the policy in words. Where a field is written down, and in which order, does not show. */
export type PolicyBook = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** The book of a policy, the second book's stated rules and the resulting verdicts included. Linear in coordinates × purposes. */
export function bookOf(books: PolicyBooks): PolicyBook {
  const { classification, matrix, table } = books;
  return {
    labels: record(classification.labels, labelOf),
    valueTypes: Object.fromEntries([...classification.valueTypes].map((name) => [name, true])),
    sealed: record(classification.sealed, (kinds) => record(kinds, (kind) => kind)),
    rows: record(matrix.rows, (row) => record(row, (cell) => cell)),
    anchors: record(matrix.anchors, wordsOf),
    writes: record(matrix.writes, wordsOf),
    entries: record(matrix.entries, (byPurpose) => record(byPurpose, wordsOf)),
    openings: { open: categoriesOf(matrix.open), picking: wordsOf(matrix.picking) },
    clearances: record(books.clearances, categoriesOf),
    clients: record(books.clients, wordsOf),
    scopes: record(purposeWords, (word) => word),
    restrictions: record(books.restrictions, (demands) => demands.map(({ kind, anyOf }) => ({ kind, anyOf }))),
    policies: record(books.policies, wordsOf),
    declassifications: Object.fromEntries(books.declassifications.map(declassificationOf)),
    permissions: rulesOf(),
    arguments: argumentsOf(),
    readable: Object.fromEntries(purposes.map((purpose) => [purpose, readableBy(table, purpose)])),
  };
}

/** SHA-256 in lower-case hex over the canonical JSON of a value. */
export function hashOf(value: Json): string {
  return createHash('sha256').update(canonicalText(value)).digest('hex');
}

/** A value as JSON without spaces, keys in code unit order at every depth: the same text for the same value. */
export function canonicalText(value: Json): string {
  return JSON.stringify(canonical(value));
}

function labelOf({ categories, reduced, from, inaccessible }: Label): Json {
  return { categories: categoriesOf(categories), reduced, from: categoriesOf(from ?? 0), inaccessible };
}

function declassificationOf({ coordinate, subgraph, categories, reason, approver }: Declassification): [string, Json] {
  return [`${subgraph} ${coordinate}`, { categories: categoriesOf(categories), reason, approver }];
}

function rulesOf(): Readonly<Record<string, Json>> {
  const rules = Object.entries(permissions).flatMap(([type, fields]) =>
    Object.entries(fields).map(([field, rule]): [string, Json] => {
      return [`${type}.${field}`, { rule: rule.name, categories: rule.categories }];
    }),
  );
  return Object.fromEntries(rules);
}

function argumentsOf(): Readonly<Record<string, Json>> {
  const stated = Object.entries(argumentPermissions).flatMap(([type, fields]) =>
    Object.entries(fields).flatMap(([field, rules]) =>
      Object.entries(rules).map(([name, { categories, permits }]): [string, Json] => {
        const givers = purposes.filter((purpose) => permits(purpose, undefined));
        return [`${type}.${field}(${name}:)`, { categories, givers }];
      }),
    ),
  );
  return Object.fromEntries(stated);
}

function readableBy(table: PolicyTable, purpose: Purpose): Json {
  const can = [...table.classification.labels.keys()].filter((coordinate) => table.canMeet(purpose, coordinate));
  const allowed = (item: boolean): string[] =>
    can.filter((coordinate) => table.verdict(purpose, coordinate, item) === 'allow');
  const plain = new Set(allowed(false));
  return { plain: wordsOf(plain), item: allowed(true).filter((coordinate) => !plain.has(coordinate)) };
}

function wordsOf(words: ReadonlySet<string>): string[] {
  return [...words].sort();
}

function record<V>(map: ReadonlyMap<string, V>, read: (value: V) => Json): Readonly<Record<string, Json>> {
  return Object.fromEntries([...map].map(([key, value]) => [key, read(value)]));
}

function canonical(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(canonical);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, canonical(inner)]));
}
