import type { Problem } from '../fault/index.js';
import type { Classification, Label } from '../supergraph/index.js';
import type { Cell, Matrix } from './matrix.js';
import type { FilePath } from './policyFile.js';
import {
  categoriesOf,
  maskOf,
  openCategories,
  purposes,
  viewOf,
  type DataCategory,
  type Purpose,
} from './vocabulary.js';

/** Makes a problem at a key of the matrix file. */
export type ProblemAt = (path: FilePath, code: string, message: string) => Problem;

/**
 * What the matrix's lists get wrong about the graph: coordinates that do not exist, anchor edges that lead nowhere or
 * are denied, mutations without writers, open categories that nobody or everybody reads.
 */
export function matrixProblems(matrix: Matrix, { labels }: Classification, problemAt: ProblemAt): Problem[] {
  const check: Check = { matrix, labels, problemAt };
  return [...anchorProblems(check), ...pickingProblems(check), ...writeProblems(check), ...entryProblems(check)];
}

interface Check {
  readonly matrix: Matrix;
  readonly labels: ReadonlyMap<string, Label>;
  readonly problemAt: ProblemAt;
}

const unknownCoordinate = (coordinate: string): string => `names \`${coordinate}\`; expected a coordinate of the graph`;

function anchorProblems({ matrix, labels, problemAt }: Check): Problem[] {
  return [...matrix.anchors].flatMap(([purpose, edges]) =>
    [...edges].flatMap((edge, index) => {
      const message = anchorFinding(matrix, purpose, labels.get(edge)) ?? '';
      return message === '' ? [] : [problemAt(['anchors', purpose, index], 'MATRIX', `${message}: \`${edge}\``)];
    }),
  );
}

function anchorFinding(matrix: Matrix, purpose: Purpose, edge: Label | undefined): string | undefined {
  if (viewOf(purpose) !== 'first-party') return 'opens items to a purpose without a customer';
  if (edge?.kind !== 'field' || edge.target.kind !== 'entity') return 'expected an edge from an object to an object';
  const closed = categoriesOf(edge.categories).filter(
    (category) => !isItemCell(matrix.rows.get(purpose)?.get(category)),
  );
  return closed.length > 0
    ? `expected the cells of ${closed.map((word) => `\`${word}\``).join(', ')} to be \`allow\` or \`item\``
    : undefined;
}

function isItemCell(cell: Cell | undefined): boolean {
  return cell === 'allow' || cell === 'item';
}

function pickingProblems({ matrix, labels, problemAt }: Check): Problem[] {
  const picked = maskOf(
    [...matrix.rows.values()].flatMap((row) => [...row].flatMap(([word, cell]) => (cell === 'picking' ? [word] : []))),
  );
  return [...matrix.picking].flatMap((coordinate, index) => {
    const label = labels.get(coordinate);
    if (!label) return [problemAt(['picking', index], 'MATRIX', unknownCoordinate(coordinate))];
    if ((label.categories & picked) !== 0) return [];
    return [problemAt(['picking', index], 'MATRIX', `\`${coordinate}\` carries no category with a cell \`picking\``)];
  });
}

function writeProblems({ matrix, labels, problemAt }: Check): Problem[] {
  const mutations = [...labels.values()].filter(({ kind, owner }) => kind === 'field' && owner === 'Mutation');
  const missing = mutations
    .filter(({ coordinate }) => !matrix.writes.has(coordinate))
    .map(({ coordinate }) => problemAt(['writes'], 'MATRIX', `does not list \`${coordinate}\`; expected its purposes`));
  const listed = [...matrix.writes].flatMap(([coordinate, writers]) => {
    if (!mutations.some((label) => label.coordinate === coordinate)) {
      return [problemAt(['writes', coordinate], 'MATRIX', unknownCoordinate(coordinate))];
    }
    return [...writers].flatMap((purpose, index) => {
      if (viewOf(purpose) === 'first-party') return [];
      return [
        problemAt(['writes', coordinate, index], 'MATRIX', `lets \`${purpose}\` write; expected a first-party purpose`),
      ];
    });
  });
  return [...missing, ...listed];
}

function entryProblems({ matrix, labels, problemAt }: Check): Problem[] {
  const everyone = new Set<DataCategory>(categoriesOf(matrix.open));
  const coverage = openCategories.flatMap((category) => {
    if (everyone.has(category) !== matrix.entries.has(category)) return [];
    return [
      problemAt(['open'], 'MATRIX', `expected \`${category}\` under \`open\` or under \`entries\`, and not under both`),
    ];
  });
  return [
    ...coverage,
    ...[...matrix.entries].flatMap((entry) => coordinateProblems({ matrix, labels, problemAt }, entry)),
  ];
}

function coordinateProblems(
  { labels, problemAt }: Check,
  [category, byPurpose]: readonly [DataCategory, ReadonlyMap<Purpose, ReadonlySet<string>>],
): Problem[] {
  const bit = maskOf([category]);
  return purposes.flatMap((purpose) =>
    [...(byPurpose.get(purpose) ?? [])].flatMap((coordinate, index) => {
      const path = ['entries', category, purpose, index];
      const label = labels.get(coordinate);
      if (!label) return [problemAt(path, 'MATRIX', unknownCoordinate(coordinate))];
      return (label.categories & bit) === 0
        ? [problemAt(path, 'MATRIX', `\`${coordinate}\` does not carry \`${category}\``)]
        : [];
    }),
  );
}
