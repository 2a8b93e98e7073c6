/** An interface that is an entity, and a subgraph that adds to it without knowing what stands behind it. */
import { wrapped } from './design.js';
import { type DraftSubgraph, type FieldDesign, namedOf } from './draft.js';
import type { Split } from './split.js';

/** Of a hundred worlds with an interface, how many have such a subgraph. */
const interfaceObjects = 25;

const id: FieldDesign = { name: 'id', type: 'ID!', args: '' };

/** Adds such a subgraph where the design has an interface. */
export function addInterfaceObject(split: Split): void {
  const { dice, design } = split;
  const [found] = design.interfaces;
  if (!found || !dice.chance(interfaceObjects)) return;
  const [name] = found;
  const home = dice.pickAny(split.subgraphs.filter((subgraph) => !isOverridden(split, subgraph)));
  if (!home) return;
  split.keyInterface(home, name);
  const adder = split.addSubgraph('z');
  const type = adder.type('type', name);
  type.marks.add('@interfaceObject');
  type.keys.set('id', { resolvable: true });
  type.add(id);
  type.add({ name: 'rank', type: wrapped(dice, dice.pick(['Int', 'String', 'Boolean'])), args: someArguments(split) });
  if (dice.chance(60)) addRoot(split, adder, name);
}

/**
 * Planner 0.0.38 asks by the interface's key for a field of the interface that another subgraph has taken over from a type
 * behind it; such a subgraph does not tell types here.
 */
function isOverridden({ subgraphs }: Split, { name }: DraftSubgraph): boolean {
  return subgraphs.some(({ types }) =>
    [...types.values()].some(({ fields }) =>
      [...fields.values()].some(({ marks }) => marks.has(`@override(from: "${name}")`)),
    ),
  );
}

function someArguments({ dice }: Split): string {
  return dice.chance(30) ? '(n: Int = 3)' : '';
}

/** Adds a field that is computed from one which the interface has elsewhere; call once interfaces are complete. */
export function addInterfaceRequirement(split: Split): void {
  const { dice, subgraphs } = split;
  const type = subgraphs.flatMap(({ types }) => [...types.values()]).find(({ marks }) => marks.has('@interfaceObject'));
  if (!type || !dice.chance(50)) return;
  const stated = subgraphs.flatMap(({ types }) => {
    const same = types.get(type.name);
    return same?.keyword === 'interface' ? [...same.fields.values()].map(({ design }) => design) : [];
  });
  const leaf = dice.pickAny(
    stated.filter((field) => field.args === '' && !type.fields.has(field.name) && isLeaf(field)),
  );
  if (!leaf) return;
  type.add(leaf, '@external');
  type.add({ name: 'ranked', type: 'String', args: someArguments(split) }, `@requires(fields: "${leaf.name}")`);
}

function isLeaf({ type }: FieldDesign): boolean {
  return ['String', 'Int', 'Float', 'Boolean', 'ID'].includes(namedOf(type));
}

/** A way in that knows nothing but the key. */
function addRoot({ dice }: Split, adder: DraftSubgraph, name: string): void {
  adder.type('type', 'Query').add({ name: 'ranking', type: wrapped(dice, name), args: '' });
}
