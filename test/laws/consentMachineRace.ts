/**
 * The law of two instances: what several doers do to one customer's consents at the same time, through two handles of one
 * store, comes out as if they had done it one after the other, in some order.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { ConsentRepository } from '../../src/consent/index.js';
import type { ConsentMachineTrial } from './consentMachine.js';
import { anyAct } from './consentMachineActs.js';
import { beginningMs, Doer, type LawCustomer } from './consentMachineDoer.js';
import { ConsentModel, type Act } from './consentMachineModel.js';
import { atOneLook, portOver, recordsOf, standingsIn, standingsOf } from './consentMachineReading.js';

/** Two handles of one store, as two instances of the gateway have them. */
export type TwoHandles = readonly [ConsentRepository, ConsentRepository];

/**
 * Runs the law over handles that `make` gives, a pair a run; it may give the same ones again. Rejects with the acts that
 * come out as no order of them would. Cost: runs × (the acts, and at most 24 orders of the model).
 */
export async function consentRaceLaw(
  make: () => Promise<TwoHandles>,
  { numRuns = 100, maxActs = 6, seed, hasty = false }: ConsentMachineTrial = {},
): Promise<void> {
  const before = fc.array(anyAct, { maxLength: maxActs });
  const atOnce = fc.array(
    anyAct.filter(({ kind }) => kind !== 'wait'),
    { minLength: 2, maxLength: 4 },
  );
  const property = fc.asyncProperty(before, atOnce, async (first, racing) => {
    const real = await raced(await make(), first, racing);
    const orders = permutations(racing.map((_, index) => index));
    const possible = orders.map((order) => inOrder(first, racing, order));
    if (!possible.includes(real)) throw new Error(`no order of them gives ${real}`);
  });
  await fc.assert(property, { numRuns, endOnFailure: hasty, ...(seed === undefined ? {} : { seed }) });
}

/** Does it for real, in turns through both handles, the last acts all at once; and what came of it. */
async function raced(handles: TwoHandles, first: readonly Act[], racing: readonly Act[]): Promise<string> {
  const subject: LawCustomer = { customer: `customer ${randomUUID()}`, clock: { ms: beginningMs }, ids: [] };
  const [one, other] = [new Doer(handles[0], subject), new Doer(handles[1], subject)];
  for (const [index, act] of first.entries()) await (index % 2 === 0 ? one : other).do(act);
  const told = await Promise.all(racing.map((act, index) => (index % 2 === 0 ? one : other).do(act)));
  const [seen, seenByOther] = await Promise.all(handles.map((handle) => outcomeAt(handle, subject)));
  return JSON.stringify([told.map(withoutNumbers), seen, seenByOther]);
}

async function outcomeAt(repository: ConsentRepository, subject: LawCustomer): Promise<unknown> {
  const { customer, clock } = subject;
  const found = atOneLook(repository);
  const standings = await standingsIn(portOver(found, clock), customer, clock);
  return [await new Doer(found, subject).records(), standings];
}

/** What the model makes of one order. */
function inOrder(first: readonly Act[], racing: readonly Act[], order: readonly number[]): string {
  const model = new ConsentModel();
  for (const act of first) model.do(act);
  const told: unknown[] = racing.map(() => undefined);
  for (const index of order) {
    const act = racing[index];
    if (act) told[index] = model.do(act);
  }
  const seen = [recordsOf(model), standingsOf(model)];
  return JSON.stringify([told.map(withoutNumbers), seen, seen]);
}

/** Which number a new consent gets depends on who heard of it first. */
function withoutNumbers(told: unknown): unknown {
  if (typeof told === 'number') return 'a consent';
  return Array.isArray(told) ? told.length : (told ?? null);
}

function permutations(indices: readonly number[]): number[][] {
  if (indices.length <= 1) return [[...indices]];
  return indices.flatMap((index) =>
    permutations(indices.filter((other) => other !== index)).map((rest) => [index, ...rest]),
  );
}
