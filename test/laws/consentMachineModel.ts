/**
 * The consent machine, small, from domain.md 5 and decision 0022 alone: it shares no code with `src/consent`. Everything
 * happens in whole steps on one customer's records; time passes by `wait`, which ends at once whatever has run out.
 */

/** Who intervenes: a bank by its name, or the platform. */
export type By = 'PLATFORM' | Bank;

export const clients = ['messenger', 'second-app'] as const;
export const purposes = ['ACCOUNT_SERVICING', 'FRAUD_ALERTS'] as const;
export const categories = ['ACCOUNT_IDENTITY', 'TRANSACTION_CORE'] as const;
export const accounts = ['1', '2'] as const;

/** The banks of the law: one with nothing special, one in the UK, one that takes no consent of more than 30 days. */
export const banks = {
  plain: { region: 'US', maximumDays: 365, reconfirmDays: Infinity },
  british: { region: 'UK', maximumDays: 365, reconfirmDays: 90 },
  brief: { region: 'US', maximumDays: 30, reconfirmDays: Infinity },
} as const;
export type Bank = keyof typeof banks;

/** What can be done. `target` counts consents in the order in which they were made; one beyond the last names none. */
export type Act =
  | {
      readonly kind: 'grant';
      readonly client: (typeof clients)[number];
      readonly bank: Bank;
      readonly purpose: (typeof purposes)[number];
      readonly categories: readonly (typeof categories)[number][];
      readonly accounts: readonly string[] | 'none yet';
      readonly days: number | 'once' | 'longest';
      readonly lookback: number | 'unlimited';
      readonly key: string;
    }
  | {
      readonly kind: 'revoke';
      readonly client: (typeof clients)[number];
      readonly target: number;
      /** `none`: without a key. */
      readonly key: string;
    }
  | { readonly kind: 'suspend' | 'resume' | 'revokeBy' | 'rejectBy'; readonly target: number; readonly by: By }
  | { readonly kind: 'close'; readonly bank: Bank; readonly account: string }
  | { readonly kind: 'wait'; readonly minutes: number };

type Order = Extract<Act, { kind: 'grant' }>;
type Keyed = Extract<Act, { kind: 'grant' | 'revoke' }>;

/** One consent. Times are minutes since the beginning. */
export interface ModelConsent {
  readonly order: Order;
  state: 'AWAITING_BANK' | 'ACTIVE' | 'SUSPENDED' | 'REVOKED' | 'EXPIRED' | 'REJECTED' | 'SUPERSEDED';
  initiator: 'CUSTOMER' | 'BANK' | 'PLATFORM';
  since: number;
  expiresAt: number;
  reconfirmBy: number;
  version: number;
  accounts: readonly string[];
  held: readonly ('BANK' | 'PLATFORM')[];
}

/** What one client and purpose may read at one bank: accounts with their categories, or that it must be confirmed first. */
export type ModelStanding = Readonly<Record<string, { readonly state: string; readonly accounts: unknown }>>;

const hour = 60;
const day = 24 * hour;
const pickingMinutes = 15;

/** The machine. */
export class ConsentModel {
  now = 0;
  readonly consents: ModelConsent[] = [];
  readonly #answers: { readonly order: Keyed; readonly at: number; readonly target: number }[] = [];

  /** Does it, and says what the doer is told. */
  do(act: Act): unknown {
    switch (act.kind) {
      case 'grant':
        return this.#grant(act);
      case 'revoke':
        return this.#revoke(act);
      case 'close':
        return this.#close(act.bank, act.account);
      case 'wait':
        return this.#wait(act.minutes);
      default:
        return this.#intervene(act.kind, act.target, act.by);
    }
  }

