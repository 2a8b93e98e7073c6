/** What makes a split more than a split: fields that require, provide, take over, hide. */
import type { EntityDesign } from './design.js';
import { type DraftSubgraph, type DraftType, type FieldDesign, namedOf } from './draft.js';
import type { Split } from './split.js';

/** Adds features to a split where there is room for them. */
export function addFeatures(split: Split): void {
  const { dice, design } = split;
  for (const entity of design.entities.values()) {
    if (dice.chance(50)) addRequiring(split, entity, 'computed');
    if (dice.chance(25)) addRequiring(split, entity, 'derived');
    if (dice.chance(30)) addOverride(split, entity);
    if (dice.chance(30)) addProvides(split, entity);
    if (dice.chance(20)) addInaccessible(split, entity);
  }
}

/** Subgraphs that can be asked for the entity. */
function holdersOf({ subgraphs }: Split, { name }: EntityDesign): readonly DraftSubgraph[] {
  return subgraphs.filter(({ types }) =>
    [...(types.get(name)?.keys.values() ?? [])].some(({ resolvable }) => resolvable),
  );
}

function typeIn(subgraph: DraftSubgraph, { name }: EntityDesign): DraftType {
  return subgraph.type('type', name);
}

/** A field that somebody resolves and nobody has taken over. */
function ownersOf(split: Split, entity: EntityDesign, field: string): readonly DraftSubgraph[] {
  return split.subgraphs.filter(({ types }) => types.get(entity.name)?.resolves(field));
}

function addRequiring(split: Split, entity: EntityDesign, name: string): void {
  const { dice } = split;
  const subgraph = dice.pickAny(holdersOf(split, entity));
  if (!subgraph) return;
  const type = typeIn(subgraph, entity);
  const candidates = [...allFields(split, entity)].filter(([field]) => !type.resolves(field));
  const chosen = dice.shuffled(candidates).slice(0, dice.between(1, 2));
  const sets = chosen.flatMap(([, field]) => requiredSet(split, subgraph, field) ?? []);
  if (sets.length === 0) return;
  for (const { field } of sets) split.external(subgraph, type, field);
  const result = dice.pick(['String', 'String', 'String!', 'Int', '[String]', entity.name]);
  const args = dice.chance(25) ? '(n: Int = 3)' : '';
  type.add({ name, type: result, args }, `@requires(fields: "${sets.map(({ text }) => text).join(' ')}")`);
}

/** All that anybody resolves of an entity, computed fields too, so that requirements form chains. */
function allFields({ subgraphs }: Split, { name, keys }: EntityDesign): Map<string, FieldDesign> {
  const keyNames = new Set([...keys.values()].flat().map((field) => field.name));
  const stated = subgraphs.flatMap(({ types }) => [...(types.get(name)?.fields ?? [])]);
  const resolved = stated.filter(([field, { marks }]) => !keyNames.has(field) && !marks.has('@external'));
  return new Map(resolved.map(([field, { design }]) => [field, design]));
}

/** How a field is required; undefined for what has no simple field set. */
function requiredSet(
  split: Split,
  subgraph: DraftSubgraph,
  field: FieldDesign,
): { readonly field: FieldDesign; readonly text: string } | undefined {
  const named = namedOf(field.type);
  const args = requiredArguments(split, field);
  const values = split.design.values.get(named);
  if (values) {
    const below = values.filter(({ type }) => !split.design.values.has(namedOf(type)));
    if (below.length === 0) return undefined;
    const inner = split.dice.oneOrMore(below, 60).map((one) => `${one.name}${requiredArguments(split, one)}`);
    return { field, text: `${field.name}${args} { ${inner.join(' ')} }` };
  }
  const entity = split.design.entities.get(named);
  if (entity) {
    split.hold(subgraph, entity, { resolvable: true });
    const key = [...subgraph.type('type', named).keys.keys()][0] ?? 'id';
    const below = split.dice.pickAny(leavesOf(split, entity, subgraph));
    if (below) split.external(subgraph, subgraph.type('type', named), below);
    return { field, text: `${field.name}${args} { ${below ? below.name : key} }` };
  }
  if (split.design.unions.has(named) || split.design.interfaces.has(named)) return undefined;
  return { field, text: `${field.name}${args}` };
}

