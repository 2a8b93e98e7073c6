/**
 * The law of the consent machine: whatever customers, banks, the platform and time do in whatever order, a repository of
 * consents and the port over it say what a small model of domain.md 5 says.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { ConsentRepository } from '../../src/consent/index.js';
import { neverConsentablePurposes, type ConsentPort } from '../../src/policy/index.js';
import { anyAct } from './consentMachineActs.js';
import { beginningMs, Doer } from './consentMachineDoer.js';
import { clients, ConsentModel, type Act } from './consentMachineModel.js';
import { atOneLook, portOver, recordsOf, standingsIn, standingsOf } from './consentMachineReading.js';

/** How much of the law is tried. */
export interface ConsentMachineTrial {
  readonly numRuns?: number;
  readonly maxActs?: number;
  readonly seed?: number;
  /** Stops at the first counterexample instead of making it small. */
  readonly hasty?: boolean;
}

/**
 * Runs the law over repositories that `make` gives, one a run; it may give the same one again, because each run is about
 * customers of its own. Rejects with the acts that break it. Cost: runs × acts × two statements.
 */
export async function consentMachineLaw(
  make: () => Promise<ConsentRepository>,
  { numRuns = 100, maxActs = 30, seed, hasty = false }: ConsentMachineTrial = {},
): Promise<void> {
  const commands = fc.commands([anyAct.map((todo) => new Command(todo))], { maxCommands: maxActs });
  const property = fc.asyncProperty(commands, async (acts) => {
    const real = await openReal(await make());
    await fc.asyncModelRun(() => ({ model: new ConsentModel(), real }), acts);
    await real.assertNothingElse();
  });
  await fc.assert(property, { numRuns, endOnFailure: hasty, ...(seed === undefined ? {} : { seed }) });
}

/** An act, done to the model and to the real thing, and everything that they say compared. */
class Command implements fc.AsyncCommand<ConsentModel, Real> {
  readonly #act: Act;

  constructor(todo: Act) {
    this.#act = todo;
  }

  check(): boolean {
    return true;
  }

  async run(model: ConsentModel, real: Real): Promise<void> {
    const told = await real.do(this.#act);
    const expected = model.do(this.#act);
    mustEqual('is told', told, expected);
    const { records, standings } = await real.look();
    mustEqual('the records', records, recordsOf(model));
    mustEqual('what may be read', standings, standingsOf(model));
  }

  toString(): string {
    return JSON.stringify(this.#act);
  }
}

function mustEqual(what: string, real: unknown, expected: unknown): void {
  const [is, should] = [JSON.stringify(real ?? null), JSON.stringify(expected ?? null)];
  if (is !== should) throw new Error(`${what}: ${is}\nbut should be: ${should}`);
}

interface Real {
  do(todo: Act): Promise<unknown>;
  look(): Promise<{ readonly records: unknown; readonly standings: unknown }>;
  assertNothingElse(): Promise<void>;
}

/** A customer nobody has seen before, beside another whom nothing here concerns. */
async function openReal(repository: ConsentRepository): Promise<Real> {
  const clock = { ms: beginningMs };
  const customer = `customer ${randomUUID()}`;
  const bystander = `bystander ${randomUUID()}`;
  const ids: string[] = [];
  const doer = new Doer(repository, { customer, clock, ids });
  await new Doer(repository, { customer: bystander, clock, ids: [] }).grant(bystanding);
  const untouched = JSON.stringify(await repository.ofCustomer(bystander));
  const watch = new EpochWatch();
  return {
    do: (todo) => doer.do(todo),
    look: async () => {
      const found = atOneLook(repository);
      const { consents } = await found.ofCustomer(customer);
      const order = consents.map(({ id }) => id);
      mustEqual('the order', order, ids);
      const port = portOver(found, clock);
      const standings = await standingsIn(port, customer, clock);
      watch.compare(standings, await port.epoch(customer));
      return { records: await new Doer(found, { customer, clock, ids }).records(), standings };
    },
    assertNothingElse: async () => {
      await assertNothingForOthers(portOver(atOneLook(repository), clock), customer, new Date(clock.ms));
      const after = JSON.stringify(await repository.ofCustomer(bystander));
      if (after !== untouched) throw new Error(`another customer's records became ${after}`);
    },
  };
}

const bystanding: Extract<Act, { kind: 'grant' }> = {
  kind: 'grant',
  client: 'messenger',
  bank: 'plain',
  purpose: 'ACCOUNT_SERVICING',
  categories: ['ACCOUNT_IDENTITY'],
  accounts: ['1'],
  days: 'longest',
  lookback: 'unlimited',
  key: 'again',
};

/** INVARIANT: no consent that can be made speaks to a purpose that nobody can consent to. */
async function assertNothingForOthers(port: ConsentPort, customer: string, now: Date): Promise<void> {
  for (const purpose of neverConsentablePurposes) {
    const { banks: said } = await port.standing({ customer, client: clients[0], purpose }, now);
    if (said.length > 0) throw new Error(`${purpose} has standing at ${said.map(({ bank: name }) => name).join()}`);
  }
}

/** INVARIANT: the epoch never falls, and moves whenever anything else may be read than before; days that roll on apart. */
class EpochWatch {
  #said = '';
  #epoch = -1;

  compare(standings: unknown, epoch: number): void {
    const said = JSON.stringify(standings, (key, value: unknown) => (key === 'since' ? undefined : value));
    if (epoch < this.#epoch) throw new Error(`the epoch fell from ${this.#epoch} to ${epoch}`);
    if (said !== this.#said && epoch === this.#epoch) throw new Error('what may be read changed, and the epoch stood');
    this.#said = said;
    this.#epoch = epoch;
  }
}
