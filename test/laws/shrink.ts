/** A counterexample → a smaller one that fails in the same way: parts are left out for as long as that holds. */
import { type ASTNode, type DocumentNode, Kind, parse, print, stripIgnoredCharacters } from 'graphql';
import type { Operation } from './randomOperation.js';
import type { World } from './world.js';

/** A world, and an operation over it. */
export interface Case {
  readonly world: World;
  readonly operation: Operation;
}

/** True for a case that still shows the same failure. */
export type StillFails = (candidate: Case) => Promise<boolean>;

/** The smallest case that leaving parts out leads to, within so many trials. */
export async function shrink(start: Case, stillFails: StillFails, trials = 600): Promise<Case> {
  const budget = { left: trials };
  const guarded: StillFails = async (candidate) => {
    budget.left -= 1;
    return budget.left > 0 && stillFails(candidate);
  };
  let best = await settle(start, smallerOperations, guarded);
  for (let size = Infinity; sizeOf(best) < size && budget.left > 0;) {
    size = sizeOf(best);
    best = await settle(best, smallerSubgraphs, guarded);
    best = await settle(best, smallerRows, guarded);
    best = await settle(best, smallerOperations, guarded);
  }
  return best;
}

function sizeOf(value: Case): number {
  return JSON.stringify(value).length;
}

/** Candidates of one kind, each made when it is tried. */
type Candidates = (current: Case) => readonly (() => Case | undefined)[];

/** Tries candidates, again from the first once the last was tried, until none of them fails any more. */
async function settle(start: Case, candidates: Candidates, stillFails: StillFails): Promise<Case> {
  let current = start;
  let list = candidates(current);
  for (let position = 0; position < list.length;) {
    const next = list[position]?.();
    const fails = next !== undefined && (await stillFails(next));
    position += fails ? 0 : 1;
    current = fails ? next : current;
    list = fails ? candidates(current) : list;
  }
  return current === start ? current : settle(current, candidates, stillFails);
}

const smallerOperations: Candidates = ({ world, operation }) => {
  const document = parse(operation.query, { noLocation: true });
  return editsOf(document).map((edit) => () => {
    const query = attempt(() => print(withoutUnused(edit())));
    if (query === undefined || compactLength(query) >= compactLength(operation.query)) return undefined;
    const names = new Set(query.match(/\$\w+/g)?.map((name) => name.slice(1)));
    const variables = Object.fromEntries(Object.entries(operation.variables).filter(([name]) => names.has(name)));
    return { world, operation: { query, variables } };
  });
};

function compactLength(text: string): number {
  return stripIgnoredCharacters(text).length;
}

const smallerSubgraphs: Candidates = ({ world, operation }) => {
  const { subgraphs, rows } = world;
  const names = Object.keys(subgraphs);
  const without = names.map((name) => () => {
    const rest = Object.entries(subgraphs).filter(([other]) => other !== name);
    return { world: { subgraphs: Object.fromEntries(rest), rows }, operation };
  });
  const edited = names.flatMap((name) => {
    const sdl = subgraphs[name] ?? '';
    return editsOf(parse(sdl, { noLocation: true })).map((edit) => () => {
      const text = attempt(() => print(edit()));
      if (text === undefined || text.length >= print(parse(sdl)).length) return undefined;
      return { world: { subgraphs: { ...subgraphs, [name]: text }, rows }, operation };
    });
  });
  return [...without, ...edited];
};

