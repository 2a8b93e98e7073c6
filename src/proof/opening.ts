/** Two policy tables → what the first opens and the second keeps closed, as operations that a purpose could send. */
import { categoriesOf, compileTable, purposes, type Matrix, type PolicyTable, type Purpose } from '../policy/index.js';
import type { Label } from '../supergraph/index.js';
import type { Replay } from './counterexample.js';
import type { Aim } from './minimalOperation.js';

/** Replays of every position that the table opens and the other does not; fields before what is given to them. */
export function openings(table: PolicyTable, closed: PolicyTable, leak = 'would read'): readonly Replay[] {
  const labels = [...closed.classification.labels.values()].filter(({ inaccessible }) => !inaccessible);
  const first = labels.filter(({ kind }) => kind === 'field');
  const given = labels.filter(({ kind }) => kind !== 'field');
  return [...first, ...given].flatMap((label) =>
    purposes.flatMap((purpose) =>
      aimsAt({ table, closed }, purpose, label).map((aim) => ({
        purpose,
        aims: [aim],
        leak: `${purpose} ${leak} ${categoriesOf(table.needs(label.coordinate)).join(' and ')} at ${label.coordinate}`,
      })),
    ),
  );
}

interface Pair {
  readonly table: PolicyTable;
  readonly closed: PolicyTable;
}

/** Where it stands by itself, or else below the edges that lead to its type. */
function aimsAt({ table, closed }: Pair, purpose: Purpose, { coordinate, owner }: Label): readonly Aim[] {
  const opens = (item: boolean, shut = item): boolean =>
    table.verdict(purpose, coordinate, item) === 'allow' && closed.verdict(purpose, coordinate, shut) === 'deny';
  if (opens(false)) return [{ coordinate }];
  const anchors = [...(table.matrix.anchors.get(purpose) ?? [])];
  const edges = anchors.filter((edge) => table.classification.labels.get(edge)?.target.reaches.includes(owner));
  return edges.filter((edge) => opens(true, closed.anchors(purpose, edge))).map((below) => ({ coordinate, below }));
}

/**
 * The table as it would be without one entry of `policy/matrix.yaml`, named by its keys: `anchors.FRAUD_ALERTS.0`,
 * `writes.Mutation.sendPayment.1`, `rows.ANALYTICS.BALANCE`. Undefined for other names.
 */
export function tableWithout({ classification, matrix }: PolicyTable, entry: string): PolicyTable | undefined {
  const bare = matrixWithout(matrix, entry.split('.'));
  return bare && compileTable(classification, bare);
}

function matrixWithout(matrix: Matrix, [list, ...keys]: readonly string[]): Matrix | undefined {
  const index = Number(keys.at(-1));
  const name = keys.slice(0, -1).join('.');
  switch (list) {
    case 'rows':
      return { ...matrix, rows: changed(matrix.rows, keys[0], (row) => changed(row, keys[1], () => 'deny' as const)) };
    case 'anchors':
      return { ...matrix, anchors: changed(matrix.anchors, name, (edges) => setWithout(edges, index)) };
    case 'picking':
      return { ...matrix, picking: setWithout(matrix.picking, index) };
    case 'writes':
      return { ...matrix, writes: changed(matrix.writes, name, (writers) => setWithout(writers, index)) };
    case 'entries': {
      const without = (byPurpose: ReadonlyMap<Purpose, ReadonlySet<string>>): typeof byPurpose =>
        changed(byPurpose, keys[1], (set) => setWithout(set, index));
      return { ...matrix, entries: changed(matrix.entries, keys[0], without) };
    }
    default:
      return undefined;
  }
}

function changed<K extends string, V>(map: ReadonlyMap<K, V>, key: string | undefined, change: (value: V) => V) {
  return new Map([...map].map(([one, value]) => [one, one === key ? change(value) : value] as const));
}

function setWithout<V>(set: ReadonlySet<V>, index: number): ReadonlySet<V> {
  return new Set([...set].filter((_, at) => at !== index));
}
