/**
 * Where federation may differ from one schema: a representation without its required fields cannot be sent, and a plan
 * fetches a requiring field together with others of the same subgraph. When what is required fails, those companions
 * are null as well, each with the error of the requirement. Nothing else is excused: the position must be null, carry an
 * error of its own or below, and that error must be one that a requirement of the operation failed with.
 */
import { type Answer, depthOfNull, type Path } from './comparison.js';

/** Both answers, with such companions taken out of either. */
export function withoutCompanions(
  given: Answer,
  wanted: Answer,
  failedRequirements: ReadonlySet<string>,
): { readonly given: Answer; readonly wanted: Answer } {
  const lost = (given.errors ?? []).flatMap(({ path, message }): Path[] => {
    if (!Array.isArray(path) || !failedRequirements.has(String(message))) return [];
    const depth = depthOfNull(given.data ?? null, path as Path);
    if (depth === undefined) return [];
    const place = (path as Path).slice(0, depth);
    const isNull = depthOfNull(wanted.data ?? null, place) !== undefined;
    return isNull && wanted.errors?.some((error) => isBelow(error.path, place)) ? [] : [place];
  });
  if (lost.length === 0) return { given, wanted };
  const data: unknown = structuredClone(wanted.data);
  for (const place of lost) clear(data, place);
  const kept = ({ path }: { readonly path?: unknown }): boolean => !lost.some((place) => isBelow(path, place));
  const nothing = lost.some((place) => place.length === 0);
  return {
    given: { data: given.data, errors: given.errors?.filter(kept) },
    wanted: { data: nothing ? null : data, errors: wanted.errors?.filter(kept) },
  };
}

function clear(data: unknown, place: Path): void {
  const last = place.at(-1);
  let holder = data;
  for (const key of place.slice(0, -1)) holder = Object(holder) === holder ? Reflect.get(holder as object, key) : null;
  if (last === undefined || typeof holder !== 'object' || holder === null) return;
  Object.defineProperty(holder, last, { value: null, enumerable: true, configurable: true, writable: true });
}

function isBelow(path: unknown, place: Path): boolean {
  return Array.isArray(path) && place.every((key, index) => path[index] === key);
}
