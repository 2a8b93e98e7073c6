/** Probes → their answers, a few at a time, each held against what the domain says. */
import { viewOf, type Asker } from './oracle.js';
import { outcomeOf, queryOf, type Outcome } from './outcome.js';
import type { Ids } from './inputs.js';
import type { Probe } from './probes.js';
import { clientOf } from './reader.js';
import type { Answer, World } from './world.js';

/** A probe and what became of it. */
export interface Trial {
  readonly probe: Probe;
  /** `Type.field.below`: the probe's coordinate, with the value types' fields that follow. */
  readonly coordinate: string;
  readonly query: string;
  readonly answer: Answer;
  readonly verdict: Verdict;
}

/** `proven`: as the domain says, and shown by a value or an error. `bare`: not contradicted, but no row was there. */
export type Verdict = { readonly kind: 'proven' | 'bare' } | { readonly kind: 'wrong'; readonly why: string };

/** What a run needs besides the probes. */
export interface Laboratory {
  readonly world: World;
  readonly ids: Ids;
  /** The names of the object and interface types. */
  readonly composites: ReadonlySet<string>;
}

const atATime = 12;

/** Runs all probes, those that are allowed first: a refusal leaves receipts that name no bank. */
export async function runProbes(laboratory: Laboratory, probes: readonly Probe[]): Promise<readonly Trial[]> {
  const queue = probes.toSorted((one, other) => Number(one.denied !== undefined) - Number(other.denied !== undefined));
  const trials: Trial[] = [];
  const tokens = new Map<string, Promise<string>>();
  const work = async (): Promise<void> => {
    for (let probe = queue.shift(); probe !== undefined; probe = queue.shift()) {
      trials.push(await runProbe(laboratory, probe, tokens));
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
  return trials;
}

async function runProbe(
  { world, ids, composites }: Laboratory,
  probe: Probe,
  tokens: Map<string, Promise<string>>,
): Promise<Trial> {
  const { purpose, scope } = probe.asker;
  const customer = customerOf(probe);
  const words = [...scope].join(' ');
  const key = `${purpose} ${customer} ${words}`;
  const facts = { client: clientOf(purpose), purpose, scope: words, ...(customer !== undefined && { customer }) };
  const token = tokens.get(key) ?? world.token(facts);
  tokens.set(key, token);
  const query = queryOf(ids, probe, composites);
  const answer = await world.ask(await token, query);
  const verdict = judge(probe, outcomeOf(answer, probe));
  return { probe, coordinate: coordinateOf(probe), query, answer, verdict };
}

/** Consents are granted and revoked for a customer whose accounts nothing else reads. */
function customerOf({ asker: { purpose }, steps }: Probe): string | undefined {
  const writesConsent = steps[0]?.type === 'Mutation' && steps[0].field.endsWith('Consent');
  const speaksForOne = viewOf(purpose) === 'first-party' || purpose === 'THIRD_PARTY_SHARING';
  return speaksForOne ? (writesConsent ? 'customer-4' : 'customer-1') : undefined;
}

function coordinateOf({ steps }: Probe): string {
  const own = steps.findLastIndex(({ onValue }) => !onValue);
  const chain = steps.slice(own);
  const args = chain[0]?.args.map((arg) => `(${arg}:)`).join('') ?? '';
  return `${chain[0]?.type}.${chain.map(({ field }) => field).join('.')}${args}`;
}

function judge(probe: Probe, outcome: Outcome): Verdict {
  const expected = expectation(probe);
  if (outcome.kind !== expected.kind) {
    const nothingThere = outcome.kind === 'reached' && outcome.values === 0 && outcome.codes.length === 0;
    if (expected.kind === 'denied' && nothingThere) return { kind: 'bare' };
    return wrong(expected, outcome);
  }
  if (outcome.kind === 'denied') return outcome.at === probe.denied ? { kind: 'proven' } : wrong(expected, outcome);
  if (outcome.kind !== 'reached') return { kind: 'proven' };
  // A cursor belongs to one list, and other lists refuse it: that is a row without the value, not a denial.
  const isCursor = probe.steps.some(({ args }) => args.includes('after'));
  const codes = outcome.codes.filter((code) => !(isCursor && code === 'BAD_USER_INPUT'));
  if (codes.length > 0) return wrong(expected, outcome);
  return { kind: outcome.values > 0 ? 'proven' : 'bare' };
}

type Expectation =
  { readonly kind: 'reached' } | { readonly kind: 'absent' } | { readonly kind: 'denied'; readonly at: number };

function expectation({ asker, denied }: Probe): Expectation {
  if (denied === undefined) return { kind: 'reached' };
  return isHidden(asker) ? { kind: 'absent' } : { kind: 'denied', at: denied };
}

/** Outside the first-party view, what is denied does not exist. */
function isHidden({ purpose }: Asker): boolean {
  return viewOf(purpose) !== 'first-party';
}

function wrong(expected: Expectation, outcome: Outcome): Verdict {
  return { kind: 'wrong', why: `expected ${JSON.stringify(expected)}, but ${JSON.stringify(outcome)}` };
}
