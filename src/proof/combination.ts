/**
 * Part 4: on the compiled table a denial beats every permit, what nobody opened is denied, and neither order nor
 * repetition matters.
 */
import {
  categoriesOf,
  compileTable,
  dataCategories,
  maskOf,
  purposes,
  type DataCategory,
  type Matrix,
  type PolicyTable,
  type Purpose,
} from '../policy/index.js';
import type { Label } from '../supergraph/index.js';
import { permittedCounterexample } from './counterexample.js';
import type { Counterexample, Finding } from './finding.js';
import { openings } from './opening.js';
import type { PartResult, Subject } from './subject.js';

const positions = [false, true] as const;

/**
 * Adds every category to the label of every kind of coordinate and compiles the whole anew: once as it is, once with
 * every list reversed. Cost: kinds of coordinates × categories × purposes. `compile` is the compiler that is proven.
 */
export function proveCombination(subject: Subject, compile: typeof compileTable = compileTable): PartResult {
  const kinds = kindsOf(subject);
  const mixed = mixtures(kinds);
  const table = compile(withLabels(subject, kinds, mixed), subject.table.matrix);
  const turned = compile(...turnedAround(subject));
  const findings = [
    ...[...mixed].flatMap(([key, label]) => denialsBeaten(table, key, label)),
    ...openDefaults(turned),
    ...orderMatters(subject, turned),
  ];
  return {
    part: 'combination',
    checked: `${kinds.length} kinds of coordinates × ${dataCategories.length} categories × ${purposes.length} purposes`,
    findings,
  };
}

/** Coordinates apart from those that the compiler cannot tell from them. */
function kindsOf({ classification, table }: Subject): readonly Label[] {
  const listed = listedIn(table.matrix);
  const itemTypes = new Set(
    [...table.matrix.anchors.values()].flatMap((edges) =>
      [...edges].flatMap((edge) => classification.labels.get(edge)?.target.reaches ?? []),
    ),
  );
  const kinds = [...classification.labels.values()].map((label) => {
    const { kind, categories, from, reduced, coordinate, owner, field, target } = label;
    const place = itemTypes.has(owner) || owner === 'Mutation' || owner === 'Subscription' ? owner : '';
    const own = listed.has(coordinate) || listed.has(field) ? coordinate : '';
    const argumentOf = kind === 'argument' ? classification.labels.get(field)?.categories : 0;
    const key = JSON.stringify([kind, categories, from, reduced, place, own, argumentOf, target.reaches.length > 0]);
    return [key, label] as const;
  });
  return [...new Map(kinds).values()];
}

function listedIn(matrix: Matrix): ReadonlySet<string> {
  const entries = [...matrix.entries.values()].flatMap((byPurpose) => [...byPurpose.values()]);
  const sets = [...matrix.anchors.values(), ...entries, matrix.picking];
  return new Set([...sets.flatMap((set) => [...set]), ...matrix.writes.keys()]);
}

/** `Account.id + BALANCE`: the label with one more category, and `Account.id = BALANCE`: with that one alone. */
function mixtures(kinds: readonly Label[]): ReadonlyMap<string, Label> {
  return new Map(
    kinds.flatMap((label) =>
      dataCategories.flatMap((word): [string, Label][] => [
        [`${label.coordinate} + ${word}`, { ...label, categories: label.categories | maskOf([word]) }],
        // Alone it is judged as a value: where an edge leads on is a question about all of its categories.
        [
          `${label.coordinate} = ${word}`,
          { ...label, categories: maskOf([word]), target: { ...label.target, reaches: [] } },
        ],
      ]),
    ),
  );
}

/** The mixtures with what their verdicts rest on: the fields of arguments, and where anchor edges lead. */
function withLabels(
  { classification, table }: Subject,
  kinds: readonly Label[],
  mixed: ReadonlyMap<string, Label>,
): Subject['classification'] {
  const edges = [...table.matrix.anchors.values()].flatMap((set) => [...set]);
  const rested = [...kinds.map(({ field }) => field), ...edges].flatMap((coordinate) => {
    const label = classification.labels.get(coordinate);
    return label ? [[coordinate, label] as const] : [];
  });
  return { ...classification, labels: new Map([...rested, ...mixed]) };
}

