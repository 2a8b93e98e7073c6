/** What a law is to those who run it: a statement, and rounds of random cases that a seed decides. */

/** What one round found. */
export interface RoundReport {
  /** How many cases were judged. */
  readonly cases: number;
  /** Cases that the gateway refused, by the reason it gave. */
  readonly refused: Readonly<Record<string, number>>;
  /** Cases that break the law, as a person reads them; the first few are made small. */
  readonly counterexamples: readonly string[];
}

/** A property that holds for every seed. */
export interface Law {
  readonly name: string;
  /** The law in words. */
  readonly statement: string;
  readonly casesPerRound: number;
  /** How many cases `npm run laws` judges, and how many with `--quick`. */
  readonly runs: { readonly full: number; readonly quick: number };
  /** Of a hundred cases, how many may be refused. */
  readonly refusable: number;
  /** The same seed gives the same round. `small` counterexamples take seconds more each. */
  readonly round: (seed: number, wanted: { readonly cases: number; readonly small: number }) => Promise<RoundReport>;
}

/** How often each text occurs. */
export function tally(texts: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return Object.fromEntries(counts);
}
