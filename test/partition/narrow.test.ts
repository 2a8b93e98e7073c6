import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type DocumentNode,
  getNamedType,
  type GraphQLSchema,
  isCompositeType,
  Kind,
  parse,
  type SelectionSetNode,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { narrow, type NarrowedDocument } from '../../src/partition/narrow.js';
import { shapeOf } from '../../src/partition/shape.js';
import { categoriesOf, type DataCategory, financialMask, maskOf } from '../../src/policy/index.js';
import { Draw } from '../authorize/randomOperation.js';
import { runnable } from './bankGraph.js';
import { contracts, policy, subgraphs } from './world.js';

const contract = contracts.get('bank');
const bank = subgraphs.find(({ name }) => name === 'bank');
if (!contract || !bank) throw new Error('there is no bank contract');
const schema: GraphQLSchema = contract;
const asBanksRunIt = runnable(bank.document);
const { labels } = policy.classification;
const query = schema.getQueryType();
if (!query) throw new Error('the contract has no query');
const root = query;

function drawn(numbers: readonly number[]): DocumentNode {
  return parse(`query ${new Draw(schema, numbers).selections(root, 6)}`);
}

function narrowed(document: DocumentNode, words: readonly DataCategory[]): NarrowedDocument | null {
  let index = 0;
  const shape = shapeOf({ schema, table: policy.table, next: () => index++ }, root, selectionsOf(document));
  const source = { operation: 'query' as const, definitions: [], root: { kind: 'fields' as const, shape } };
  return narrow(source as never, { mask: maskOf(words), excluded: new Set() });
}

function selectionsOf(document: DocumentNode): SelectionSetNode {
  const [definition] = document.definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  return definition.selectionSet;
}

/** Financial categories that a label states; the words, so that no mask of the code under test is shared. */
function stated(coordinate: string): DataCategory[] {
  return categoriesOf((labels.get(coordinate)?.categories ?? 0) & financialMask);
}

/** Coordinates of fields and arguments that a text asks for under the planner's keys. */
function coordinatesOf(text: string): string[] {
  const found: string[] = [];
  const info = new TypeInfo(asBanksRunIt);
  const note = (coordinate: string | undefined): void => void (coordinate && found.push(coordinate));
  visit(
    parse(text),
    visitWithTypeInfo(info, {
      Field: (node) => {
        const isHidden = node.alias?.value.startsWith('ringfence_') || node.name.value === '__typename';
        if (!isHidden) note(`${info.getParentType()?.name}.${node.name.value}`);
      },
      Argument: (node) => note(`${info.getParentType()?.name}.${info.getFieldDef()?.name}(${node.name.value}:)`),
    }),
  );
  return found;
}

/** Paths of fields whose categories, and those of all above them, are among the words. */
function permittedPaths(selections: SelectionSetNode, words: ReadonlySet<DataCategory>): Set<string> {
  const paths = new Set<string>();
  const walk = ({ selections: inner }: SelectionSetNode, typeName: string, above: string): void => {
    for (const selection of inner) {
      if (selection.kind === Kind.INLINE_FRAGMENT)
        walk(selection.selectionSet, selection.typeCondition?.name.value ?? typeName, above);
      if (selection.kind !== Kind.FIELD || selection.name.value === '__typename') continue;
      const coordinate = `${typeName}.${selection.name.value}`;
      const given = (selection.arguments ?? []).map(({ name }) => `${coordinate}(${name.value}:)`);
      if (![coordinate, ...given].flatMap(stated).every((category) => words.has(category))) continue;
      const path = `${above}/${selection.alias?.value ?? selection.name.value}`;
      paths.add(path);
      const type = schema.getType(typeName);
      const field = type && 'getFields' in type ? type.getFields()[selection.name.value] : undefined;
      const target = field && getNamedType(field.type);
      if (selection.selectionSet && isCompositeType(target)) walk(selection.selectionSet, target.name, path);
    }
  };
  walk(selections, 'Query', '');
  return paths;
}

function askedPaths(selections: SelectionSetNode, above = ''): string[] {
  return selections.selections.flatMap((selection): string[] => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return askedPaths(selection.selectionSet, above);
    if (selection.kind !== Kind.FIELD) return [];
    const key = selection.alias?.value ?? selection.name.value;
    if (key.startsWith('ringfence_') || selection.name.value === '__typename') return [];
    const path = `${above}/${key}`;
    return [path, ...(selection.selectionSet ? askedPaths(selection.selectionSet, path) : [])];
  });
}

const numbers = fc.array(fc.nat(1000), { minLength: 60, maxLength: 120 });
const words = fc.subarray(categoriesOf(financialMask));

describe('a narrowed document', () => {
  test('asks for no coordinate with a category outside the mask', () => {
    fc.assert(
      fc.property(numbers, words, (drawnFrom, mask) => {
        const narrowing = narrowed(drawn(drawnFrom), mask);
        const asked = narrowing ? coordinatesOf(narrowing.text) : [];
        expect(asked.filter((coordinate) => stated(coordinate).some((category) => !mask.includes(category)))).toEqual(
          [],
        );
      }),
    );
  });

  test('asks for everything that the mask permits', () => {
    fc.assert(
      fc.property(numbers, words, (drawnFrom, mask) => {
        const document = drawn(drawnFrom);
        const narrowing = narrowed(document, mask);
        const asked = narrowing ? askedPaths(selectionsOf(parse(narrowing.text))) : [];
        expect(new Set(asked)).toEqual(permittedPaths(selectionsOf(document), new Set(mask)));
      }),
    );
  });

  test('is valid where banks run it, and names its coordinates and categories for the receipt', () => {
    fc.assert(
      fc.property(numbers, words, (drawnFrom, mask) => {
        const narrowing = narrowed(drawn(drawnFrom), mask);
        if (!narrowing) return;
        expect(validate(asBanksRunIt, parse(narrowing.text)).map(({ message }) => message)).toEqual([]);
        const fields = coordinatesOf(narrowing.text).filter((coordinate) => !coordinate.includes('('));
        const financial = fields.filter((coordinate) => stated(coordinate).length > 0);
        expect(new Set(narrowing.coordinates)).toEqual(new Set(financial));
        expect(categoriesOf(narrowing.categories)).toEqual(
          categoriesOf(maskOf(coordinatesOf(narrowing.text).flatMap(stated))),
        );
      }),
    );
  });

  test('is none where nothing is permitted', () => {
    expect(narrowed(parse('{ account(id: "x") { id } }'), [])).toBeNull();
  });
});
