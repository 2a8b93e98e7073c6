import type { CaseData, Row } from '../caseSubgraph.js';

interface Asked {
  readonly width?: number;
  readonly format: string;
}

const image = (id: string): Row => ({
  id,
  url: ({ width, format }: Asked) => `${id}-${width ?? 'full'}.${format}`,
  area: ({ of }: { readonly of: number }) => ({ side: ({ at }: { readonly at?: number }) => of * 100 + (at ?? 0) }),
});

const sideOf = (area: unknown): unknown => (area as Row | undefined)?.['side'];

export const data: CaseData = {
  a: { Query: { images: [image('x'), image('y')] }, Image: ({ id }) => image(String(id)) },
  b: {
    Image: ({ url, area }) => ({
      small: `small ${url}`,
      large: `large ${url}`,
      inner: `inner ${sideOf(area)}`,
      outer: `outer ${sideOf(area)}`,
    }),
  },
};
