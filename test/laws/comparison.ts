/** Two answers to one operation → the first difference that the specification does not allow. */

import { canonical } from './reading.js';

/** An answer: `data`, and the errors with their paths. */
export interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message?: unknown; readonly path?: unknown }[] | undefined;
}

/** Response keys and indices. */
export type Path = readonly (string | number)[];

/**
 * The difference in words; undefined when there is none. `data` must have the same text. An error at a position that is
 * null itself must stand there in both, as often. Where null travelled up from a position that may not be null, the
 * specification (6.4.4) leaves open which of several errors below is reported and which sibling still runs: there both
 * must report some error below the same null.
 */
export function differenceOf(given: Answer, expected: Answer): string | undefined {
  const [data, wanted] = [given.data ?? null, expected.data ?? null].map((value) => JSON.stringify(value));
  if (data !== wanted && canonical(given.data ?? null) === canonical(expected.data ?? null))
    return `order differs:\n  given    ${data}\n  expected ${wanted}`;
  if (data !== wanted) return `data differ:\n  given    ${data}\n  expected ${wanted}`;
  const [mine, theirs] = [errorsOf(given), errorsOf(expected)];
  if ('problem' in mine) return mine.problem;
  if ('problem' in theirs) return `the oracle is wrong: ${theirs.problem}`;
  return (
    listDifference('errors', mine.exact, theirs.exact) ??
    listDifference('nulls with errors below', mine.travelled, theirs.travelled)
  );
}

function listDifference(what: string, mine: readonly string[], theirs: readonly string[]): string | undefined {
  const [given, expected] = [mine, theirs].map((list) => list.toSorted().join(' '));
  return given === expected ? undefined : `${what} differ:\n  given    ${given}\n  expected ${expected}`;
}

interface Errors {
  /** Paths of errors at positions that are null. */
  readonly exact: readonly string[];
  /** Paths of the nulls that errors below travelled to, each once. */
  readonly travelled: readonly string[];
}

function errorsOf({ data, errors = [] }: Answer): Errors | { readonly problem: string } {
  const exact: string[] = [];
  const travelled = new Set<string>();
  for (const { path, message } of errors) {
    if (!Array.isArray(path)) return { problem: `an error has no path: ${String(message)}` };
    const depth = depthOfNull(data ?? null, path as Path);
    if (depth === undefined) return { problem: `an error stands where nothing is null: ${JSON.stringify(path)}` };
    if (depth === path.length) exact.push(JSON.stringify(path));
    else travelled.add(JSON.stringify(path.slice(0, depth)));
  }
  return { exact, travelled: [...travelled] };
}

/** How many keys of the path lead to null; undefined where it leads elsewhere. */
export function depthOfNull(data: unknown, path: Path): number | undefined {
  let value = data;
  for (const [depth, key] of path.entries()) {
    if (value === null) return depth;
    if (typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value === null ? path.length : undefined;
}
