/**
 * The rows behind the benchmark's graph: few enough to read, linked so that the nested query answers 87 KB, almost all of
 * it review texts that come back again on every path that leads to them.
 */
import { builds, doubts, openings, uses, verdicts } from './sentences.mjs';

export const users = [
  {
    id: '1',
    username: 'hilde',
    name: 'Hilde Aasen',
    birthday: '1984-03-19',
    bio: 'Carpenter turned teacher. Repairs what others throw away, and writes about the results when they hold.',
    address: { street: '14 Quarry Lane', city: 'Bergen', postcode: '5003', country: 'Norway' },
  },
  {
    id: '2',
    username: 'ode_b',
    name: 'Odalys Becerra',
    birthday: '1991-11-02',
    bio: 'Photographs kitchens for a living and measures every doorway twice before she orders anything larger than a lamp.',
    address: { street: '208 Calle Nueva', city: 'Valencia', postcode: '46002', country: 'Spain' },
  },
  {
    id: '3',
    username: 'kenji',
    name: 'Kenji Watanabe',
    birthday: '1978-07-30',
    bio: 'Moved house nine times in twelve years. Believes that furniture should come apart with one tool, go up the stairs in two trips, and still look like furniture when it has been put together again in another city. Keeps every screw that was ever left over, sorted by length, in a case made for tea.',
    address: { street: '3-9-1 Higashiyama', city: 'Nagoya', postcode: '464-0807', country: 'Japan' },
  },
  {
    id: '4',
    username: 'amara',
    name: 'Amara Nwosu',
    birthday: '1996-01-25',
    bio: 'Studies acoustics. Reviews chairs by how little they creak.',
    address: { street: '77 Marina Road', city: 'Lagos', postcode: '101221', country: 'Nigeria' },
  },
  {
    id: '5',
    username: 'tobias',
    name: 'Tobias Lund',
    birthday: '1969-09-12',
    bio: 'Runs a guest house with eleven rooms and an opinion on the shelves of each.',
    address: { street: '5 Harbour Steps', city: 'Aarhus', postcode: '8000', country: 'Denmark' },
  },
  {
    id: '6',
    username: 'priscille',
    name: 'Priscille Roux',
    birthday: '1988-05-06',
    bio: 'Grandmother of three climbers. Tests everything for stability first.',
    address: { street: '31 rue des Lilas', city: 'Lyon', postcode: '69003', country: 'France' },
  },
];

export const products = [
  { upc: '1', name: 'Folding step stool', price: 39, weight: 4, inStock: true },
  { upc: '2', name: 'Linen lampshade', price: 54, weight: 1, inStock: true },
  { upc: '3', name: 'Walnut picture rail', price: 72, weight: 3, inStock: false },
  { upc: '4', name: 'Wool door mat', price: 28, weight: 2, inStock: true },
  { upc: '5', name: 'Brass coat hook', price: 17, weight: 1, inStock: false },
  { upc: '6', name: 'Oak writing desk', price: 899, weight: 100, inStock: true },
  { upc: '7', name: 'Reading chair', price: 1299, weight: 1000, inStock: false },
  { upc: '8', name: 'Low bookshelf', price: 354, weight: 50, inStock: true },
  { upc: '9', name: 'Dining bench', price: 420, weight: 60, inStock: true },
];

/** Author and product of each review. */
const written = [
  ['6', '1'],
  ['1', '3'],
  ['5', '9'],
  ['6', '9'],
  ['3', '8'],
  ['4', '6'],
  ['5', '6'],
  ['4', '9'],
  ['3', '7'],
  ['2', '9'],
  ['4', '7'],
  ['2', '6'],
  ['5', '7'],
];

export const reviews = written.map(([authorId, upc], index) => ({
  id: String(index + 1),
  body: bodyOf(index),
  authorId,
  upc,
}));

function bodyOf(index) {
  return [openings, builds, uses, doubts, verdicts].map((list) => list[index % list.length]).join(' ');
}

/** Cheap and light things cost more to send than they save; heavy ones go free above a price. */
export function shippingEstimateOf({ price, weight }) {
  return price > 1000 ? 0 : Math.round(weight / 2);
}
