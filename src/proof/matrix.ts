/** The table of purposes and coordinates as the proof found it: what reports print, and what `who-can-read` asks. */
import type { SourceLocation } from '../fault/index.js';
import { categoriesOf, maskOf, purposes, type DataCategory, type Purpose } from '../policy/index.js';
import type { FlowStep, Label } from '../supergraph/index.js';
import type { Draft } from './subject.js';

/** `allow`: at every position; `item`: below an anchor edge of the purpose only. */
export type MatrixVerdict = 'allow' | 'item' | 'deny';

/** One coordinate with its label, and who may read it or give it before scope, consent and agreement. */
export interface MatrixRow {
  readonly coordinate: string;
  readonly kind: Label['kind'];
  readonly categories: readonly DataCategory[];
  readonly from: readonly DataCategory[];
  readonly reduced: boolean;
  readonly inaccessible: boolean;
  /** Label and all that flows in. */
  readonly reaching: readonly DataCategory[];
  /** By which path what the label does not name arrives; empty where nothing does. */
  readonly paths: readonly (readonly FlowStep[])[];
  readonly owners: readonly SourceLocation[];
  readonly cells: Readonly<Record<Purpose, MatrixVerdict>>;
}

/** A row per coordinate, sorted as the classification is. Linear in coordinates × purposes. */
export function proofMatrix(draft: Draft): readonly MatrixRow[] {
  return [...draft.classification.labels.values()].map((label) => rowOf(draft, label));
}

/** The row of one label. */
export function rowOf(draft: Draft, label: Label): MatrixRow {
  const { coordinate, kind, categories, from = 0, reduced, inaccessible, locations } = label;
  const reaching = (draft.flow.reaching.get(coordinate) ?? 0) | categories;
  const arriving = categoriesOf(reaching & ~(categories | from));
  return {
    coordinate,
    kind,
    categories: categoriesOf(categories),
    from: categoriesOf(from),
    reduced,
    inaccessible,
    reaching: categoriesOf(reaching),
    paths: arriving.map((word) => draft.flow.pathTo(coordinate, maskOf([word]))).filter((path) => path.length > 0),
    owners: locations,
    cells: Object.fromEntries(
      purposes.map((purpose) => [purpose, verdictFor(draft, purpose, coordinate)]),
    ) as MatrixRow['cells'],
  };
}

function verdictFor({ table }: Draft, purpose: Purpose, coordinate: string): MatrixVerdict {
  if (!table.canMeet(purpose, coordinate)) return 'deny';
  if (table.verdict(purpose, coordinate, false) === 'allow') return 'allow';
  return table.verdict(purpose, coordinate, true) === 'allow' ? 'item' : 'deny';
}