  /** What consent says to one client under one purpose, by bank. */
  standing(client: string, purpose: string): ModelStanding {
    const own = this.consents.filter(({ order }) => order.client === client);
    if (purpose === 'CONSENT_MANAGEMENT') return byBank(own.filter(isOpen), (some) => this.#picking(some));
    const active = own.filter(({ order, state }) => order.purpose === purpose && state === 'ACTIVE');
    return byBank(active, ([only]) => only && this.#reading(only));
  }

  #wait(minutes: number): void {
    this.now += minutes;
    for (const consent of this.consents.filter(isOpen)) {
      const pickedBy = consent.since + pickingMinutes;
      if (consent.state === 'AWAITING_BANK' && pickedBy <= this.now)
        enter(consent, { state: 'REJECTED', initiator: 'PLATFORM', since: pickedBy });
      else if (consent.expiresAt <= this.now)
        enter(consent, { state: 'EXPIRED', initiator: 'PLATFORM', since: consent.expiresAt });
    }
  }

  #grant(order: Order): unknown {
    const earlier = this.#earlier(order);
    if (earlier) return isSame(earlier.order, order) ? earlier.target : 'key reused';
    const target = order.accounts === 'none yet' ? this.#await(order) : this.#effect(order, order.accounts);
    this.#answers.push({ order, at: this.now, target });
    return target;
  }

  #await(order: Order): number {
    this.#supersede(order, ({ state }) => state === 'AWAITING_BANK');
    return this.#add(order);
  }

  #effect(order: Order, picked: readonly string[]): number {
    const rivals = this.#line(order).filter(isOpen);
    const same = rivals.find(
      (rival) => isInEffect(rival) && sameTerms(rival, order) && sameSet(rival.accounts, picked),
    );
    const waited = rivals.find((rival) => rival.state === 'AWAITING_BANK' && sameTerms(rival, order));
    const target = this.consents.indexOf(same ?? waited ?? this.consents[this.#add(order)] ?? raise());
    const consent = this.consents[target] ?? raise();
    this.#supersede(order, (rival) => rival !== consent);
    const { reconfirmDays } = banks[order.bank];
    consent.reconfirmBy = reconfirmDays === Infinity ? Infinity : this.now + reconfirmDays * day;
    if (same) {
      if (reconfirmDays !== Infinity) consent.version += 1;
      return target;
    }
    enter(consent, { state: 'ACTIVE', initiator: 'CUSTOMER', since: this.now });
    consent.accounts = picked;
    consent.expiresAt = this.now + termDays(order) * day;
    this.#hold(
      consent,
      this.#line(order).flatMap(({ held }) => held),
    );
    return target;
  }

  #add(order: Order): number {
    const { now } = this;
    const consent: ModelConsent = {
      order,
      state: 'AWAITING_BANK',
      initiator: 'CUSTOMER',
      since: now,
      expiresAt: now + termDays(order) * day,
      reconfirmBy: Infinity,
      version: 1,
      accounts: [],
      held: [],
    };
    return this.consents.push(consent) - 1;
  }

  #supersede(line: Order, which: (rival: ModelConsent) => boolean): void {
    for (const rival of this.#line(line).filter(isOpen).filter(which))
      enter(rival, { state: 'SUPERSEDED', initiator: 'CUSTOMER', since: this.now });
  }

  #revoke(order: Extract<Act, { kind: 'revoke' }>): unknown {
    const consent = this.consents[order.target];
    if (!consent) return 'unknown';
    const earlier = order.key === 'none' ? undefined : this.#earlier(order);
    if (earlier && !isSame(earlier.order, order)) return 'key reused';
    if (!isOpen(consent)) return consent.state;
    if (!earlier && order.key !== 'none') this.#answers.push({ order, at: this.now, target: order.target });
    enter(consent, { state: 'REVOKED', initiator: 'CUSTOMER', since: this.now });
    return consent.state;
  }

  /** What the client ordered under this key within a day. */
  #earlier({ client, key }: Keyed) {
    return this.#answers.findLast(
      ({ order, at }) => order.client === client && order.key === key && at + day > this.now,
    );
  }

  #intervene(what: 'suspend' | 'resume' | 'revokeBy' | 'rejectBy', target: number, by: By): unknown {
    const consent = this.consents[target];
    if (!consent || (by !== 'PLATFORM' && by !== consent.order.bank)) return 'unknown';
    const who = by === 'PLATFORM' ? 'PLATFORM' : 'BANK';
    if (what === 'resume') return this.#resume(consent, who);
    if (what === 'suspend') {
      if (isInEffect(consent)) this.#hold(consent, [who]);
      return isInEffect(consent) ? 'done' : 'refused';
    }
    const [end, may] =
      what === 'revokeBy'
        ? (['REVOKED', isInEffect(consent)] as const)
        : (['REJECTED', isOpen(consent) && !isInEffect(consent)] as const);
    if (may) enter(consent, { state: end, initiator: who, since: this.now });
    return consent.state === end ? 'done' : 'refused';
  }

  #hold(consent: ModelConsent, holders: ModelConsent['held']): void {
    consent.held = [...new Set([...consent.held, ...holders])];
    const [first] = consent.held;
    if (first && consent.state === 'ACTIVE') enter(consent, { state: 'SUSPENDED', initiator: first, since: this.now });
  }

  #resume(named: ModelConsent, who: 'BANK' | 'PLATFORM'): unknown {
    const held = this.#line(named.order).filter((consent) => consent.held.includes(who));
    for (const consent of held) {
      consent.held = consent.held.filter((other) => other !== who);
      const [next] = consent.held;
      if (consent.state !== 'SUSPENDED') continue;
      if (next) consent.initiator = next;
      else enter(consent, { state: 'ACTIVE', initiator: who, since: this.now });
    }
    return held.length > 0 || named.state === 'ACTIVE' ? 'done' : 'refused';
  }

  #close(bank: Bank, account: string): unknown {
    const touched = this.consents.filter(
      (consent) => isOpen(consent) && consent.order.bank === bank && consent.accounts.includes(account),
    );
    for (const consent of touched) {
      consent.accounts = consent.accounts.filter((other) => other !== account);
      consent.version += 1;
      if (consent.accounts.length === 0) enter(consent, { state: 'REVOKED', initiator: 'BANK', since: this.now });
    }
    return touched.map((consent) => this.consents.indexOf(consent));
  }

  #line({ client, bank, purpose }: Order): ModelConsent[] {
    return this.consents.filter(
      ({ order }) => order.client === client && order.bank === bank && order.purpose === purpose,
    );
  }

  #reading({ accounts: listed, order, reconfirmBy }: ModelConsent): ModelStanding[string] {
    const words = ['RELATIONSHIP', ...order.categories].toSorted();
    const limit = order.lookback === 'unlimited' ? {} : { since: Math.ceil((this.now - order.lookback * day) / hour) };
    const entries = listed.map((account) => [account, { words, ...limit }]);
    return { state: reconfirmBy <= this.now ? 'reauth' : 'active', accounts: Object.fromEntries(entries) };
  }

  #picking(open: readonly ModelConsent[]): ModelStanding[string] | undefined {
    if (open.some(({ state }) => state === 'AWAITING_BANK')) return { state: 'picking', accounts: 'all' };
    const words = ['ACCOUNT_IDENTITY', 'RELATIONSHIP'];
    const entries = open.flatMap((consent) => consent.accounts.map((account) => [account, { words }] as const));
    return entries.length === 0 ? undefined : { state: 'picking', accounts: Object.fromEntries(entries) };
  }
}

