/** A seed → a world. */
import { Dice } from '../dice.js';
import { oneSchema } from '../oneSchema.js';
import { readSubgraphs, type World } from '../world.js';
import { type Design, designFields, designWorld, type Kinds } from './design.js';
import { addFeatures } from './features.js';
import { addInterfaceObject, addInterfaceRequirement } from './interfaceObject.js';
import { randomRows } from './rows.js';
import { Split } from './split.js';

const rootNames = 'me users shelf latest all first toString'.split(' ');
const mutationNames = ['add', 'move', 'drop'];

/** A random world. It may not compose, when chance gave a field to somebody whom nobody reaches. */
export function randomWorld(seed: number): World {
  const dice = new Dice(seed);
  const design = designWorld(dice);
  const split = new Split(dice, design);
  split.place();
  const kinds = kindsOf(design);
  split.placeRoots(designFields(dice, kinds, { names: rootNames, most: 6 }), 'Query');
  if (dice.chance(40)) split.placeRoots(designFields(dice, kinds, { names: mutationNames, most: 3 }), 'Mutation');
  addFeatures(split);
  addInterfaceObject(split);
  split.completeInterfaces();
  addInterfaceRequirement(split);
  const subgraphs = Object.fromEntries(split.subgraphs.map((subgraph) => [subgraph.name, subgraph.print()]));
  const used = Object.fromEntries(Object.entries(subgraphs).filter(([, sdl]) => sdl !== ''));
  const facts = readSubgraphs({ subgraphs: used, rows: {} });
  return { subgraphs: used, rows: randomRows(dice, facts, oneSchema(facts)) };
}

function kindsOf({ entities, values, unions, interfaces }: Design): Kinds {
  const named = [...entities.keys(), ...unions.keys(), ...interfaces.keys()];
  return { values: [...values.keys()], composites: [...named, ...named, ...values.keys()] };
}