const smallerRows: Candidates = ({ world, operation }) => {
  const { subgraphs, rows } = world;
  const replaced = (type: string, list: readonly unknown[]): Case => {
    const next = { ...rows, [type]: list as World['rows'][string] };
    return { world: { subgraphs, rows: next }, operation };
  };
  const text = Object.values(subgraphs).join(' ');
  const keys = new Set(
    [...text.matchAll(/@key\(fields: "([^"]*)"/g)].flatMap(([, fields]) => fields?.match(/\w+/g) ?? []),
  );
  return Object.entries(rows).flatMap(([type, list]) => [
    ...(text.includes(`type ${type}`) ? [] : [() => replaced(type, [])]),
    ...(list.length > 0 ? [() => replaced(type, list.slice(0, -1))] : []),
    ...list.flatMap((row, index) =>
      Object.keys(row)
        .filter((field) => !keys.has(field))
        .flatMap((field) =>
          smallerValues(row[field]).map((value) => () => {
            const { [field]: _, ...rest } = row;
            return replaced(type, list.with(index, value === undefined ? rest : { ...row, [field]: value }));
          }),
        ),
    ),
  ]);
};

/** Undefined stands for no value at all. */
function smallerValues(value: unknown): readonly unknown[] {
  if (Array.isArray(value))
    return [
      undefined,
      ...value.map((_, index) => value.toSpliced(index, 1)),
      ...value.flatMap((item: unknown, index) =>
        smallerValues(item).flatMap((less) => (less === undefined ? [] : [value.with(index, less)])),
      ),
    ];
  if (typeof value !== 'object' || value === null) return [undefined];
  const options: unknown = Reflect.get(value, '$by');
  return Array.isArray(options) ? [undefined, ...(options as unknown[])] : [undefined];
}

/** Edits of a document, each leaving out one part; large parts first. */
function editsOf(document: DocumentNode): readonly (() => DocumentNode)[] {
  const edits: { readonly size: number; readonly edit: () => DocumentNode }[] = [];
  const visit = (node: ASTNode, replace: (next: unknown) => DocumentNode): void => {
    for (const [key, value] of Object.entries(node) as [string, unknown][]) {
      const place = (next: unknown): DocumentNode => replace({ ...node, [key]: next });
      if (Array.isArray(value)) visitList(value as ASTNode[], place);
      else if (isNode(value)) visitNode(value, key, place);
    }
  };
  const visitList = (list: readonly ASTNode[], place: (next: unknown) => DocumentNode): void => {
    list.forEach((item, index) => {
      edits.push({ size: lengthOf(item), edit: () => place(list.toSpliced(index, 1)) });
      if (item.kind === Kind.INLINE_FRAGMENT) {
        edits.push({ size: 2, edit: () => place(list.toSpliced(index, 1, ...item.selectionSet.selections)) });
        if (item.typeCondition)
          edits.push({
            size: 1,
            edit: () => place(list.with(index, { ...item, typeCondition: undefined } as unknown as ASTNode)),
          });
      }
      visit(item, (next) => place(list.with(index, next as ASTNode)));
    });
  };
  const visitNode = (node: ASTNode, key: string, place: (next: unknown) => DocumentNode): void => {
    if (key === 'alias' || key === 'defaultValue') edits.push({ size: 1, edit: () => place(undefined) });
    visit(node, place);
  };
  visit(document, (next) => next as DocumentNode);
  return edits.toSorted((a, b) => b.size - a.size).map(({ edit }) => edit);
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

function lengthOf(node: ASTNode): number {
  return attempt(() => print(node).length) ?? 0;
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** Fragments and variables that nothing names any more are left out too. */
function withoutUnused(document: DocumentNode): DocumentNode {
  const text = print(document);
  const definitions = document.definitions
    .filter(
      (definition) =>
        definition.kind !== Kind.FRAGMENT_DEFINITION || new RegExp(`\\.\\.\\.${definition.name.value}\\b`).test(text),
    )
    .map((definition) => {
      if (definition.kind !== Kind.OPERATION_DEFINITION) return definition;
      const used = (name: string): boolean => (text.match(new RegExp(`\\$${name}\\b`, 'g')) ?? []).length > 1;
      return {
        ...definition,
        variableDefinitions: definition.variableDefinitions?.filter(({ variable }) => used(variable.name.value)) ?? [],
      };
    });
  return { ...document, definitions };
}
