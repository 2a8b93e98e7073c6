/** What a subgraph is handed to find a row, and what it learns from being asked at all. */
import { Kind } from 'graphql';
import { argumentOf } from '../statement.js';
import {
  guardedCount,
  inOrder,
  kinOf,
  placeOf,
  typesIn,
  type DrawnStep,
  type Drawing,
  type SubgraphType,
} from './drawing.js';
import { fieldSetText, labelledIn, parseFieldSet, topFields } from './fieldSet.js';
import { isForeign } from './requirements.js';
import { rowsNode, subgraphNode } from './nodes.js';

/** A key by which its subgraph can be asked for rows that another subgraph found. */
interface ReceivedKey {
  readonly type: SubgraphType;
  readonly text: string;
  readonly coordinates: readonly string[];
  readonly place: object;
}

/**
 * Every key that the planner could choose, between any two subgraphs: its fields flow into the subgraph that is asked by
 * it, and so does that rows are there. What the subgraph then answers may say what the least telling of its keys says:
 * where several find the same row, the row does not depend on the others.
 */
export function calls(drawing: Drawing): DrawnStep[] {
  const byKey = typesIn(drawing).flatMap((type) => {
    const keys = receivedKeys(drawing, type);
    const keyFields = new Set(keys.flatMap(({ coordinates }) => coordinates));
    const answered = answeredBy(drawing, type).filter((field) => !keyFields.has(field));
    const least = leastTelling(drawing, keys);
    return keys.flatMap((key) => [callBy(key), ...handedIn(key), ...(key === least ? foundBy(key, answered) : [])]);
  });
  return [...byKey, ...typesIn(drawing).flatMap(rootCall)];
}

/** Where an edge leads back to `Query`, every subgraph that has root fields can be asked below it, by no key at all. */
function rootCall({ name, subgraph: by, statements: [statement] }: SubgraphType): DrawnStep[] {
  if (name !== 'Query' || !statement) return [];
  const { location } = statement;
  const words = `subgraph \`${by}\` is asked for root fields below \`Query\``;
  return [{ from: rowsNode(name), to: subgraphNode(by), reason: 'call', words, by, location }];
}

function leastTelling(drawing: Drawing, keys: readonly ReceivedKey[]): ReceivedKey | undefined {
  const weighed = keys.map((key) => ({ key, weight: guardedCount(drawing, key.coordinates) }));
  return weighed.sort((a, b) => a.weight - b.weight || inOrder(a.key.text, b.key.text))[0]?.key;
}

function callBy({ type: { name, subgraph: by }, text, place }: ReceivedKey): DrawnStep {
  const words = `subgraph \`${by}\` is asked for rows of \`${name}\` by key \`${text}\``;
  return { from: rowsNode(name), to: subgraphNode(by), reason: 'call', words, by, ...place };
}

function handedIn({ type: { name, subgraph: by }, text, coordinates, place }: ReceivedKey): DrawnStep[] {
  return coordinates.map((from) => {
    const words = `subgraph \`${by}\` is handed \`${from}\` in key \`${text}\` of \`${name}\``;
    return { from, to: subgraphNode(by), reason: 'key', words, by, ...place };
  });
}

function foundBy(
  { type: { name, subgraph: by }, text, coordinates, place }: ReceivedKey,
  answered: readonly string[],
): DrawnStep[] {
  return answered.flatMap((to) => {
    const words = `\`${to}\` is found by key \`${text}\` of \`${name}\` in subgraph \`${by}\``;
    return coordinates.map((from): DrawnStep => ({ from, to, reason: 'key', words, by, ...place }));
  });
}

/** The labelled fields of the type that this subgraph answers itself. */
function answeredBy(drawing: Drawing, { fields }: SubgraphType): string[] {
  return fields
    .filter((field) => field.kind === 'field' && !isForeign(drawing, field))
    .map(({ coordinate }) => coordinate)
    .filter((coordinate) => drawing.classification.labels.has(coordinate));
}

function receivedKeys(drawing: Drawing, type: SubgraphType): ReceivedKey[] {
  const provided = fieldsElsewhere(drawing, type);
  if (!provided) return [];
  return type.statements
    .flatMap(({ node }) => drawing.uses(type.subgraph, node, 'key'))
    .flatMap((directive) => {
      const resolvable = argumentOf(directive, 'resolvable');
      if (resolvable?.kind === Kind.BOOLEAN && !resolvable.value) return [];
      const text = fieldSetText(argumentOf(directive, 'fields'));
      const set = parseFieldSet(text);
      if (!topFields(set).every((field) => field.startsWith('__') || provided.has(field))) return [];
      const coordinates = [...new Set(labelledIn(drawing, type.name, set))];
      return [{ type, text, coordinates, place: placeOf(directive) }];
    });
}

/** The fields of the type that other subgraphs have, also as an interface or an implementer of it; undefined where none has the type. */
function fieldsElsewhere(drawing: Drawing, { name, subgraph }: SubgraphType): ReadonlySet<string> | undefined {
  const others = kinOf(drawing, name)
    .flatMap((kin) => [...(drawing.types.get(kin)?.values() ?? [])])
    .filter((type) => type.subgraph !== subgraph);
  if (others.length === 0) return undefined;
  return new Set(
    others.flatMap(({ fields }) => fields.filter(({ kind }) => kind === 'field').map(({ node }) => node.name.value)),
  );
}

/** Arguments, and the fields of input objects below them, go to every subgraph that answers the field. */
export function inputs(drawing: Drawing): DrawnStep[] {
  const given = typesIn(drawing).flatMap(({ fields }) => fields.filter(({ kind }) => kind === 'argument'));
  return given.flatMap(({ subgraph: by, coordinate, field, location }): DrawnStep[] => {
    const step = { to: subgraphNode(by), reason: 'argument', by, location } as const;
    const own = { ...step, from: coordinate, words: `subgraph \`${by}\` is handed \`${coordinate}\`` };
    const below = inputFieldsBelow(drawing, coordinate).map((from) => {
      return { ...step, from, words: `subgraph \`${by}\` is handed \`${from}\` in an argument of \`${field}\`` };
    });
    return drawing.classification.labels.has(coordinate) ? [own, ...below] : below;
  });
}

/** The labelled fields of the input objects that an argument takes, at every depth. */
export function inputFieldsBelow(drawing: Drawing, argument: string): string[] {
  const seen = new Set<string>();
  const found: string[] = [];
  const waiting = [drawing.typeOf.get(argument)];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const fields = [...(drawing.types.get(name)?.values() ?? [])].flatMap((type) => type.fields);
    const inputs = new Set(fields.filter(({ kind }) => kind === 'inputField').map(({ coordinate }) => coordinate));
    found.push(...[...inputs].filter((coordinate) => drawing.classification.labels.has(coordinate)));
    waiting.push(...[...inputs].map((coordinate) => drawing.typeOf.get(coordinate)));
  }
  return found;
}
