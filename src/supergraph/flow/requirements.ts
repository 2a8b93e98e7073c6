/** What fields are handed or hand on by directive: `@requires`, `@provides`, `@fromContext`, and owners of one field. */
import { Kind, type ConstDirectiveNode } from 'graphql';
import { argumentOf, usesOf, type FieldStatement } from '../statement.js';
import { placeOf, typesIn, type DrawnStep, type Drawing, type SubgraphType } from './drawing.js';
import { fieldSetText, labelledIn, parseFieldSet } from './fieldSet.js';
import { subgraphNode } from './nodes.js';

/** Required coordinates flow into the field that requires them, and into the subgraph that is handed them. */
export function requirements(drawing: Drawing): DrawnStep[] {
  return fieldUses(drawing, 'requires').flatMap(({ statement, directive }) => {
    const { subgraph: by, coordinate, owner } = statement;
    const set = parseFieldSet(fieldSetText(argumentOf(directive, 'fields')));
    return labelledIn(drawing, owner, set).flatMap((from): DrawnStep[] => {
      const step = { from, reason: 'requires', by, ...placeOf(directive) } as const;
      const handed = `subgraph \`${by}\` is handed \`${from}\`, which \`${coordinate}\` requires`;
      return [
        { ...step, to: coordinate, words: `\`${coordinate}\` in subgraph \`${by}\` requires \`${from}\`` },
        { ...step, to: subgraphNode(by), words: handed },
      ];
    });
  });
}

/** What a field provides below itself is answered along that field, and may say what the field says. */
export function provisions(drawing: Drawing): DrawnStep[] {
  return fieldUses(drawing, 'provides').flatMap(({ statement, directive }) => {
    const { subgraph: by, coordinate: from } = statement;
    const set = parseFieldSet(fieldSetText(argumentOf(directive, 'fields')));
    return labelledIn(drawing, drawing.typeOf.get(from) ?? '', set)
      .filter((to) => to !== from)
      .map((to) => {
        const words = `\`${from}\` in subgraph \`${by}\` provides \`${to}\``;
        return { from, to, reason: 'provides', words, by, ...placeOf(directive) };
      });
  });
}

/** Each of several owners answers the field, and so must be cleared for what any of them says that it carries. */
export function owners(drawing: Drawing): DrawnStep[] {
  return [...drawing.types.values()].flatMap((bySubgraph) => {
    const statements = new Map<string, FieldStatement[]>();
    for (const field of [...bySubgraph.values()].flatMap(({ fields }) => fields)) {
      if (field.kind !== 'field' || isForeign(drawing, field)) continue;
      statements.set(field.coordinate, [...(statements.get(field.coordinate) ?? []), field]);
    }
    return [...statements.values()].flatMap((group) => coOwners(drawing, group));
  });
}

function coOwners(drawing: Drawing, statements: readonly FieldStatement[]): DrawnStep[] {
  const overrides = statements.some(({ subgraph, node }) => drawing.uses(subgraph, node, 'override').length > 0);
  if (new Set(statements.map(({ subgraph }) => subgraph)).size < 2 && !overrides) return [];
  const [reason, verb] = overrides
    ? (['override', 'takes over or hands over'] as const)
    : (['shareable', 'shares'] as const);
  return statements
    .filter(({ coordinate }) => drawing.classification.labels.has(coordinate))
    .map(({ subgraph: by, coordinate: from, location }) => {
      return { from, to: subgraphNode(by), reason, words: `subgraph \`${by}\` ${verb} \`${from}\``, by, location };
    });
}

/** A value of an object above the field, selected by a context, becomes an argument. */
export function contexts(drawing: Drawing): DrawnStep[] {
  return fieldUses(drawing, 'fromContext').flatMap(({ statement, directive }) => {
    const { subgraph: by, coordinate, field } = statement;
    const text = argumentOf(directive, 'field');
    const [, context = '', selection = ''] =
      /^\s*\$(\w+)\s*([^]*)$/.exec(text?.kind === Kind.STRING ? text.value : '') ?? [];
    const set = parseFieldSet(selection);
    const sources = typesIn(drawing)
      .filter((type) => type.subgraph === by && setsContext(drawing, type, context))
      .flatMap(({ name }) => labelledIn(drawing, name, set));
    return [...new Set(sources)].flatMap((from) => {
      const words = `\`${coordinate}\` takes \`${from}\` from context \`${context}\``;
      const step = { from, reason: 'fromContext', words, by, ...placeOf(directive) } as const;
      return [field, coordinate, subgraphNode(by)].map((to) => ({ ...step, to }));
    });
  });
}

function setsContext(drawing: Drawing, { subgraph, statements }: SubgraphType, context: string): boolean {
  return statements
    .flatMap(({ node }) => drawing.uses(subgraph, node, 'context'))
    .some((use) => {
      const name = argumentOf(use, 'name');
      return name?.kind === Kind.STRING && name.value === context;
    });
}

/** `@external` repeats what another subgraph answers; with a label of its own it counts as answered here too. */
export function isForeign(drawing: Drawing, { subgraph, node }: FieldStatement): boolean {
  return drawing.uses(subgraph, node, 'external').length > 0 && usesOf(node, 'data').length === 0;
}

function fieldUses(
  drawing: Drawing,
  directive: string,
): { readonly statement: FieldStatement; readonly directive: ConstDirectiveNode }[] {
  return typesIn(drawing).flatMap(({ fields }) =>
    fields.flatMap((statement) =>
      drawing.uses(statement.subgraph, statement.node, directive).map((use) => ({ statement, directive: use })),
    ),
  );
}
