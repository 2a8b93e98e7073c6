/** `policy/matrix.yaml` → the line of each cell, for findings about a whole category. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlias, isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { SourceLocation } from '../fault/index.js';
import type { DataCategory, Purpose } from '../policy/index.js';

/** Where a cell is written: its row's line where the row does not name the category. */
export type CellPlace = (purpose: Purpose, category: DataCategory) => SourceLocation;

const file = 'policy/matrix.yaml';

/** Reads the file when first asked. A row that stands for another (`*never`) leads to the lines of that one. */
export function readCellPlaces(root: string): CellPlace {
  let places: CellPlace | undefined;
  return (purpose, category) => {
    places ??= placesIn(readFileSync(join(root, file), 'utf8'));
    return places(purpose, category);
  };
}

function placesIn(text: string): CellPlace {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  return (purpose, category) => {
    const { line, col } = lines.linePos(offsetOf(document, ['rows', purpose, category]));
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
}

function offsetOf(document: Document, path: readonly string[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of path) {
    const map = isAlias(node) ? node.resolve(document) : node;
    const pair = isMap(map) ? map.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
    if (!pair || !isScalar(pair.key)) return offset;
    offset = pair.key.range?.[0] ?? offset;
    node = pair.value;
  }
  return offset;
}