/** Leaves of an entity that others resolve. */
function leavesOf(split: Split, entity: EntityDesign, subgraph: DraftSubgraph): FieldDesign[] {
  return [...allFields(split, entity).values()].filter(({ name, type, args }) => {
    const isLeaf = !split.design.entities.has(namedOf(type)) && !split.design.values.has(namedOf(type));
    const isOther = !subgraph.types.get(entity.name)?.fields.has(name);
    return (
      isLeaf &&
      isOther &&
      args === '' &&
      !split.design.unions.has(namedOf(type)) &&
      !split.design.interfaces.has(namedOf(type))
    );
  });
}

function requiredArguments({ dice }: Split, { args }: FieldDesign): string {
  if (args.includes('n: Int!)')) return '(n: 7)';
  if (args === '' || dice.chance(40)) return '';
  if (args.includes('n: Int')) return '(n: 5)';
  if (args.includes('(color:')) return '(color: GREEN)';
  return args.includes('(filter:') ? '(filter: { least: 4, tags: [] })' : '';
}

function addOverride(split: Split, entity: EntityDesign): void {
  const { dice } = split;
  const field = dice.pickAny(entity.fields);
  const owners = field ? ownersOf(split, entity, field.name) : [];
  const [owner] = owners;
  if (!field || !owner || owners.length > 1) return;
  const marks = typeIn(owner, entity).fields.get(field.name)?.marks ?? new Set();
  const next = dice.pickAny(
    holdersOf(split, entity).filter((holder) => holder !== owner && !typeIn(holder, entity).fields.has(field.name)),
  );
  if (!next || marks.size > 0) return;
  typeIn(next, entity).add(field, `@override(from: "${owner.name}")`);
  split.needField(next, field);
}

/** An edge that brings a field which its subgraph could not be asked for. */
function addProvides(split: Split, entity: EntityDesign): void {
  const { dice } = split;
  const edges = split.subgraphs.flatMap((subgraph) =>
    [...subgraph.types.values()].flatMap((holder) =>
      [...holder.fields.values()]
        .filter(
          ({ design, marks }) => namedOf(design.type) === entity.name && marks.size === 0 && holder.keyword === 'type',
        )
        .map((edge) => ({ subgraph, edge })),
    ),
  );
  const chosen = dice.pickAny(edges);
  if (!chosen) return;
  const type = typeIn(chosen.subgraph, entity);
  const field = dice.pickAny(leavesOf(split, entity, chosen.subgraph));
  if (!field) return;
  const owners = ownersOf(split, entity, field.name);
  if (
    owners.some((owner) =>
      [...(typeIn(owner, entity).fields.get(field.name)?.marks ?? [])].some((mark) => mark !== '@shareable'),
    )
  )
    return;
  for (const owner of owners) typeIn(owner, entity).add(field, '@shareable');
  split.external(chosen.subgraph, type, field);
  chosen.edge.marks.add(`@provides(fields: "${field.name}")`);
}

/** Hides a field that no interface has. */
function addInaccessible(split: Split, entity: EntityDesign): void {
  const inherited = new Set(
    [...split.design.interfaces.values()].flatMap(({ fields }) => fields.map(({ name }) => name)),
  );
  const field = split.dice.pickAny(entity.fields.filter(({ name }) => !inherited.has(name)));
  if (!field || entity.fields.length < 2) return;
  for (const { types } of split.subgraphs) {
    const present = types.get(entity.name)?.fields.get(field.name);
    present?.marks.add('@inaccessible');
  }
}
