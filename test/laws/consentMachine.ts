/**
 * The law of the consent machine: whatever customers, banks, the platform and time do in whatever order, a repository of
 * consents and the port over it say what a small model of domain.md 5 says.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { createAgreementPort, createConsentPort, dayMs, type ConsentRepository } from '../../src/consent/index.js';
import { categoriesOf, neverConsentablePurposes, type ConsentPort, type Purpose } from '../../src/policy/index.js';
import { beginningMs, Doer } from './consentMachineDoer.js';
import {
  accounts,
  banks,
  categories,
  clients,
  ConsentModel,
  purposes,
  type Act,
  type Bank,
  type By,
  type ModelStanding,
} from './consentMachineModel.js';

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
 * customers of its own. Rejects with the acts that break it. Cost: runs × acts × a dozen reads.
 */
export async function consentMachineLaw(
  make: () => Promise<ConsentRepository>,
  { numRuns = 100, maxActs = 30, seed, hasty = false }: ConsentMachineTrial = {},
): Promise<void> {
  const commands = fc.commands([act.map((todo) => new Command(todo))], { maxCommands: maxActs });
  const property = fc.asyncProperty(commands, async (acts) => {
    const real = await openReal(await make());
    await fc.asyncModelRun(() => ({ model: new ConsentModel(), real }), acts);
    await real.assertBystanderUntouched();
  });
  await fc.assert(property, { numRuns, endOnFailure: hasty, ...(seed === undefined ? {} : { seed }) });
}

const minutes = fc.constantFrom(1, 14, 15, 60, 24 * 60, 29 * 24 * 60, 90 * 24 * 60, 365 * 24 * 60);
const target = fc.nat({ max: 5 });
const bank = fc.constantFrom(...(Object.keys(banks) as Bank[]));
/** Mostly one place, so that acts meet. */
const usualBank = fc.oneof({ weight: 3, arbitrary: fc.constant<Bank>('british') }, { weight: 2, arbitrary: bank });
const by: fc.Arbitrary<By> = fc.oneof(fc.constant('PLATFORM' as const), usualBank);

const order: fc.Arbitrary<Act> = fc.record({
  kind: fc.constant('grant' as const),
  client: fc.oneof({ weight: 5, arbitrary: fc.constant(clients[0]) }, fc.constantFrom(...clients)),
  bank: usualBank,
  purpose: fc.oneof({ weight: 3, arbitrary: fc.constant(purposes[0]) }, fc.constantFrom(...purposes)),
  categories: fc.subarray([...categories], { minLength: 1 }),
  accounts: fc.oneof(fc.constant('none yet' as const), fc.subarray([...accounts], { minLength: 1 })),
  days: fc.constantFrom('longest' as const, 'longest' as const, 'once' as const, 20, 200),
  lookback: fc.constantFrom('unlimited' as const, 'unlimited' as const, 30),
  key: fc.oneof({ weight: 1, arbitrary: fc.constant('again') }, { weight: 4, arbitrary: fc.uuid() }),
});

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: order },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('revoke' as const), target }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('suspend' as const, 'resume' as const), target, by }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('revokeBy' as const, 'rejectBy' as const), target, by }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('close' as const),
      bank: usualBank,
      account: fc.constantFrom(...accounts),
    }),
  },
);

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
    mustEqual('the records', await real.records(), recordsOf(model));
    mustEqual('what may be read', await real.standings(), standingsOf(model));
  }

  toString(): string {
    return JSON.stringify(this.#act);
  }
}

const asked = clients.flatMap((client) =>
  [...purposes, 'CONSENT_MANAGEMENT'].map((purpose) => [client, purpose] as const),
);

function standingsOf(model: ConsentModel): unknown {
  return asked.map(([client, purpose]) => [client, purpose, model.standing(client, purpose)]);
}

function recordsOf({ consents }: ConsentModel): unknown {
  return consents.map(({ state, initiator, since, expiresAt, reconfirmBy, version, accounts: listed, held }) => {
    const isOver = state === 'REVOKED' || state === 'EXPIRED' || state === 'REJECTED' || state === 'SUPERSEDED';
    return [state, initiator, since, expiresAt, isOver ? 'over' : finite(reconfirmBy), version, listed, held];
  });
}

