/** A retailer that takes part: offers come from these, and checkouts go to these. */
export interface Retailer {
  readonly id: string;
  readonly name: string;
  /** What the retailer sells, as an offer puts it. */
  readonly goods: string;
}

/** The listed retailers. */
export const retailers: readonly Retailer[] = [
  { id: 'alder-oak', name: 'Alder & Oak', goods: 'garden furniture' },
  { id: 'bluebell-books', name: 'Bluebell Books', goods: 'paperbacks' },
  { id: 'cobalt-cycles', name: 'Cobalt Cycles', goods: 'bicycle servicing' },
  { id: 'dune-roasters', name: 'Dune Roasters', goods: 'filter coffee' },
  { id: 'ember-kitchen', name: 'Ember Kitchen', goods: 'cookware' },
  { id: 'fennel-market', name: 'Fennel Market', goods: 'fresh produce' },
  { id: 'gable-home', name: 'Gable Home', goods: 'lamps' },
  { id: 'heron-outdoors', name: 'Heron Outdoors', goods: 'rain jackets' },
  { id: 'indigo-thread', name: 'Indigo Thread', goods: 'denim' },
  { id: 'juniper-pharmacy', name: 'Juniper Pharmacy', goods: 'sun care' },
  { id: 'kestrel-audio', name: 'Kestrel Audio', goods: 'headphones' },
  { id: 'linden-toys', name: 'Linden Toys', goods: 'wooden toys' },
  { id: 'marlow-shoes', name: 'Marlow Shoes', goods: 'walking shoes' },
  { id: 'nettle-tea', name: 'Nettle & Tea', goods: 'loose-leaf tea' },
];
