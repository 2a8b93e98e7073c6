/** A worker of `npm run laws`: rounds come in as messages, reports go out. */
import { laws } from './laws.js';

/** One round to run. */
interface Order {
  readonly law: string;
  readonly seed: number;
  readonly cases: number;
  readonly small: number;
}

process.on('message', (order: Order) => {
  void answer(order).then((report) => process.send?.({ ...order, ...report }));
});
process.on('disconnect', () => process.exit());
process.send?.({
  laws: laws.map(({ name, statement, casesPerRound, runs, refusable }) => ({
    name,
    statement,
    casesPerRound,
    runs,
    refusable,
  })),
});

async function answer({ law: name, seed, cases, small }: Order): Promise<object> {
  const law = laws.find((one) => one.name === name);
  try {
    return law ? await law.round(seed, { cases, small }) : { error: `no law is called \`${name}\`` };
  } catch (error) {
    return { error: error instanceof Error ? error.stack : String(error) };
  }
}