function isSame(some: Keyed, other: Keyed): boolean {
  return JSON.stringify(some) === JSON.stringify(other);
}

function isOpen({ state }: ModelConsent): boolean {
  return state === 'AWAITING_BANK' || state === 'ACTIVE' || state === 'SUSPENDED';
}

function isInEffect({ state }: ModelConsent): boolean {
  return state === 'ACTIVE' || state === 'SUSPENDED';
}

function enter(consent: ModelConsent, step: Pick<ModelConsent, 'state' | 'initiator' | 'since'>): void {
  Object.assign(consent, step);
}

/** The least of what was asked for, 365 days and the bank's maximum. */
function termDays({ days, bank }: Order): number {
  const asked = { once: 1, longest: 365 }[String(days)] ?? Number(days);
  return Math.min(asked, 365, banks[bank].maximumDays);
}

function sameTerms({ order }: ModelConsent, other: Order): boolean {
  return sameSet(order.categories, other.categories) && order.days === other.days && order.lookback === other.lookback;
}

function sameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one));
}

function byBank(
  consents: readonly ModelConsent[],
  say: (atBank: readonly ModelConsent[]) => ModelStanding[string] | undefined,
): ModelStanding {
  const entries = Object.keys(banks).map((bank) => [bank, say(consents.filter(({ order }) => order.bank === bank))]);
  return Object.fromEntries(entries.filter(([, standing]) => standing !== undefined));
}

function raise(): never {
  throw new Error('the model lost a consent');
}