function finite(instant: number): number | 'never' {
  return instant === Infinity ? 'never' : instant;
}

function mustEqual(what: string, real: unknown, expected: unknown): void {
  const [is, should] = [JSON.stringify(real ?? null), JSON.stringify(expected ?? null)];
  if (is !== should) throw new Error(`${what}: ${is}\nbut should be: ${should}`);
}

interface Real {
  do(todo: Act): Promise<unknown>;
  records(): Promise<unknown>;
  standings(): Promise<unknown>;
  assertBystanderUntouched(): Promise<void>;
}

/** A customer nobody has seen before, beside another whom nothing here concerns. */
async function openReal(repository: ConsentRepository): Promise<Real> {
  const clock = { ms: beginningMs };
  const customer = `customer ${randomUUID()}`;
  const bystander = `bystander ${randomUUID()}`;
  const agreements = createAgreementPort(
    Object.entries(banks).map(([name, { region }]) => ({ bank: name, status: 'LIVE', region, covers: new Map() })),
  );
  const port = createConsentPort(repository, agreements, () => new Date(clock.ms));
  const doer = new Doer(repository, customer, clock);
  await new Doer(repository, bystander, clock).grant(bystanding);
  const untouched = JSON.stringify(await repository.ofCustomer(bystander));
  const watch = new EpochWatch(port, customer);
  return {
    do: (todo) => doer.do(todo),
    records: () => doer.records(),
    standings: async () => {
      const said = await Promise.all(asked.map((one) => standingOf(port, { customer, now: clock.ms }, one)));
      await assertNothingForOthers(port, customer, new Date(clock.ms));
      await watch.compare(JSON.stringify(said, (key, value: unknown) => (key === 'since' ? undefined : value)));
      return said;
    },
    assertBystanderUntouched: async () => {
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

/** Says the standing of one question in the model's words. */
async function standingOf(
  port: ConsentPort,
  { customer, now }: { readonly customer: string; readonly now: number },
  [client, purpose]: readonly [string, string],
): Promise<unknown> {
  const { banks: said } = await port.standing({ customer, client, purpose: purpose as Purpose }, new Date(now));
  const entries = said.map(({ bank: name, state, accounts: listed }) => [name, { state, accounts: wordsOf(listed) }]);
  return [client, purpose, Object.fromEntries(entries) as ModelStanding];
}

function wordsOf(listed: Awaited<ReturnType<ConsentPort['standing']>>['banks'][number]['accounts']): unknown {
  if (listed === 'all') return 'all';
  const entries = listed.map(({ reference, categories: mask, notBefore }) => {
    const since = notBefore === undefined ? {} : { since: (Date.parse(notBefore) - beginningMs) / dayMs };
    return [reference, { words: categoriesOf(mask).toSorted(), ...since }];
  });
  return Object.fromEntries(entries) as unknown;
}

/** INVARIANT: no consent that can be made speaks to a purpose that nobody can consent to. */
async function assertNothingForOthers(port: ConsentPort, customer: string, now: Date): Promise<void> {
  for (const purpose of neverConsentablePurposes) {
    const { banks: said } = await port.standing({ customer, client: clients[0], purpose }, now);
    if (said.length > 0) throw new Error(`${purpose} has standing at ${said.map(({ bank: name }) => name).join()}`);
  }
}

/** INVARIANT: the epoch never falls, and moves whenever anything else may be read than before; days that roll on apart. */
class EpochWatch {
  readonly #port: ConsentPort;
  readonly #customer: string;
  #said = '';
  #epoch = -1;

  constructor(port: ConsentPort, customer: string) {
    this.#port = port;
    this.#customer = customer;
  }

  async compare(said: string): Promise<void> {
    const epoch = await this.#port.epoch(this.#customer);
    if (epoch < this.#epoch) throw new Error(`the epoch fell from ${this.#epoch} to ${epoch}`);
    if (said !== this.#said && epoch === this.#epoch) throw new Error('what may be read changed, and the epoch stood');
    this.#said = said;
    this.#epoch = epoch;
  }
}
