import type { DocumentNode } from 'graphql';
import type { Problem } from '../fault/index.js';
import type { Matrix } from './matrix.js';

/**
 * Where a list of the matrix names a field of an interface and not the same field of an implementer, or the reverse: a
 * position can be read under either name, and must get the same verdict.
 */
export function familyProblems(graph: DocumentNode, matrix: Matrix): Problem[] {
  const members = inheritedIn(graph);
  return listsOf(matrix).flatMap(({ name, coordinates }) =>
    members
      .filter(({ own, inherited }) => coordinates.has(own) !== coordinates.has(inherited))
      .map(({ own, inherited }) => {
        const [listed, other] = coordinates.has(own) ? [own, inherited] : [inherited, own];
        const message = `\`${name}\` of \`policy/matrix.yaml\` lists \`${listed}\` without \`${other}\`; list both or neither`;
        return { code: 'MATRIX', message, coordinate: other };
      }),
  );
}

/** Each field of an interface, with the same field of each of its implementers. */
function inheritedIn(graph: DocumentNode): { readonly own: string; readonly inherited: string }[] {
  const fields = new Map(
    graph.definitions.flatMap((type) =>
      'interfaces' in type ? [[type.name.value, (type.fields ?? []).map(({ name }) => name.value)] as const] : [],
    ),
  );
  return graph.definitions.flatMap((type) => {
    if (!('interfaces' in type)) return [];
    return (type.interfaces ?? []).flatMap((parent) =>
      (fields.get(parent.name.value) ?? []).map((field) => {
        return { own: `${type.name.value}.${field}`, inherited: `${parent.name.value}.${field}` };
      }),
    );
  });
}

function listsOf({
  anchors,
  picking,
  entries,
}: Matrix): { readonly name: string; readonly coordinates: ReadonlySet<string> }[] {
  return [
    { name: 'picking', coordinates: picking },
    ...[...anchors].map(([purpose, coordinates]) => ({ name: `anchors.${purpose}`, coordinates })),
    ...[...entries].flatMap(([category, byPurpose]) =>
      [...byPurpose].map(([purpose, coordinates]) => ({ name: `entries.${category}.${purpose}`, coordinates })),
    ),
  ];
}
