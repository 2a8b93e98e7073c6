/** The real consent machine behind the acts of its model: the steps of `src/consent`, run by a repository. */
import { randomUUID } from 'node:crypto';
import {
  closeAccount,
  grant,
  isFinal,
  rejectBy,
  resume,
  revoke,
  revokeBy,
  settle,
  suspend,
  type ConsentDuration,
  type ConsentRepository,
  type GrantOrder,
  type Intervener,
} from '../../src/consent/index.js';
import { maskOf } from '../../src/policy/index.js';
import { banks, type Act } from './consentMachineModel.js';

/** The law's clock, by which all that is done is dated. */
export interface LawClock {
  ms: number;
}

/** One customer of the law. `ids` names consents in the order in which they were heard of; doers may share it. */
export interface LawCustomer {
  readonly customer: string;
  readonly clock: LawClock;
  readonly ids: string[];
}

/** A midnight, so that whole days are whole days. */
export const beginningMs = Date.parse('2026-03-01T00:00:00.000Z');
const minuteMs = 60_000;

const interventions = { suspend, resume, revokeBy, rejectBy };

/** Does acts through the steps of `src/consent`, and speaks of consents by their number. */
export class Doer {
  readonly #repository: ConsentRepository;
  readonly #customer: string;
  readonly #clock: LawClock;
  readonly #ids: string[];

  constructor(repository: ConsentRepository, { customer, clock, ids }: LawCustomer) {
    this.#repository = repository;
    this.#customer = customer;
    this.#clock = clock;
    this.#ids = ids;
  }

  async do(todo: Act): Promise<unknown> {
    const now = this.#clock.ms;
    switch (todo.kind) {
      case 'wait':
        this.#clock.ms += todo.minutes * minuteMs;
        return undefined;
      case 'grant':
        return this.grant(todo);
      case 'revoke':
        return this.#revoke(todo);
      case 'close': {
        const closed = await this.#repository.change(this.#customer, closeAccount({ ...todo, now }));
        return closed.map(({ id }) => this.#ids.indexOf(id));
      }
      default: {
        const intervener: Intervener = todo.by === 'PLATFORM' ? { kind: 'PLATFORM' } : { kind: 'BANK', bank: todo.by };
        const step = interventions[todo.kind]({ by: intervener, consentId: this.#idOf(todo.target), now });
        return (await this.#repository.change(this.#customer, step)).kind;
      }
    }
  }

  async grant(todo: Extract<Act, { kind: 'grant' }>): Promise<unknown> {
    const step = grant(orderOf(todo, this.#customer), { now: this.#clock.ms, newId: randomUUID() });
    const outcome = await this.#repository.change(this.#customer, step);
    if (outcome.kind === 'keyReused') return 'key reused';
    if (outcome.kind === 'full') throw new Error('the law makes no more acts than keys are remembered');
    const { id } = outcome.consent;
    return this.#ids.includes(id) ? this.#ids.indexOf(id) : this.#ids.push(id) - 1;
  }

  async #revoke({ client, target, key }: Extract<Act, { kind: 'revoke' }>): Promise<unknown> {
    const step = revoke(this.#idOf(target), this.#clock.ms, key === 'none' ? undefined : { client, key });
    const outcome = await this.#repository.change(this.#customer, step);
    if (outcome.kind === 'keyReused') return 'key reused';
    return outcome.kind === 'unknown' ? 'unknown' : outcome.consent.state;
  }

  /** The customer's consents as they stand now, in the order in which they are stored. */
  async records(): Promise<unknown> {
    const { consents } = await this.#repository.ofCustomer(this.#customer);
    return consents.map((stored) => {
      const consent = settle(stored, this.#clock.ms);
      const { client, bank, purpose, state, initiator, version, accounts, suspendedBy = [] } = consent;
      const instants = [consent.stateSince, consent.expiresAt, isFinal(state) ? undefined : consent.reconfirmBy];
      return [client, bank, purpose, state, initiator, version, accounts, suspendedBy, ...instants.map(minutesOf)];
    });
  }

  #idOf(target: number): string {
    return this.#ids[target] ?? 'no such consent';
  }
}

function minutesOf(instant: number | undefined): number | 'never' {
  return instant === undefined ? 'never' : (instant - beginningMs) / minuteMs;
}

function orderOf(todo: Extract<Act, { kind: 'grant' }>, customer: string): GrantOrder {
  const { client, bank: name, purpose, accounts: picked, days, lookback, key: idempotencyKey } = todo;
  const { region, maximumDays } = banks[name];
  return {
    customer,
    client,
    bank: name,
    customerReference: 'known',
    purpose,
    categories: maskOf(todo.categories),
    duration: durationOf(days),
    maximumDays,
    region,
    idempotencyKey,
    ...(picked === 'none yet' ? {} : { accounts: picked }),
    ...(lookback === 'unlimited' ? {} : { lookbackDays: lookback }),
  };
}

function durationOf(days: number | 'once' | 'longest'): ConsentDuration {
  if (days === 'once') return { kind: 'ONE_TIME' };
  return days === 'longest' ? { kind: 'PERSISTENT' } : { kind: 'TIME_BOUND', days };
}
