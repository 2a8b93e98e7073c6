/** What fields are handed or hand on by directive: `@requires`, `@provides`, `@fromContext`, and owners of one field. */
import { Kind, type ConstDirectiveNode } from 'graphql';
import { argumentOf, usesOf, type FieldStatement } from '../statement.js';
import { placeOf, typesIn, type Draw, type Drawing, type SubgraphType } from './drawing.js';
import { fieldSetText, labelledIn, parseFieldSet } from './fieldSet.js';
import { subgraphNode } from './nodes.js';

/** Required coordinates flow into the field that requires them, and into the subgraph that is handed them. */
export function drawRequirements(drawing: Drawing, draw: Draw): void {
  for (const { statement, directive } of fieldUses(drawing, 'requires')) {
    const { subgraph: by, coordinate } = statement;
    const set = parseFieldSet(fieldSetText(argumentOf(directive, 'fields')));
    for (const from of labelledIn(drawing, statement.owner, set)) {
      const step = { from, reason: 'requires', by, ...placeOf(directive) } as const;
      draw({ ...step, to: coordinate, words: `\`${coordinate}\` in subgraph \`${by}\` requires \`${from}\`` });
      draw({
        ...step,
        to: subgraphNode(by),
        words: `subgraph \`${by}\` is handed \`${from}\`, which \`${coordinate}\` requires`,
      });
    }
  }
}

/** What a field provides below itself is answered along that field, and may say what the field says. */
export function drawProvisions(drawing: Drawing, draw: Draw): void {
  for (const { statement, directive } of fieldUses(drawing, 'provides')) {
    const { subgraph: by, coordinate: from } = statement;
    const set = parseFieldSet(fieldSetText(argumentOf(directive, 'fields')));
    for (const to of labelledIn(drawing, drawing.typeOf.get(from) ?? '', set)) {
      if (to === from) continue;
      const words = `\`${from}\` in subgraph \`${by}\` provides \`${to}\``;
      draw({ from, to, reason: 'provides', words, by, ...placeOf(directive) });
    }
  }
}

/** Each of several owners answers the field, and so must be cleared for what any of them says that it carries. */
export function drawOwners(drawing: Drawing, draw: Draw): void {
  for (const bySubgraph of drawing.types.values()) {
    const owners = new Map<string, FieldStatement[]>();
    for (const field of [...bySubgraph.values()].flatMap(({ fields }) => fields)) {
      if (field.kind !== 'field' || isForeign(drawing, field)) continue;
      owners.set(field.coordinate, [...(owners.get(field.coordinate) ?? []), field]);
    }
    for (const statements of owners.values()) drawCoOwners({ drawing, draw }, statements);
  }
}

function drawCoOwners(
  { drawing, draw }: { drawing: Drawing; draw: Draw },
  statements: readonly FieldStatement[],
): void {
  const overrides = statements.some(({ subgraph, node }) => drawing.uses(subgraph, node, 'override').length > 0);
  const reason = overrides ? 'override' : 'shareable';
  if (new Set(statements.map(({ subgraph }) => subgraph)).size < 2 && !overrides) return;
  for (const { subgraph: by, coordinate: from, location } of statements) {
    if (!drawing.classification.labels.has(from)) continue;
    const verb = overrides ? 'takes over or hands over' : 'shares';
    draw({ from, to: subgraphNode(by), reason, words: `subgraph \`${by}\` ${verb} \`${from}\``, by, location });
  }
}

/** A value of an object above the field, selected by a context, becomes an argument. */
export function drawContexts(drawing: Drawing, draw: Draw): void {
  for (const { statement, directive } of fieldUses(drawing, 'fromContext')) {
    const { subgraph: by, coordinate, field } = statement;
    const text = argumentOf(directive, 'field');
    const [, context = '', selection = ''] =
      /^\s*\$(\w+)\s*([^]*)$/.exec(text?.kind === Kind.STRING ? text.value : '') ?? [];
    const set = parseFieldSet(selection);
    const sources = typesIn(drawing)
      .filter((type) => type.subgraph === by && setsContext(drawing, type, context))
      .flatMap(({ name }) => labelledIn(drawing, name, set));
    for (const from of new Set(sources)) {
      const words = `\`${coordinate}\` takes \`${from}\` from context \`${context}\``;
      for (const to of [field, coordinate, subgraphNode(by)]) {
        draw({ from, to, reason: 'fromContext', words, by, ...placeOf(directive) });
      }
    }
  }
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
