/** What a view tells too much → the operation, introspection mostly, by which a client of the view learns it. */
import { purposes, viewOf, type ViewName } from '../policy/index.js';
import { counterexampleOf, type ReplayGround } from './counterexample.js';
import type { Counterexample } from './finding.js';

/** An operation that selects the coordinate, sent by a purpose of the view: one that its verdict permits, if there is one. */
export function shownExample(ground: ReplayGround, view: ViewName, coordinate: string): Counterexample | undefined {
  const readers = readersOf(view);
  const permits = readers.find((one) => ground.table.verdict(one, coordinate, false) === 'allow');
  const purpose = permits ?? readers[0];
  const leak = `the view \`${view}\` takes the operation, by which ${purpose} learns that ${coordinate} exists`;
  return purpose && counterexampleOf(ground, { purpose, aims: [{ coordinate }], leak });
}

/** An introspection query with what its answer tells. */
export function introspectionExample(
  ground: ReplayGround,
  view: ViewName,
  { operation, told }: { readonly operation: string; readonly told: string },
): Counterexample | undefined {
  const [purpose] = readersOf(view);
  const root = ground.views[view].schema.getQueryType()?.getFields() ?? {};
  const coordinate = `Query.${Object.keys(root)[0] ?? ''}`;
  const leak = `${purpose} would learn by introspection ${told}`;
  const anyone = purpose && counterexampleOf(ground, { purpose, aims: [{ coordinate }], leak });
  return anyone && { ...anyone, operation };
}

/** All that introspection says of one type, deep enough for its texts. */
export function typeQuery(type: string): string {
  const input = 'name description defaultValue';
  return (
    `query { __type(name: ${JSON.stringify(type)}) { name description specifiedByURL ` +
    `fields(includeDeprecated: true) { name description deprecationReason args { ${input} } } ` +
    `inputFields { ${input} } enumValues(includeDeprecated: true) { name description deprecationReason } } }`
  );
}

/** The directives of the schema, and its own text. */
export const schemaQuery = 'query { __schema { description directives { name } types { name } } }';

function readersOf(view: ViewName) {
  return purposes.filter((purpose) => viewOf(purpose) === view);
}
