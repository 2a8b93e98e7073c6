/** What travels along selections: values below an edge, rows along edges, and between interfaces and implementers. */
import type { Label } from '../classification.js';
import type { FieldStatement } from '../statement.js';
import { guardedCount, interfacesOf, typesIn, type DrawnStep, type Drawing, type SubgraphType } from './drawing.js';
import type { FlowReason } from './flow.js';
import { rowsNode } from './nodes.js';

/** The fields of value types take what the edge that reaches them carries. */
export function values(drawing: Drawing): DrawnStep[] {
  const { valueTypes } = drawing.classification;
  const edges = fieldsIn(drawing).filter(({ coordinate }) => valueTypes.has(drawing.typeOf.get(coordinate) ?? ''));
  return edges.flatMap(({ coordinate: from, subgraph: by, location }): DrawnStep[] => {
    const targets = drawing.types.get(drawing.typeOf.get(from) ?? '')?.values() ?? [];
    const below = new Set([...targets].flatMap(({ fields }) => fields).map(({ coordinate }) => coordinate));
    const step = { from, reason: 'selection', by, location } as const;
    return [...below].map((to) => ({ ...step, to, words: `\`${to}\` is read below \`${from}\`` }));
  });
}

/** Rows come about along edges: that a row is there tells what every edge on the way to it tells. */
export function rows(drawing: Drawing): DrawnStep[] {
  return [...fieldsIn(drawing).flatMap((field) => rowsBelow(drawing, field)), ...kin(drawing)];
}

function rowsBelow(drawing: Drawing, { coordinate, owner, subgraph: by, location }: FieldStatement): DrawnStep[] {
  const label = drawing.classification.labels.get(coordinate);
  if (!label || label.target.reaches.length === 0) return [];
  const step = { reason: fanOutReason(label), by, location };
  const to = rowsNode(coordinate);
  return [
    { ...step, from: coordinate, to, words: `\`${coordinate}\` says which rows are there` },
    { ...step, from: rowsNode(owner), to, words: `\`${coordinate}\` is read on rows of \`${owner}\`` },
    ...label.target.reaches.map((type) => {
      return { ...step, from: to, to: rowsNode(type), words: `\`${coordinate}\` leads to rows of \`${type}\`` };
    }),
  ];
}

/** A row of an implementer is a row of its interfaces: a subgraph can be asked for it under either name. */
function kin(drawing: Drawing): DrawnStep[] {
  return typesIn(drawing).flatMap((type) =>
    interfacesOf(type).map((parent) => {
      const words = `rows of \`${type.name}\` are rows of \`${parent}\``;
      return { from: rowsNode(type.name), to: rowsNode(parent), reason: 'interface', words, by: type.subgraph };
    }),
  );
}

/**
 * Whether a row is there, how many, and in which order is what the row itself tells. An edge whose label covers no public
 * field of the rows that it leads to gets what the least guarded of those fields carries.
 */
export function existence(drawing: Drawing, covers: (label: Label, inner: Label) => boolean): DrawnStep[] {
  const { labels } = drawing.classification;
  const shown = publicFields(drawing);
  return fieldsIn(drawing).flatMap(({ coordinate: to, subgraph: by, location }) => {
    const edge = labels.get(to);
    return (edge?.target.reaches ?? []).flatMap((type) => {
      const inner = shown.get(type) ?? [];
      const [least] = inner;
      if (!edge || !least || inner.some((field) => covers(edge, field))) return [];
      const words = `\`${to}\` tells whether rows of \`${type}\` are there`;
      const reason = edge.owner === 'Mutation' ? 'outcome' : fanOutReason(edge);
      return [{ from: least.coordinate, to, reason, words, by, location }];
    });
  });
}

/** Type → its fields that clients can select, the least guarded first. */
function publicFields(drawing: Drawing): Map<string, Label[]> {
  const shown = new Map<string, Label[]>();
  for (const label of drawing.classification.labels.values()) {
    if (label.kind !== 'field' || label.inaccessible) continue;
    const fields = shown.get(label.owner);
    if (fields) fields.push(label);
    else shown.set(label.owner, [label]);
  }
  for (const fields of shown.values()) {
    fields.sort((a, b) => guardedCount(drawing, [a.coordinate]) - guardedCount(drawing, [b.coordinate]));
  }
  return shown;
}

function fanOutReason({ list, target }: Label): FlowReason {
  return list || target.kind === 'value' ? 'fan-out' : 'selection';
}

/** A position typed as an interface answers with an implementer's value, and the reverse. */
export function interfaces(drawing: Drawing): DrawnStep[] {
  return typesIn(drawing).flatMap((type) =>
    interfacesOf(type).flatMap((parent) => {
      const reason = isInterfaceObject(drawing, parent) ? 'interfaceObject' : 'interface';
      return membersOf(drawing, parent, type).flatMap(([own, inherited]): DrawnStep[] => {
        const step = { reason, by: type.subgraph } as const;
        return [
          { ...step, from: own, to: inherited, words: `\`${inherited}\` is answered by \`${own}\`` },
          { ...step, from: inherited, to: own, words: `\`${own}\` is read as \`${inherited}\`` },
        ];
      });
    }),
  );
}

/** The labelled members that an interface and an implementer share: the implementer's coordinate and the interface's. */
function membersOf({ types, classification }: Drawing, parent: string, { name }: SubgraphType): [string, string][] {
  const inherited = [...(types.get(parent)?.values() ?? [])].flatMap(({ fields }) => fields);
  return [...new Set(inherited.map(({ coordinate }) => coordinate))].flatMap((coordinate) => {
    const own = `${name}${coordinate.slice(parent.length)}`;
    return classification.labels.has(own) && classification.labels.has(coordinate) ? [[own, coordinate]] : [];
  });
}

function isInterfaceObject(drawing: Drawing, name: string): boolean {
  return [...(drawing.types.get(name)?.values() ?? [])].some(({ subgraph, statements }) =>
    statements.some(({ node }) => drawing.uses(subgraph, node, 'interfaceObject').length > 0),
  );
}

function fieldsIn(drawing: Drawing): FieldStatement[] {
  return typesIn(drawing).flatMap(({ fields }) => fields.filter(({ kind }) => kind === 'field'));
}