/** Purposes that read a mixture though one of its categories, alone at the same place, is denied to them. */
function denialsBeaten(table: PolicyTable, key: string, label: Label): Finding[] {
  const words = categoriesOf(label.categories);
  if (words.length < 2) return [];
  return purposes.flatMap((purpose) => {
    const beaten = positions.flatMap((item) => beatenAt(table, { purpose, item, key, label, words }));
    return beaten.slice(0, 1).map((word) => ({
      part: 'combination' as const,
      code: 'DENIAL_BEATEN',
      message: `is open to \`${purpose}\` as ${words.join(' and ')}, though ${word} alone is denied there; every category must permit`,
      coordinate: label.coordinate,
    }));
  });
}

interface Mixture {
  readonly purpose: Purpose;
  readonly item: boolean;
  readonly key: string;
  readonly label: Label;
  readonly words: readonly DataCategory[];
}

function beatenAt(table: PolicyTable, { purpose, item, key, label, words }: Mixture): DataCategory[] {
  if (table.verdict(purpose, key, item) === 'deny') return [];
  return words.filter((word) => table.verdict(purpose, `${label.coordinate} = ${word}`, item) === 'deny');
}

/** Names that nobody stated: a coordinate, a purpose, a label without categories. */
function openDefaults(table: PolicyTable): Finding[] {
  const unknown = 'Unknown.coordinate';
  const open = [
    ...purposes.map((purpose) => [purpose, unknown] as const),
    ...[...table.classification.labels.keys()].map((coordinate) => ['UNKNOWN_PURPOSE' as Purpose, coordinate] as const),
  ].filter(([purpose, coordinate]) => positions.some((item) => table.verdict(purpose, coordinate, item) === 'allow'));
  return open.slice(0, 1).map(([purpose, coordinate]) => ({
    part: 'combination',
    code: 'OPEN_BY_DEFAULT',
    message: `is open to \`${purpose}\`, which nobody stated; deny what is unknown`,
    coordinate,
  }));
}

/** The whole, every list of it read from its end. */
function turnedAround({ classification, table }: Subject): [Subject['classification'], Matrix] {
  const labels = new Map([...classification.labels].reverse());
  return [{ ...classification, labels }, reversed(table.matrix)];
}

/** Coordinates whose verdict is another when every list is read from its end. */
function orderMatters(subject: Subject, turned: PolicyTable): Finding[] {
  const { table } = subject;
  const differs = (coordinate: string): boolean =>
    purposes.some((purpose) =>
      positions.some((item) => table.verdict(purpose, coordinate, item) !== turned.verdict(purpose, coordinate, item)),
    );
  return [...turned.classification.labels.values()]
    .filter((label) => differs(label.coordinate))
    .map((label) => {
      const { coordinate } = label;
      const counterexample = orderExample(subject, turned, label);
      return {
        part: 'combination',
        code: 'ORDER_MATTERS',
        message: 'has another verdict when the same lists are read in another order; make the order irrelevant',
        coordinate,
        ...(counterexample ? { counterexample } : {}),
      };
    });
}

/** Permitted in the one order and denied in the other. */
function orderExample(subject: Subject, turned: PolicyTable, label: Label): Counterexample | undefined {
  const only = (table: PolicyTable): PolicyTable => {
    return { ...table, classification: { ...table.classification, labels: new Map([[label.coordinate, label]]) } };
  };
  const { table } = subject;
  return (
    permittedCounterexample(subject, openings(table, only(turned), 'reads, in this order of the lists,')) ??
    permittedCounterexample({ ...subject, table: turned }, openings(turned, only(table), 'reads, in another order,'))
  );
}

function reversed(matrix: Matrix): Matrix {
  const sets = <K>(map: ReadonlyMap<K, ReadonlySet<string>>): Map<K, Set<string>> =>
    new Map([...map].reverse().map(([key, set]) => [key, new Set([...set].reverse())]));
  return {
    rows: new Map([...matrix.rows].reverse().map(([purpose, row]) => [purpose, new Map([...row].reverse())])),
    anchors: sets(matrix.anchors),
    picking: new Set([...matrix.picking].reverse()),
    writes: new Map([...matrix.writes].reverse().map(([field, writers]) => [field, new Set([...writers].reverse())])),
    open: maskOf(categoriesOf(matrix.open).toReversed()),
    entries: new Map([...matrix.entries].reverse().map(([category, byPurpose]) => [category, sets(byPurpose)])),
  };
}
