import { describe, expect, test } from '@jest/globals';
import { isDeepStrictEqual } from 'node:util';
import { Kind, parse, visit } from 'graphql';
import { bookOf, dataCategories, hashOf, maskOf, type DataCategory, type PolicyBook } from '../../src/policy/index.js';
import { proveClassified } from '../../src/proof/classified.js';
import { humanReviewOnly } from '../../src/proof/humanReview.js';
import type { Subject } from '../../src/proof/index.js';
import { classify, type Label } from '../../src/supergraph/index.js';
import { repositorySubject } from './repositorySubject.js';

const subject = repositorySubject();
const labels = [...subject.classification.labels.values()];

function withLabels(changed: ReadonlyMap<string, Label>): Subject {
  return { ...subject, classification: { ...subject.classification, labels: changed } };
}

/** The book that the lock keeps. The verdicts that it repeats are left out: the labels alone must change it. */
function lockedBook({ classification, clearances, clients, table, flow, restrictions, policies }: Subject): PolicyBook {
  const bare = { ...table, classification: { ...classification, labels: new Map() } };
  const { declassifications } = flow;
  const rest = { clearances, clients, restrictions, policies, declassifications };
  return bookOf({ ...rest, classification, table: bare, matrix: table.matrix });
}

/** Another category than the label's, a different one for each index. */
function otherThan({ categories }: Label, index: number): DataCategory {
  const others = dataCategories.filter((word) => maskOf([word]) !== categories);
  return others[index % others.length] ?? 'BALANCE';
}

describe('the proof fails', () => {
  test('for every coordinate whose category is taken away, and for no other', () => {
    expect(proveClassified(subject).findings).toEqual([]);
    const names = labels.map(({ coordinate }) => coordinate);
    for (let start = 0; start < names.length; start += 16) {
      const bare = new Set(names.slice(start, start + 16));
      const kept = [...subject.classification.labels].filter(([coordinate]) => !bare.has(coordinate));
      const found = proveClassified(withLabels(new Map(kept))).findings;
      expect(found.map(({ code, coordinate }) => `${code} ${coordinate}`).toSorted()).toEqual(
        [...bare].map((coordinate) => `UNCLASSIFIED ${coordinate}`).toSorted(),
      );
    }
    expect(names.length).toBeGreaterThan(250);
  });

  test('by the lock, for every coordinate and every other category: its entry in the locked book is another', () => {
    const before = lockedBook(subject)['labels'] ?? {};
    for (let turn = 0; turn < dataCategories.length; turn += 1) {
      const turned = labels.map(
        (label) => [label.coordinate, { ...label, categories: maskOf([otherThan(label, turn)]) }] as const,
      );
      const after = lockedBook(withLabels(new Map(turned)))['labels'] ?? {};
      const same = labels.filter(({ coordinate }) => isDeepStrictEqual(after[coordinate], before[coordinate]));
      expect(same.map(({ coordinate }) => coordinate)).toEqual([]);
    }
    const [first] = labels;
    if (!first) throw new Error('the graph has no labels');
    const one = new Map(subject.classification.labels).set(first.coordinate, {
      ...first,
      categories: maskOf(['RECEIPT']),
    });
    expect(hashOf(lockedBook(withLabels(one)))).not.toBe(hashOf(lockedBook(subject)));
  });

  test('by the double entry with the lock left out, for every coordinate and every other category', () => {
    expect(humanReviewOnly(subject)).toEqual([]);
  });

  test('by composition, for every field of an interface whose category its types do not have', () => {
    const bits = new Map(dataCategories.map((word) => [word, maskOf([word])] as const));
    const found = (['BALANCE', 'TERMS'] as const).flatMap((word) => {
      const classified = classify(
        subject.subgraphs.map((one) => relabelledInterfaces(one, word)),
        bits,
      );
      return classified.kind === 'problems' ? classified.problems : [];
    });
    const objecting = found
      .filter(({ code }) => code === 'INTERFACE_DISAGREES')
      .map(({ coordinate }) => coordinate ?? '');
    const protectedFields = new Set(objecting.map((coordinate) => coordinate.split('.')[1]));
    const stated = labels.filter(({ owner, inaccessible }) => owner === 'Account' && !inaccessible);
    expect(
      stated
        .filter(({ coordinate }) => !protectedFields.has(coordinate.split('.')[1]))
        .map(({ coordinate }) => coordinate),
    ).toEqual([]);
    expect(stated.length).toBeGreaterThan(10);
  });
});

describe('the list of what only people protect', () => {
  test('names a coordinate whose rule the second book does not state', () => {
    const needs = (coordinate: string): number => subject.table.needs(coordinate);
    const blind: Subject = {
      ...subject,
      schema: subject.schema,
      table: { ...subject.table, needs },
      classification: {
        ...subject.classification,
        labels: new Map([...subject.classification.labels, ['Filter.from', inputField()]]),
      },
    };
    expect(humanReviewOnly(blind).map(({ coordinate }) => coordinate)).toEqual(['Filter.from']);
  });
});

function inputField(): Label {
  const [label] = labels;
  if (!label) throw new Error('the graph has no labels');
  return {
    ...label,
    coordinate: 'Filter.from',
    owner: 'Filter',
    field: 'Filter.from',
    kind: 'inputField',
    target: { name: 'ID', kind: 'leaf', reaches: [] },
  };
}

/** The subgraph with every field of an interface labelled alike. */
function relabelledInterfaces(
  subgraph: Subject['subgraphs'][number],
  word: DataCategory,
): Subject['subgraphs'][number] {
  const [data] = parse(`type T @data(category: ${word}) { id: ID }`).definitions.flatMap((node) =>
    'directives' in node ? (node.directives ?? []) : [],
  );
  if (data?.kind !== Kind.DIRECTIVE) throw new Error('the label does not parse');
  const document = visit(subgraph.document, {
    InterfaceTypeDefinition: (type) =>
      visit(type, {
        Directive: (node) => (node.name.value === 'data' ? { ...node, arguments: data.arguments ?? [] } : undefined),
      }),
  });
  return { ...subgraph, document };
}
