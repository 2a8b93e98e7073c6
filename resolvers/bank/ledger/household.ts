/** What comes and goes every month: salary, rent, bills, transfers between the customer's own accounts. */
import { dayMs, dayOfMonth } from './calendar.js';
import type { InternalAccount, Movement, Particulars } from './movement.js';
import { accountOf, daysOf, diceOf, idOf, instantOn, type Scene } from './scene.js';

/** The movements of a household, in no particular order. */
export function householdMovements(scene: Scene): Movement[] {
  const checking = accountOf(scene, 'CHECKING');
  if (checking === undefined) return [];
  return [opening(scene, checking), ...daysOf(scene).flatMap((day) => onDay(scene, checking, day))];
}

const clearing: InternalAccount = 'internal:clearing';

/** A movement that is booked at once. */
interface Plain {
  readonly topic: string;
  readonly from: string;
  readonly to: string;
  readonly amountMinor: number;
  readonly particulars: Particulars;
}

function opening(scene: Scene, checking: string): Movement {
  const amountMinor = Math.round(scene.persona.incomeMinor * (1.2 + diceOf(scene, 'opening').next()));
  const particulars = {
    description: `TRANSFER FROM PREVIOUS BANK ${diceOf(scene, 'previous').whole(100_000, 999_999)}`,
  };
  const first = booked(scene, scene.firstDay, {
    topic: 'opening',
    from: clearing,
    to: checking,
    amountMinor,
    particulars,
  });
  return { ...first, atMs: scene.firstDay * dayMs };
}

function onDay(scene: Scene, checking: string, day: number): Movement[] {
  const { persona } = scene;
  const date = dayOfMonth(day);
  const due: Plain[] = [];
  if (date === persona.salaryDate) due.push(salary(scene, checking, day));
  if (date === persona.rentDate) due.push(rent(scene, checking));
  for (const utility of persona.utilities) {
    if (date === utility.date) due.push(bill(checking, utility, diceOf(scene, 'bill', utility.payee, day).next()));
  }
  due.push(...putAside(scene, checking, day));
  return due.map((plain) => booked(scene, day, plain));
}

function salary({ persona, ...rest }: Scene, to: string, day: number): Plain {
  const swing = diceOf({ persona, ...rest }, 'salary', day).next() * 0.02;
  const particulars = { description: `SALARY ${persona.employer.toUpperCase()}`, counterparty: persona.employer };
  return {
    topic: 'salary',
    from: clearing,
    to,
    amountMinor: Math.round(persona.incomeMinor * (0.99 + swing)),
    particulars,
  };
}

function rent({ persona }: Scene, from: string): Plain {
  const particulars = {
    description: `STANDING ORDER ${persona.landlord.toUpperCase()}`,
    counterparty: persona.landlord,
  };
  return { topic: 'rent', from, to: clearing, amountMinor: persona.rentMinor, particulars };
}

function bill(from: string, utility: Scene['persona']['utilities'][number], swing: number): Plain {
  const { payee, amountMinor } = utility;
  const particulars = { description: `DIRECT DEBIT ${payee.toUpperCase()}`, counterparty: payee };
  return {
    topic: `bill ${payee}`,
    from,
    to: clearing,
    amountMinor: Math.round(amountMinor * (0.9 + 0.2 * swing)),
    particulars,
  };
}

/** Now and then something goes to the savings account, and extra to the loan. */
function putAside(scene: Scene, checking: string, day: number): Plain[] {
  const plain: Plain[] = [];
  for (const kind of ['SAVINGS', 'LOAN'] as const) {
    const to = accountOf(scene, kind);
    const dice = diceOf(scene, 'aside', kind, day);
    if (to === undefined || !dice.chance(scene.persona.thrift)) continue;
    const words = kind === 'SAVINGS' ? 'TRANSFER TO SAVINGS' : 'LOAN REPAYMENT';
    const particulars = { description: `${words} ${dice.whole(100_000, 999_999)}` };
    plain.push({ topic: kind, from: checking, to, amountMinor: dice.whole(500, 4_200), particulars });
  }
  return plain;
}

function booked(scene: Scene, day: number, { topic, from, to, amountMinor, particulars }: Plain): Movement {
  const key = idOf(scene, 'mv', topic, day);
  const atMs = instantOn(day, diceOf(scene, 'instant', topic, day));
  return { key, from, to, amountMinor, atMs, settlement: { kind: 'atOnce' }, ...particulars };
}
