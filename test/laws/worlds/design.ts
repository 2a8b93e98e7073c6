/** Choices → what a world knows: entities, value types, interfaces, unions, before anybody owns any of it. */
import type { Dice } from '../dice.js';
import type { FieldDesign } from './draft.js';

/** An entity type. */
export interface EntityDesign {
  readonly name: string;
  /** Field set → the fields that it names. */
  readonly keys: ReadonlyMap<string, readonly FieldDesign[]>;
  readonly fields: readonly FieldDesign[];
}

/** Types, by name. */
export interface Design {
  readonly entities: ReadonlyMap<string, EntityDesign>;
  /** Object types without keys; all fields shareable. */
  readonly values: ReadonlyMap<string, readonly FieldDesign[]>;
  /** Interface → its fields beside `id`, and the entities behind it. */
  readonly interfaces: ReadonlyMap<
    string,
    { readonly fields: readonly FieldDesign[]; readonly members: readonly string[] }
  >;
  readonly unions: ReadonlyMap<string, readonly string[]>;
  /** Definitions that are the same everywhere. */
  readonly plain: ReadonlyMap<string, string>;
}

const entityNames = ['User', 'Book', 'Film', 'Shop'];
const valueNames = ['Money', 'Place'];
const fieldNames =
  'name title size price score tags notes label toString constructor valueOf _hidden owner parts best'.split(' ');
const leafNames = ['String', 'Int', 'Float', 'Boolean', 'ID', 'Color', 'Blob'];

const plain: ReadonlyMap<string, string> = new Map([
  ['Color', 'enum Color { RED GREEN BLUE }'],
  ['Blob', 'scalar Blob'],
  ['Filter', 'input Filter { least: Int = 1 color: Color tags: [String!] inner: Filter blob: Blob }'],
]);

/** Definitions that a definition without directives needs. */
export const plainNeeds: Readonly<Record<string, readonly string[]>> = { Filter: ['Color', 'Blob'] };

const argumentLists = [
  '(n: Int)',
  '(n: Int = 3)',
  '(n: Int!)',
  '(n: Int! = 2, text: String)',
  '(color: Color = RED)',
  '(filter: Filter)',
  '(filter: Filter = {least: 2, color: BLUE})',
  '(filters: [Filter!], id: ID)',
  '(blob: Blob)',
  '(grid: [[Int]!])',
  '(x: Float = 1.5, yes: Boolean! = false)',
];

/** Of a hundred entities, how many have a nested key. */
const nestedKeys = 20;

/** Designs a world. */
export function designWorld(dice: Dice): Design {
  const entityList = entityNames.slice(0, dice.between(1, entityNames.length));
  const valueList = valueNames.slice(0, dice.between(0, valueNames.length));
  const unionMembers = [...entityList, ...valueList];
  const unions = new Map<string, readonly string[]>(
    unionMembers.length > 1 && dice.chance(70) ? [['Thing', dice.oneOrMore(unionMembers, 70)]] : [],
  );
  const interfaceMembers = dice.chance(70) ? dice.oneOrMore(entityList, 70) : [];
  const kinds: Kinds = {
    values: valueList,
    composites: [...entityList, ...valueList, ...unions.keys(), ...(interfaceMembers.length > 0 ? ['Node'] : [])],
  };
  const nodeFields = designFields(dice, kinds, { names: ['name', 'label', 'best'], most: 2 });
  const interfaces = new Map(
    interfaceMembers.length > 0 ? [['Node', { fields: nodeFields, members: interfaceMembers }]] : [],
  );
  const values = new Map(valueList.map((name) => [name, valueFields(dice, kinds, name)]));
  const entities = new Map(
    entityList.map((name) => {
      const inherited = interfaceMembers.includes(name) ? nodeFields : [];
      const taken = new Set(inherited.map((field) => field.name));
      const own = designFields(dice, kinds, { names: fieldNames.filter((field) => !taken.has(field)), most: 5 });
      return [name, { name, keys: keysOf(dice, name, values), fields: [...inherited, ...own] }];
    }),
  );
  return { entities, values, interfaces, unions, plain };
}

/** Names that fields may lead to. */
export interface Kinds {
  readonly values: readonly string[];
  readonly composites: readonly string[];
}

/** A few fields with different names. */
export function designFields(
  dice: Dice,
  kinds: Kinds,
  { names, most }: { readonly names: readonly string[]; readonly most: number },
): FieldDesign[] {
  return dice
    .shuffled(names)
    .slice(0, dice.between(1, most))
    .map((name) => designField(dice, kinds, name));
}

function designField(dice: Dice, { composites }: Kinds, name: string): FieldDesign {
  const named = dice.chance(45) && composites.length > 0 ? dice.pick(composites) : dice.pick(leafNames);
  return { name, type: wrapped(dice, named), args: dice.chance(25) ? dice.pick(argumentLists) : '' };
}

/** The type in up to two lists, with non-null marks anywhere. */
export function wrapped(dice: Dice, named: string): string {
  const mark = (): string => (dice.chance(30) ? '!' : '');
  const depth = dice.pick([0, 0, 0, 0, 1, 1, 1, 2]);
  let type = `${named}${mark()}`;
  for (let level = 0; level < depth; level += 1) type = `[${type}]${mark()}`;
  return type;
}

/** Values hold leaves and later values, so that no value holds itself without end. */
function valueFields(dice: Dice, { values }: Kinds, name: string): FieldDesign[] {
  const later = values.slice(values.indexOf(name) + 1);
  const fields = designFields(dice, { values, composites: [] }, { names: ['amount', 'unit', 'size'], most: 3 });
  return later.length > 0 && dice.chance(40)
    ? [...fields, { name: 'inner', type: wrapped(dice, dice.pick(later)), args: '' }]
    : fields;
}

function keysOf(dice: Dice, entity: string, values: Map<string, FieldDesign[]>): EntityDesign['keys'] {
  const id: FieldDesign = { name: 'id', type: 'ID!', args: '' };
  const code: FieldDesign = { name: 'code', type: 'Int!', args: '' };
  const zone: FieldDesign = { name: 'zone', type: 'String!', args: '' };
  const no: FieldDesign = { name: 'no', type: 'Int!', args: '' };
  const keys = new Map<string, readonly FieldDesign[]>([['id', [id]]]);
  if (dice.chance(35)) keys.set('code', [code]);
  if (dice.chance(30)) keys.set('zone no', [zone, no]);
  if (dice.chance(nestedKeys)) {
    const ref = `${entity}Ref`;
    values.set(ref, [zone, { name: 'x', type: 'ID!', args: '' }]);
    keys.set('ref { x zone }', [{ name: 'ref', type: `${ref}!`, args: '' }]);
  }
  return keys;
}
