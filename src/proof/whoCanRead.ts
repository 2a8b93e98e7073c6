/** A name of the graph → who may read it, under which conditions, by which lines of both books, and where it travels. */
import { isInterfaceType } from 'graphql';
import { Verdicts } from '../authorize/index.js';
import {
  argumentPermissions,
  categoriesOf,
  controlCategories,
  financialMask,
  maskOf,
  permissions,
  purposes,
  scopeOf,
  type Cell,
  type DataCategory,
  type Purpose,
} from '../policy/index.js';
import { admittedBy, admittedScope, readScope } from '../principal/index.js';
import type { Label } from '../supergraph/index.js';
import { rowOf, type MatrixRow } from './matrix.js';
import type { Draft } from './subject.js';

/** One purpose that may read a coordinate, and all that must be there besides. */
export interface Reader {
  readonly purpose: Purpose;
  /** The matrix's word for each category; open categories are `open`. */
  readonly cells: Readonly<Partial<Record<DataCategory, Cell | 'open'>>>;
  /** Scope words that the token must name; empty for open data. */
  readonly scope: readonly string[];
  /** Categories that an active consent and the bank's agreement must cover; empty for open data and own records. */
  readonly consentAndAgreement: readonly DataCategory[];
  /** Readable below these edges only; empty where it is readable everywhere. */
  readonly below: readonly string[];
}

/** All about one coordinate. */
export interface Reading {
  readonly row: MatrixRow;
  /** The second book's rule: `readsBalance`; undefined for interfaces and input fields, which have none of their own. */
  readonly rule: string | undefined;
  /** An interface's coordinate: the rule of each implementing type, which decides at the resolvers. Else empty. */
  readonly ruleByType: Readonly<Record<string, string | undefined>>;
  readonly readers: readonly Reader[];
  /** Subgraphs that are handed its value by the plan, in words. */
  readonly handedOn: readonly string[];
}

/** What is known of a name, or which names there are instead. */
export type WhoCanRead =
  | { readonly kind: 'readings'; readonly readings: readonly Reading[] }
  | { readonly kind: 'value'; readonly edges: readonly string[] }
  | { readonly kind: 'unknown'; readonly existing: readonly string[] };

/** `name`: `Customer.accounts`, `Query.account(id:)`, `Filter.from` or a type. Linear in the graph. */
export function whoCanRead(draft: Draft, name: string): WhoCanRead {
  const { labels, valueFields, valueTypes } = draft.classification;
  const asked = [...labels.values()].filter(({ coordinate, owner }) => coordinate === name || owner === name);
  if (asked.length > 0) return { kind: 'readings', readings: asked.map((label) => readingOf(draft, label)) };
  const [type = ''] = name.split('.');
  if (valueFields.has(name) || valueTypes.has(name)) return { kind: 'value', edges: edgesInto(draft, type) };
  return { kind: 'unknown', existing: existingLike(draft, name) };
}

/** Fields whose value holds this value type: they decide who reads it. */
function edgesInto({ classification }: Draft, type: string): string[] {
  return [...classification.labels.values()]
    .filter(({ target }) => target.kind === 'value' && target.name === type)
    .map(({ coordinate }) => coordinate);
}

/** The type's own coordinates where there is such a type; else names that hold the word; else all types. */
function existingLike({ classification }: Draft, name: string): string[] {
  const all = [...classification.labels.keys(), ...classification.valueFields];
  const [type = '', field = ''] = name.toLowerCase().split('.');
  const ofType = all.filter((coordinate) => coordinate.toLowerCase().startsWith(`${type}.`));
  const word = field.replace(/\W.*$/, '');
  const near = all.filter((coordinate) => word !== '' && coordinate.toLowerCase().includes(word));
  if (ofType.length > 0) return ofType;
  return near.length > 0 ? near : [...new Set(all.map((coordinate) => coordinate.split('.')[0] ?? ''))].sort();
}

function readingOf(draft: Draft, label: Label): Reading {
  const row = rowOf(draft, label);
  return {
    row,
    rule: ruleOf(label),
    ruleByType: rulesByType(draft, label),
    readers: purposes.flatMap((purpose) => readerOf(draft, purpose, { label, verdict: row.cells[purpose] })),
    handedOn: draft.flow.edges
      .filter(({ from, to }) => from === label.coordinate && to.startsWith('subgraph '))
      .map(({ words }) => words),
  };
}

function rulesByType({ views }: Draft, label: Label): Reading['ruleByType'] {
  const { schema } = views['first-party'];
  const type = schema.getType(label.owner);
  if (!isInterfaceType(type)) return {};
  return Object.fromEntries(
    schema.getPossibleTypes(type).map(({ name }) => {
      const own = (place: string): string => `${name}${place.slice(label.owner.length)}`;
      const { coordinate, field } = label;
      return [name, ruleOf({ ...label, owner: name, coordinate: own(coordinate), field: own(field) })];
    }),
  );
}

