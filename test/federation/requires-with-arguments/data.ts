import type { CaseData, Row } from '../caseSubgraph.js';

interface Price {
  readonly currency: string;
  readonly at: { readonly day: number; readonly hours: readonly number[] };
}

const product = (id: string): Row => ({
  id,
  price: ({ currency, at }: Price) => (currency === 'EUR' ? 100 : 200) + at.day + at.hours.length / 4,
  weight: ({ unit }: { readonly unit: string }) => (unit === 'g' ? 1000 : 1),
});

export const data: CaseData = {
  a: {
    Query: { product: product('1'), products: [product('1'), product('2')] },
    Product: ({ id }) => product(String(id)),
  },
  b: { Product: ({ id, price, weight }) => ({ inEuro: `${id}: € ${price}`, byWeight: `${id}: ${weight}` }) },
};
