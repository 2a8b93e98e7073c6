import { ClientFault } from '../fault/index.js';

const opening: ReadonlySet<number> = new Set(Array.from('{[(', (mark) => mark.charCodeAt(0)));

/** What opens a bracket or looks like it: no text nests deeper than that. */
function openings(source: string): number {
  let count = 0;
  for (let index = 0; index < source.length; index += 1) if (opening.has(source.charCodeAt(index))) count += 1;
  return count;
}

/** Brackets, and what can hold a bracket that opens nothing: block strings, strings and comments. */
const marks = /"""(?:\\"""|[^])*?"""|"(?:\\.|[^"\\\r\n])*"|#[^\r\n]*|[{[(]|[}\])]/g;

/**
 * Throws OPERATION_TOO_LARGE where brackets nest deeper than `limit`. Runs before the parser, which is recursive and
 * would run out of stack. Linear in the text.
 */
export function refuseDeepNesting(source: string, limit: number): void {
  if (openings(source) <= limit) return;
  let depth = 0;
  for (const [mark] of source.matchAll(marks)) {
    if (mark === '{' || mark === '[' || mark === '(') depth += 1;
    else if (mark === '}' || mark === ']' || mark === ')') depth -= 1;
    if (depth > limit) throw new ClientFault('OPERATION_TOO_LARGE', `the document nests deeper than ${limit} brackets`);
  }
}
