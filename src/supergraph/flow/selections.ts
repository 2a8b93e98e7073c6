/** What travels along selections: values below an edge, rows along edges, and between interfaces and implementers. */
import type { Label } from '../classification.js';
import { interfacesOf, typesIn, type Draw, type Drawing, type SubgraphType } from './drawing.js';
import type { FlowReason } from './flow.js';
import { rowsNode } from './nodes.js';

/** The fields of value types take what the edge that reaches them carries. */
export function drawValues(drawing: Drawing, draw: Draw): void {
  const { valueTypes } = drawing.classification;
  for (const { fields } of typesIn(drawing)) {
    for (const { kind, coordinate: from, subgraph: by, location } of fields) {
      const target = drawing.typeOf.get(from) ?? '';
      if (kind !== 'field' || !valueTypes.has(target)) continue;
      const below = [...(drawing.types.get(target)?.values() ?? [])].flatMap((type) => type.fields);
      for (const to of new Set(below.map(({ coordinate }) => coordinate))) {
        draw({ from, to, reason: 'selection', words: `\`${to}\` is read below \`${from}\``, by, location });
      }
    }
  }
}

/** Rows come about along edges: that a row is there tells what every edge on the way to it tells. */
export function drawRows(drawing: Drawing, draw: Draw): void {
  const { labels } = drawing.classification;
  for (const { name, fields } of typesIn(drawing)) {
    for (const { kind, coordinate, subgraph: by, location } of fields) {
      const label = kind === 'field' ? labels.get(coordinate) : undefined;
      if (!label || label.target.reaches.length === 0) continue;
      const reason = label.list || label.target.kind === 'value' ? 'fan-out' : 'selection';
      const step = { reason, by, location } as const;
      const to = rowsNode(coordinate);
      draw({ ...step, from: coordinate, to, words: `\`${coordinate}\` says which rows are there` });
      draw({ ...step, from: rowsNode(name), to, words: `\`${coordinate}\` is read on rows of \`${name}\`` });
      for (const type of label.target.reaches) {
        draw({ ...step, from: to, to: rowsNode(type), words: `\`${coordinate}\` leads to rows of \`${type}\`` });
      }
    }
    drawKin(drawing, draw, name);
  }
}

/** A row of an implementer is a row of its interfaces: a subgraph can be asked for it under either name. */
function drawKin(drawing: Drawing, draw: Draw, name: string): void {
  for (const type of drawing.types.get(name)?.values() ?? []) {
    for (const parent of interfacesOf(type)) {
      const words = `rows of \`${name}\` are rows of \`${parent}\``;
      draw({ from: rowsNode(name), to: rowsNode(parent), reason: 'interface', words, by: type.subgraph });
    }
  }
}

/**
 * Whether a row is there, how many, and in which order is what the row itself tells. An edge whose label covers no public
 * field of the rows that it leads to gets what the least guarded of those fields carries.
 */
export function drawExistence(drawing: Drawing, draw: Draw, covers: (label: Label, inner: Label) => boolean): void {
  const { labels } = drawing.classification;
  const publicFields = new Map<string, Label[]>();
  for (const label of labels.values()) {
    if (label.kind !== 'field' || label.inaccessible) continue;
    publicFields.set(label.owner, [...(publicFields.get(label.owner) ?? []), label]);
  }
  for (const statement of typesIn(drawing).flatMap(({ fields }) => fields)) {
    const edge = statement.kind === 'field' ? labels.get(statement.coordinate) : undefined;
    for (const type of edge?.target.reaches ?? []) {
      const inner = publicFields.get(type) ?? [];
      const least = [...inner].sort((a, b) => bitCount(a.categories) - bitCount(b.categories))[0];
      if (!edge || !least || inner.some((field) => covers(edge, field))) continue;
      const { coordinate: to, subgraph: by, location } = statement;
      const words = `\`${to}\` tells whether rows of \`${type}\` are there`;
      draw({ from: least.coordinate, to, reason: existenceReason(edge), words, by, location });
    }
  }
}

function existenceReason({ owner, list, target }: Label): FlowReason {
  if (owner === 'Mutation') return 'outcome';
  return list || target.kind === 'value' ? 'fan-out' : 'selection';
}

/** A position typed as an interface answers with an implementer's value, and the reverse. */
export function drawInterfaces(drawing: Drawing, draw: Draw): void {
  const { labels } = drawing.classification;
  for (const type of typesIn(drawing)) {
    for (const parent of interfacesOf(type)) {
      const reason = isInterfaceObject(drawing, parent) ? 'interfaceObject' : 'interface';
      for (const own of memberCoordinates(drawing, parent, type)) {
        const inherited = `${parent}${own.slice(type.name.length)}`;
        if (!labels.has(own) || !labels.has(inherited)) continue;
        const step = { reason, by: type.subgraph } as const;
        draw({ ...step, from: own, to: inherited, words: `\`${inherited}\` is answered by \`${own}\`` });
        draw({ ...step, from: inherited, to: own, words: `\`${own}\` is read as \`${inherited}\`` });
      }
    }
  }
}

/** The coordinates of the implementer for every member of the interface, wherever either is written. */
function memberCoordinates({ types }: Drawing, parent: string, { name }: SubgraphType): Set<string> {
  const members = [...(types.get(parent)?.values() ?? [])].flatMap(({ fields }) => fields);
  return new Set(members.map(({ coordinate }) => `${name}${coordinate.slice(parent.length)}`));
}

function isInterfaceObject(drawing: Drawing, name: string): boolean {
  return [...(drawing.types.get(name)?.values() ?? [])].some(({ subgraph, statements }) =>
    statements.some(({ node }) => drawing.uses(subgraph, node, 'interfaceObject').length > 0),
  );
}

function bitCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
