/** What a bank knows about an account besides its entries: names, numbers, the holder, terms and coming bills. */
import type { DemoAccount, DemoAccountKind } from '../../demo/world.js';
import { dayOf, isoDay, nextDate } from './calendar.js';
import type { Dice } from './dice.js';
import type { MinorAmount } from './money.js';
import { diceOf, type Scene } from './scene.js';
import { closingDate, instalmentMinor, yearlyRate } from './upkeep.js';

/** How an account is called and looks. */
export interface AccountFacts {
  readonly nickname: string;
  readonly maskedNumber: string;
  readonly product: string;
  readonly status: 'OPEN';
}

const kindWords: Readonly<Record<DemoAccountKind, string>> = {
  CHECKING: 'Checking',
  SAVINGS: 'Savings',
  CREDIT_CARD: 'Card',
  LOAN: 'Loan',
};

const tempers = [
  'Clear',
  'Steady',
  'Bright',
  'Simple',
  'Open',
  'Prime',
  'Daily',
  'Plain',
  'Northern',
  'Silver',
] as const;

/** The facts of one account. */
export function factsOf(scene: Scene, { reference, kind }: DemoAccount): AccountFacts {
  const dice = diceOf(scene, 'facts', reference);
  return {
    nickname: `${kindWords[kind]} ${dice.pick(tempers).toLowerCase()} ${dice.whole(100, 999)}`,
    maskedNumber: `•••• ${dice.whole(1000, 9999)}`,
    product: `${dice.pick(tempers)} ${kindWords[kind]} ${dice.whole(100, 999)}`,
    status: 'OPEN',
  };
}

/** A card as it looks. */
export interface CardFacts {
  readonly lastFour: string;
  readonly network: string;
  readonly expiresOn: string;
}

/** The card of a card account. */
export function cardOf(scene: Scene, { reference }: DemoAccount): CardFacts {
  const dice = diceOf(scene, 'card facts', reference);
  const expiresOn = isoDay(nextDate(scene.firstDay + dice.whole(620, 1500), closingDate));
  return { lastFour: String(dice.whole(1000, 9999)), network: dice.pick(['CIRCUIT', 'MERIDIAN']), expiresOn };
}

/** The holder as the bank knows them. */
export interface HolderFacts {
  readonly name: string;
  readonly address: {
    readonly lines: readonly string[];
    readonly city: string;
    readonly postalCode: string;
    readonly country: string;
  };
  readonly phone: string;
  readonly email: string;
}

const givenNames = [
  'Ada',
  'Bruno',
  'Chidi',
  'Dana',
  'Elif',
  'Femi',
  'Greta',
  'Hugo',
  'Ines',
  'Jun',
  'Kofi',
  'Lena',
] as const;
const familyNames = [
  'Abara',
  'Brandt',
  'Castel',
  'Dunne',
  'Eriksen',
  'Farrow',
  'Gomez',
  'Hale',
  'Ito',
  'Jansen',
] as const;
const streets = ['Alder', 'Brook', 'Canal', 'Depot', 'Elm', 'Foundry', 'Glen', 'Harbour', 'Iron', 'Jetty'] as const;

/** The holder of a customer's accounts; the numbers are of ranges that reach nobody. */
export function holderOf(scene: Scene): HolderFacts {
  const dice = diceOf(scene, 'holder');
  const given = dice.pick(givenNames);
  return {
    name: legalName(scene, dice),
    address: {
      lines: [`${dice.whole(1, 980)} ${dice.pick(streets)} Street`],
      city: scene.persona.haunts[0].city,
      postalCode: String(dice.whole(10_000, 99_999)),
      country: { USD: 'US', GBP: 'GB', EUR: 'IE' }[scene.currency as string] ?? 'US',
    },
    phone: `+1 ${dice.whole(201, 989)} 555 01${dice.whole(10, 99)}`,
    email: `${given.toLowerCase()}.${dice.whole(1000, 9999)}@mail.example`,
  };
}

function legalName({ customer: { knownName } }: Scene, dice: Dice): string {
  const middle = `${dice.pick(givenNames)} ${dice.pick(familyNames)}`;
  if (knownName === undefined) return `${dice.pick(givenNames)} ${middle}`;
  const [first = knownName, ...last] = knownName.split(' ');
  return [first, middle, ...last].join(' ');
}

/** Rates and fees. */
export interface TermsFacts {
  /** Percent a year, two decimals. */
  readonly interestRate: string;
  readonly monthlyFee: MinorAmount;
  readonly overdraftLimit: MinorAmount | null;
  readonly summary: string;
}

/** The terms of one account. */
export function termsOf(scene: Scene, { reference, kind }: DemoAccount): TermsFacts {
  const { currency } = scene;
  const dice = diceOf(scene, 'terms', reference);
  const interestRate = (yearlyRate(scene, kind) * 100).toFixed(2);
  return {
    interestRate,
    monthlyFee: { currency, amountMinor: kind === 'CHECKING' ? diceOf(scene, 'fee').whole(150, 990) : 0 },
    overdraftLimit: kind === 'CHECKING' ? { currency, amountMinor: dice.whole(2, 9) * 10_000 } : null,
    summary: `${kindWords[kind]} terms of edition ${dice.whole(1000, 9999)}: ${interestRate} percent a year.`,
  };
}

/** The most that may be owed on a credit card, in minor units. */
export function creditLimitMinor(scene: Scene, reference: string): number {
  return diceOf(scene, 'limit', reference).whole(30, 90) * 10_000;
}

/** Something that will have to be paid. */
export interface BillFacts {
  readonly payee: string;
  readonly dueOn: string;
  readonly amount: MinorAmount;
}

/** The bills that fall due within a month, soonest first. */
export function billsOf(scene: Scene, { kind }: DemoAccount, atMs: number): readonly BillFacts[] {
  const { currency, persona } = scene;
  const tomorrow = dayOf(atMs) + 1;
  const due = (payee: string, amountMinor: number, date: number): BillFacts => ({
    payee,
    amount: { currency, amountMinor },
    dueOn: isoDay(nextDate(tomorrow, date)),
  });
  if (kind === 'LOAN') return [due('Loan instalment', instalmentMinor(scene), closingDate)];
  if (kind !== 'CHECKING') return [];
  const bills = persona.utilities.map(({ payee, amountMinor, date }) => due(payee, amountMinor, date));
  const all = [...bills, due(persona.landlord, persona.rentMinor, persona.rentDate)];
  return all.toSorted((one, other) => (one.dueOn < other.dueOn ? -1 : 1));
}
