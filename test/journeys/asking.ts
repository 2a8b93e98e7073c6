/** What the banks were asked between two moments, by their own logs. */
import { bankNames, type Asked, type BankName, type DemoWorld } from './demoWorld.js';

/** How many requests each bank has had. */
export type Marks = ReadonlyMap<BankName, number>;

export async function marksOf(world: DemoWorld): Promise<Marks> {
  return new Map(await Promise.all(bankNames.map(async (bank) => [bank, (await world.bankLog(bank)).count] as const)));
}

/** The requests that a bank had since the marks were taken. */
export async function askedSince(world: DemoWorld, bank: BankName, marks: Marks): Promise<readonly Asked[]> {
  const { count, requests } = await world.bankLog(bank);
  const fresh = count - (marks.get(bank) ?? 0);
  return fresh === 0 ? [] : requests.slice(-fresh);
}

/** Documents and variables as one text, to search for what must not be in it. */
export function textOf(requests: readonly Asked[]): string {
  return JSON.stringify(requests.map(({ query, variables }) => [query, variables]));
}
