/**
 * Progressive overrides: for a share of the requests, a field has moved to another subgraph already. One draw decides
 * a request, so that its fields move together as far as their shares allow.
 */

/** Which of the overrides with a share are on, for one request: an index into the stretches between their shares. */
export type Stage = number;

/** The shares of a supergraph's overrides, as stages. */
export interface Rollout {
  /** One more than there are different shares. */
  readonly stages: number;
  /** The stage of a request that drew this number, from 0 up to but not including 100. */
  stageOf(drawn: number): Stage;
  /** A number that draws the stage. */
  drawnFor(stage: Stage): number;
}

/** The stages of shares in percent: an override is on for draws below its share. */
export function rolloutOf(percentages: readonly number[]): Rollout {
  const shares = [...new Set(percentages)].sort((one, other) => one - other);
  return {
    stages: shares.length + 1,
    stageOf: (drawn) => shares.filter((share) => share <= drawn).length,
    drawnFor: (stage) => shares[stage - 1] ?? 0,
  };
}
