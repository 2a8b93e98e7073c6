/** Purpose, scope and a path of fields → where the domain denies it first. Shares no code with src/policy. */
import * as table from './domainTable.js';

/** Who asks. */
export interface Asker {
  readonly purpose: string;
  readonly scope: ReadonlySet<string>;
}

/** One field on the way from the root, and the arguments that it is given. */
export interface Step {
  readonly type: string;
  readonly field: string;
  readonly args: readonly string[];
  /** The named type of the field. */
  readonly target: string;
  /** True when `type` has no categories of its own. */
  readonly onValue: boolean;
}

/** The four views of the graph (section 5). */
export type View = 'first-party' | 'ads' | 'audit' | 'open';

/** The view of a purpose. */
export function viewOf(purpose: string): View {
  if (purpose === 'COMPLIANCE_AUDIT') return 'audit';
  if (purpose.startsWith('AD_')) return 'ads';
  return table.columns.some((category) => table.cellOf(purpose, category) !== '-') ? 'first-party' : 'open';
}

/** Every purpose of the first-party view. */
export const firstPartyPurposes = table.everyPurpose.filter((purpose) => viewOf(purpose) === 'first-party');

/** The scope word of a category. */
export function wordOf(category: string): string {
  return `data:${category.toLowerCase().replaceAll('_', '-')}`;
}

/** All that a purpose admits (section 4). */
export function fullScope(purpose: string): ReadonlySet<string> {
  const own = table.purposeScope[purpose];
  const data = table.columns.filter((category) => table.cellOf(purpose, category) !== '-').map(wordOf);
  return new Set([...(viewOf(purpose) === 'first-party' ? data : []), ...(own === undefined ? [] : [own])]);
}

/** The index of the first step that is denied; undefined for a path that is allowed to its end. */
export function firstDenied(asker: Asker, steps: readonly Step[]): number | undefined {
  let item = false;
  for (const [index, step] of steps.entries()) {
    if (step.onValue) continue;
    if (!permits(asker, step, item)) return index;
    item = table.anchors[coordinateOf(step)] === asker.purpose;
  }
  return undefined;
}

/** Whether the field of a step, with its arguments, is allowed on an object that hangs on an anchor or does not. */
export function permits(asker: Asker, step: Step, item: boolean): boolean {
  const field = coordinateOf(step);
  const places = table.places[field];
  if (places !== undefined && !places.includes(asker.purpose)) return false;
  // What `consent:manage` is for, the domain leaves to its name.
  if (field.endsWith('Consent') && step.type === 'Mutation' && !asker.scope.has('consent:manage')) return false;
  const coordinates = [field, ...step.args.map((arg) => `${field}(${arg}:)`)];
  return coordinates.every((coordinate) =>
    categoriesOf(coordinate).every(
      (category) => reads(asker.purpose, category, { step, coordinate, item }) && names(asker, category),
    ),
  );
}

/** The categories of a step's field and arguments that a scope must name. */
export function scopedCategories(step: Step): readonly string[] {
  if (step.onValue) return [];
  const field = coordinateOf(step);
  const all = [field, ...step.args.map((arg) => `${field}(${arg}:)`)].flatMap(categoriesOf);
  return [...new Set(all)].filter((category) => !table.openCategories.includes(category));
}

/** Every coordinate that the table labels. */
export function labelledCoordinates(): readonly string[] {
  return [...labels.keys()];
}

function coordinateOf({ type, field }: Step): string {
  return `${type}.${field}`;
}

const labels = new Map(
  Object.entries(table.labels).flatMap(([type, text]) => {
    let current: readonly string[] = [];
    return text.split(/\s+/).flatMap((word): [string, readonly string[]][] => {
      if (!/^[A-Z_+]+$/.test(word)) return word === '' ? [] : [[`${type}.${word}`, current]];
      current = word.split('+');
      return [];
    });
  }),
);

function categoriesOf(coordinate: string): readonly string[] {
  const found = labels.get(coordinate);
  if (found === undefined) throw new RangeError(`the table does not label \`${coordinate}\``);
  return found;
}

interface Place {
  readonly step: Step;
  readonly coordinate: string;
  readonly item: boolean;
}

function reads(purpose: string, category: string, { step, coordinate, item }: Place): boolean {
  if (table.openCategories.includes(category)) return true;
  const audited = /^Audited|^Query\.audited/.test(coordinate);
  switch (table.cellOf(purpose, category)) {
    case 'A':
      return true;
    case 'I':
      return table.anchors[coordinate] === purpose || (item && !leadsToItem(step));
    case 'W':
      return coordinate.endsWith(':)');
    case 'own':
      return !audited;
    case 'all':
      return audited;
    case 'pick':
      return picks(step, coordinate);
    case '-':
      return false;
  }
}

/** A field of an item is its own, save an edge to one more item: what hangs there, only an anchor may show. */
function leadsToItem({ target }: Step): boolean {
  return ['Transaction', 'Payment', 'FraudAlert'].includes(target);
}

function picks({ type, field }: Step, coordinate: string): boolean {
  const { edges, fields, types } = table.picking;
  return (
    edges.includes(coordinate) || table.telling.includes(coordinate) || (types.includes(type) && fields.includes(field))
  );
}

function names({ purpose, scope }: Asker, category: string): boolean {
  if (table.openCategories.includes(category)) return true;
  if (purpose === 'COMPLIANCE_AUDIT') return scope.has('audit:read');
  if (category === 'RELATIONSHIP') return [...scope].some(isFinancialWord);
  return scope.has(wordOf(category));
}

/** Any financial word implies RELATIONSHIP. */
function isFinancialWord(word: string): boolean {
  return word.startsWith('data:') && !table.controlCategories.map(wordOf).includes(word);
}