function ruleOf({ kind, owner, field, coordinate }: Label): string | undefined {
  const name = field.slice(owner.length + 1);
  if (kind === 'field') return permissions[owner]?.[name]?.name;
  const argument = /\((.*):\)$/.exec(coordinate)?.[1] ?? '';
  const rule = argumentPermissions[owner]?.[name]?.[argument];
  return rule && `takes ${rule.categories.join(' and ')}`;
}

interface Asked {
  readonly label: Label;
  readonly verdict: MatrixRow['cells'][Purpose];
}

function readerOf(draft: Draft, purpose: Purpose, { label, verdict }: Asked): Reader[] {
  if (verdict === 'deny') return [];
  const { matrix } = draft.table;
  const needs = draft.table.needs(label.coordinate);
  const control = maskOf(controlCategories);
  const own = needs & control && purpose === 'CONSENT_MANAGEMENT';
  return [
    {
      purpose,
      cells: Object.fromEntries(
        categoriesOf(needs).map((word) => [word, matrix.rows.get(purpose)?.get(word) ?? 'open']),
      ),
      scope: scopeFor(draft, purpose, label.coordinate),
      consentAndAgreement: own ? [] : categoriesOf(needs & financialMask),
      below: verdict === 'item' ? anchorsTo(draft, purpose, label.owner) : [],
    },
  ];
}

/** The words of its categories, and every other word without which the gateway's own verdict is a denial. */
function scopeFor({ table }: Draft, purpose: Purpose, coordinate: string): string[] {
  const admitted = admittedScope(purpose, admittedBy(table));
  const words = [...admitted.keys()];
  const permits = (chosen: readonly string[]): boolean => {
    const { mask, words: scopeWords } = readScope(chosen.join(' '), admitted);
    const verdicts = new Verdicts(table, { purpose, scope: mask, scopeWords });
    return verdicts.permits(coordinate, false) || verdicts.permits(coordinate, true);
  };
  const needed = categoriesOf(table.needs(coordinate)).map(scopeOf);
  return words.filter((word) => needed.includes(word) || !permits(words.filter((other) => other !== word)));
}

function anchorsTo({ table, classification }: Draft, purpose: Purpose, owner: string): string[] {
  const edges = [...(table.matrix.anchors.get(purpose) ?? [])];
  return edges.filter((edge) => classification.labels.get(edge)?.target.reaches.includes(owner));
}

/** For a terminal: a paragraph for each coordinate. */
export function whoCanReadText(found: WhoCanRead, name: string): string {
  switch (found.kind) {
    case 'readings':
      return found.readings.map((reading) => `${readingLines(reading).join('\n')}\n`).join('\n');
    case 'value':
      return `${name} is part of a value: whoever reads an edge that leads to it reads it\n${indented(found.edges)}`;
    case 'unknown':
      return `there is no \`${name}\`; there is:\n${indented(found.existing)}`;
  }
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}\n`).join('');
}

/** One rule, or that of each type where an interface has none of its own. */
function ruleLines({ rule, ruleByType }: Reading): string[] {
  const types = Object.entries(ruleByType);
  if (types.length === 0) return [`  rule of the second book: ${rule ?? 'none of its own'}`];
  return types.map(([type, own]) => `  rule of the second book for ${type}: ${own ?? 'none'}`);
}

function readingLines(reading: Reading): string[] {
  const { row, readers, handedOn } = reading;
  const { coordinate, categories, from, owners, reaching, paths, inaccessible } = row;
  const inputs = from.length === 0 ? '' : `, from ${from.join(', ')}`;
  const arriving = reaching.filter((word) => !categories.includes(word));
  return [
    `${coordinate}: ${categories.join(' and ')}${inputs}${inaccessible ? ' (the gateway fetches it for itself; never emitted)' : ''}`,
    ...owners.map(({ file, line, column }) => `  stated at ${file}:${line}:${column}`),
    ...ruleLines(reading),
    ...(readers.length === 0 ? ['  nobody may read it'] : readers.map(readerLine)),
    ...(arriving.length === 0 ? [] : [`  what flows in: ${arriving.join(', ')}`]),
    ...paths.map((path) => `    ${path.map(({ words }) => words).join('; ')}`),
    ...(handedOn.length === 0 ? [] : ['  travels on:', ...handedOn.map((words) => `    ${words}`)]),
  ];
}

function readerLine({ purpose, cells, scope, consentAndAgreement, below }: Reader): string {
  const matrix = Object.entries(cells).map(([word, cell]) => `${word} ${cell}`);
  const conditions = [
    `matrix ${matrix.join(', ')}`,
    ...(scope.length === 0 ? [] : [`scope ${scope.join(' ')}`]),
    ...(consentAndAgreement.length === 0 ? [] : [`consent and agreement for ${consentAndAgreement.join(', ')}`]),
    ...(below.length === 0 ? [] : [`only below ${below.join(', ')}`]),
  ];
  return `  ${purpose}: ${conditions.join('; ')}`;
}
