/** What is bought with cards: at home and abroad, pending before it posts, sometimes refunded, sometimes gone. */
import { dayMs, dayOf } from './calendar.js';
import type { Dice } from './dice.js';
import { foreignMerchant, type Merchant } from './merchants.js';
import { exchanged } from './money.js';
import type { InternalAccount, Movement, Settlement } from './movement.js';
import { accountOf, daysOf, diceOf, idOf, instantOn, type Scene } from './scene.js';

/** The card movements of a customer, on the checking account's card and on the credit card. */
export function spendingMovements(scene: Scene): Movement[] {
  const accounts = [accountOf(scene, 'CHECKING'), accountOf(scene, 'CREDIT_CARD')];
  const used = accounts.filter((account) => account !== undefined);
  return used.flatMap((account) => daysOf(scene).flatMap((day) => onDay(scene, account, day)));
}

/** One use of a card. */
interface Use {
  readonly account: string;
  readonly day: number;
  readonly turn: number;
  readonly dice: Dice;
}

function onDay(scene: Scene, account: string, day: number): Movement[] {
  const movements: Movement[] = [];
  const dice = diceOf(scene, 'card', account, day);
  for (const turn of [1, 2, 3]) {
    if (dice.chance(scene.persona.appetite)) movements.push(...purchase(scene, { account, day, turn, dice }));
  }
  return movements;
}

function purchase(scene: Scene, use: Use): Movement[] {
  const { account, day, turn, dice } = use;
  const merchant = dice.chance(0.06) ? foreignMerchant(dice, scene.currency) : dice.pick(scene.persona.haunts);
  const amountMinor = amountOf(scene, dice);
  const atMs = instantOn(day, dice);
  const paid: Movement = {
    key: idOf(scene, 'mv', 'card', account, day, turn),
    from: account,
    to: contraOf(merchant, scene),
    amountMinor,
    atMs,
    settlement: settlementOf(dice, atMs),
    description: `CARD ${dice.whole(1000, 9999)} ${merchant.name.toUpperCase()} ${merchant.city.toUpperCase()}`,
    merchant,
    ...originalOf(scene, merchant, amountMinor),
  };
  const returned = paid.settlement.kind === 'posts' && dice.chance(0.04);
  return returned ? [paid, refund(paid, dice)] : [paid];
}

/** Small things often, larger ones rarely; about a quarter of the income a month over all. */
function amountOf({ persona }: Scene, dice: Dice): number {
  const usual = (persona.incomeMinor * 0.22) / (90 * persona.appetite);
  const size = dice.chance(0.05) ? 2 + 3 * dice.next() : 0.25 + dice.next();
  return Math.max(99, Math.round(usual * size));
}

function settlementOf(dice: Dice, atMs: number): Settlement {
  const atLaterMs = atMs + dice.whole(18 * 3600, 72 * 3600) * 1000;
  return { kind: dice.chance(0.03) ? 'vanishes' : 'posts', atMs: atLaterMs };
}

function contraOf(merchant: Merchant, { currency }: Scene): InternalAccount {
  return merchant.currency === currency ? 'internal:cards' : 'internal:fx';
}

function originalOf({ currency }: Scene, merchant: Merchant, amountMinor: number): Pick<Movement, 'original'> {
  return merchant.currency === currency ? {} : { original: exchanged({ amountMinor, currency }, merchant.currency) };
}

function refund(paid: Movement, dice: Dice): Movement {
  const day = dayOf(paid.settlement.kind === 'posts' ? paid.settlement.atMs : paid.atMs) + dice.whole(2, 12);
  return {
    ...paid,
    key: `${paid.key}-refund`,
    from: paid.to,
    to: paid.from,
    atMs: day * dayMs + dice.whole(9 * 3600, 17 * 3600) * 1000,
    settlement: { kind: 'atOnce' },
    description: `REFUND ${paid.description}`,
  };
}
