import { createHash } from 'node:crypto';
import type { Classification, Label } from '../supergraph/index.js';
import type { Clearances } from './clearance.js';
import type { Clients } from './clients.js';
import type { Matrix } from './matrix.js';
import { categoriesOf } from './vocabulary.js';

/** What decides who may read what. */
export interface PolicyBooks {
  readonly classification: Classification;
  readonly matrix: Matrix;
  readonly clearances: Clearances;
  readonly clients: Clients;
}

/**
 * SHA-256 in lower-case hex over a canonical JSON of labels, matrix, clearances and clients: the same for the same
 * policy, whatever the order of files, keys and lists, and wherever a field is written down.
 */
export function policyHash(books: PolicyBooks): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical(bookOf(books))))
    .digest('hex');
}

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

function bookOf({ classification, matrix, clearances, clients }: PolicyBooks): Json {
  return {
    labels: record(classification.labels, labelOf),
    valueTypes: wordsOf(classification.valueTypes),
    sealed: record(classification.sealed, (kinds) => record(kinds, (kind) => kind)),
    rows: record(matrix.rows, (row) => record(row, (cell) => cell)),
    anchors: record(matrix.anchors, wordsOf),
    picking: wordsOf(matrix.picking),
    writes: record(matrix.writes, wordsOf),
    open: categoriesOf(matrix.open),
    entries: record(matrix.entries, (byPurpose) => record(byPurpose, wordsOf)),
    clearances: record(clearances, categoriesOf),
    clients: record(clients, wordsOf),
  };
}

function labelOf({ categories, reduced, from, inaccessible }: Label): Json {
  return { categories: categoriesOf(categories), reduced, from: categoriesOf(from ?? 0), inaccessible };
}

function wordsOf(words: ReadonlySet<string>): Json {
  return [...words].sort();
}

function record<V>(map: ReadonlyMap<string, V>, read: (value: V) => Json): Json {
  return Object.fromEntries([...map].map(([key, value]) => [key, read(value)]));
}

/** Keys in code unit order, at every depth. */
function canonical(value: Json): Json {
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(canonical);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, canonical(inner)]));
}
