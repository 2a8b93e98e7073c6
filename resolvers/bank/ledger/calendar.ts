/** Days and instants in UTC. A day is the number of days since 1970-01-01. */

/** Milliseconds in a day. */
export const dayMs = 86_400_000;

/** The day that an instant lies in. */
export function dayOf(ms: number): number {
  return Math.floor(ms / dayMs);
}

/** The day of the month, from 1. */
export function dayOfMonth(day: number): number {
  return new Date(day * dayMs).getUTCDate();
}

/** `2026-03-31`. */
export function isoDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** `2026-03-31T09:00:00.000Z`. */
export function isoInstant(ms: number): string {
  return new Date(ms).toISOString();
}

/** The latest day not after `day` that is the `date`th of its month; `date` is 28 at most. */
export function latestDate(day: number, date: number): number {
  let candidate = day;
  while (dayOfMonth(candidate) !== date) candidate -= 1;
  return candidate;
}

/** The first day not before `day` that is the `date`th of its month; `date` is 28 at most. */
export function nextDate(day: number, date: number): number {
  let candidate = day;
  while (dayOfMonth(candidate) !== date) candidate += 1;
  return candidate;
}
