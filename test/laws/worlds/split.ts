/** A design → subgraphs: who resolves what, and what each must know to do so. */
import type { Dice } from '../dice.js';
import { type Design, type EntityDesign, plainNeeds } from './design.js';
import { DraftSubgraph, type DraftType, type FieldDesign, namedOf } from './draft.js';

/** Adds fields and types to subgraphs so that each stays a schema of its own. */
export class Split {
  subgraphs: readonly DraftSubgraph[];

  constructor(
    readonly dice: Dice,
    readonly design: Design,
  ) {
    this.subgraphs = ['a', 'b', 'c', 'd', 'e'].slice(0, dice.between(2, 4)).map((name) => new DraftSubgraph(name));
  }

  /** Gives every entity its holders and every field somebody who resolves it. */
  place(): void {
    for (const entity of this.design.entities.values()) {
      const holders = this.dice.oneOrMore(this.subgraphs, 60);
      for (const holder of holders) this.hold(holder, entity, { resolvable: true });
      entity.fields.forEach((field) => this.give(entity.name, field, { holders, shared: 15 }));
    }
  }

  /** One more subgraph, which resolves only what it is given from now on. */
  addSubgraph(name: string): DraftSubgraph {
    const added = new DraftSubgraph(name);
    this.subgraphs = [...this.subgraphs, added];
    return added;
  }

  /** Makes an interface an entity: the subgraph tells which type stands behind a key. */
  keyInterface(subgraph: DraftSubgraph, name: string): void {
    const type = subgraph.type('interface', name);
    type.add({ name: 'id', type: 'ID!', args: '' });
    type.keys.set('id', { resolvable: true });
    for (const member of this.design.interfaces.get(name)?.members ?? []) {
      const entity = this.design.entities.get(member);
      if (entity) this.hold(subgraph, entity, { resolvable: true, key: 'id' }).interfaces.add(name);
    }
  }

  /** Lets one of the holders, or two of them, resolve a field. */
  private give(
    type: string,
    field: FieldDesign,
    { holders, shared }: { readonly holders: readonly DraftSubgraph[]; readonly shared: number },
  ): void {
    const owner = this.dice.pick(holders);
    const owners = this.dice.chance(shared) ? [...new Set([owner, this.dice.pick(holders)])] : [owner];
    for (const one of owners) this.resolve(one, type, { field, isShared: owners.length > 1 });
  }

  /** Root fields, some of them in several subgraphs. */
  placeRoots(fields: readonly FieldDesign[], root: 'Query' | 'Mutation'): void {
    for (const field of fields) {
      this.give(root, field, { holders: this.subgraphs, shared: root === 'Query' ? 15 : 0 });
    }
  }

  /** Lets a subgraph resolve a field of a type. */
  resolve(
    subgraph: DraftSubgraph,
    typeName: string,
    { field, isShared }: { readonly field: FieldDesign; readonly isShared: boolean },
  ): void {
    subgraph.type('type', typeName).add(field, ...(isShared ? ['@shareable'] : []));
    this.needField(subgraph, field);
  }

  /** States a field that somebody else resolves. */
  external(subgraph: DraftSubgraph, type: DraftType, field: FieldDesign): void {
    if (type.fields.has(field.name)) return;
    type.add(field, '@external');
    this.needField(subgraph, field);
  }

  /** What a field leads to and what its arguments name. */
  needField(subgraph: DraftSubgraph, { type, args }: FieldDesign): void {
    this.need(subgraph, namedOf(type));
    for (const name of this.design.plain.keys()) if (new RegExp(`\\b${name}\\b`).test(args)) this.need(subgraph, name);
  }

  private need(subgraph: DraftSubgraph, name: string): void {
    const { plain, values, entities, unions, interfaces } = this.design;
    const text = plain.get(name);
    if (text !== undefined) {
      subgraph.plain.set(name, text);
      for (const other of plainNeeds[name] ?? []) this.need(subgraph, other);
    }
    if (subgraph.types.get(name)?.fields.size || subgraph.unions.has(name)) return;
    const fields = values.get(name);
    if (fields) this.needValue(subgraph, name, fields);
    const entity = entities.get(name);
    if (entity) this.hold(subgraph, entity, { resolvable: this.dice.chance(50) });
    const members = unions.get(name);
    if (members) {
      const known = this.dice.oneOrMore(members, 70);
      subgraph.unions.set(name, known);
      for (const member of known) this.need(subgraph, member);
    }
    if (interfaces.has(name)) this.needInterface(subgraph, name);
  }

  private needValue(subgraph: DraftSubgraph, name: string, fields: readonly FieldDesign[]): void {
    const type = subgraph.type('type', name);
    for (const field of fields) type.add(field, '@shareable');
    for (const field of fields) this.needField(subgraph, field);
  }

  private needInterface(subgraph: DraftSubgraph, name: string): void {
    const design = this.design.interfaces.get(name);
    if (!design) return;
    subgraph.type('interface', name).add({ name: 'id', type: 'ID!', args: '' });
    for (const member of this.dice.oneOrMore(design.members, 75)) {
      const entity = this.design.entities.get(member);
      if (!entity) continue;
      const type = this.hold(subgraph, entity, { resolvable: true, key: 'id' });
      type.interfaces.add(name);
    }
  }

  /** Makes a subgraph know an entity by some of its keys. */
  hold(
    subgraph: DraftSubgraph,
    entity: EntityDesign,
    { resolvable, key }: { readonly resolvable: boolean; readonly key?: string },
  ): DraftType {
    const type = subgraph.type('type', entity.name);
    const all = [...entity.keys.keys()];
    const isKnown = type.keys.size > 0;
    const chosen =
      key !== undefined ? [key] : isKnown ? [] : this.dice.chance(60) ? ['id'] : this.dice.oneOrMore(all, 50);
    for (const fields of chosen) {
      if (!type.keys.has(fields)) type.keys.set(fields, { resolvable });
      for (const field of entity.keys.get(fields) ?? []) {
        type.add(field);
        this.needField(subgraph, field);
      }
    }
    return type;
  }

  /** Interfaces have the fields that every type behind them resolves in the same subgraph. */
  completeInterfaces(): void {
    for (const subgraph of this.subgraphs) {
      this.design.interfaces.forEach(({ fields }, name) => this.complete(subgraph, name, fields));
    }
  }

  private complete({ types }: DraftSubgraph, name: string, fields: readonly FieldDesign[]): void {
    const type = types.get(name);
    if (type?.keyword !== 'interface') return;
    const members = [...types.values()].filter(({ interfaces }) => interfaces.has(name));
    const common = fields.filter((field) => members.every((member) => member.resolves(field.name)));
    for (const field of this.dice.some(common, 85)) type.add(field);
  }
}
