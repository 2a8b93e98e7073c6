/** Shops that nobody has heard of: their names are put together anew for each bank and salt. */
import type { Dice } from './dice.js';
import type { Currency } from './money.js';

/** Where a card is used. */
export interface Merchant {
  readonly name: string;
  /** ISO 18245. */
  readonly mcc: string;
  readonly city: string;
  readonly currency: Currency;
}

/** Trades with their ISO 18245 codes. */
const trades: readonly [Trade, ...Trade[]] = [
  ['Grocers', '5411'],
  ['Kitchen', '5812'],
  ['Quick Bites', '5814'],
  ['Fuel', '5541'],
  ['Transit', '4111'],
  ['Pharmacy', '5912'],
  ['Department Store', '5311'],
  ['Electronics', '5732'],
  ['Books', '5942'],
  ['Pictures', '7832'],
  ['Outfitters', '5651'],
  ['Home Supply', '5200'],
  ['Barbers', '7230'],
  ['Clinic', '8011'],
  ['Inn', '7011'],
];

type Trade = readonly [name: string, mcc: string];

const firstWords = [
  'Amber',
  'Birch',
  'Cedar',
  'Dapple',
  'Ember',
  'Fern',
  'Gable',
  'Heron',
  'Indigo',
  'Juniper',
  'Kestrel',
  'Larch',
  'Maple',
  'Nettle',
  'Osprey',
  'Pebble',
  'Quarry',
  'Russet',
  'Sorrel',
  'Thistle',
  'Umber',
  'Velvet',
  'Willow',
  'Yarrow',
] as const;

const secondWords = [
  'Bridge',
  'Corner',
  'Dock',
  'Field',
  'Gate',
  'Hollow',
  'Island',
  'Junction',
  'Lane',
  'Market',
  'Narrows',
  'Orchard',
  'Point',
  'Quay',
  'Ridge',
  'Square',
  'Terrace',
  'Vale',
  'Wharf',
  'Yard',
] as const;

const homeCities: Readonly<Partial<Record<Currency, readonly [string, ...string[]]>>> = {
  USD: ['Portland', 'Duluth', 'Savannah', 'Tucson', 'Madison', 'Boise'],
  GBP: ['Leeds', 'Bristol', 'Norwich', 'Cardiff', 'Dundee'],
  EUR: ['Ghent', 'Porto', 'Bremen', 'Turin', 'Cork'],
};

const abroad: readonly [Place, ...Place[]] = [
  ['Kyoto', 'JPY'],
  ['Sapporo', 'JPY'],
  ['Lisbon', 'EUR'],
  ['Leeds', 'GBP'],
  ['Basel', 'CHF'],
  ['Kuwait City', 'KWD'],
  ['Halifax', 'CAD'],
];

type Place = readonly [city: string, currency: Currency];

/** A name of three words, such as `Fern & Quay Books`. */
function nameFrom(dice: Dice, trade: string): string {
  return `${dice.pick(firstWords)} & ${dice.pick(secondWords)} ${trade}`;
}

/** A shop where the customer lives. */
export function localMerchant(dice: Dice, currency: Currency): Merchant {
  const [trade, mcc] = dice.pick(trades);
  return { name: nameFrom(dice, trade), mcc, city: dice.pick(homeCities[currency] ?? ['Ashby']), currency };
}

/** A shop in another country, with a currency of its own. */
export function foreignMerchant(dice: Dice, home: Currency): Merchant {
  const elsewhere = abroad.filter(([, currency]) => currency !== home);
  const [trade, mcc] = dice.pick(trades);
  const [city, currency] = elsewhere[dice.whole(0, elsewhere.length - 1)] ?? abroad[0];
  return { name: nameFrom(dice, trade), mcc, city, currency };
}

/** A firm that pays or is paid, such as `Heron Gate Holdings`. */
export function firmName(dice: Dice, trade: string): string {
  return `${dice.pick(firstWords)} ${dice.pick(secondWords)} ${trade}`;
}
