/** The system under attack: one demo with its log, and the ways in that attackers have. */
import { expect } from '@jest/globals';
import { marksOf } from '../journeys/asking.js';
import { type Answer, type DemoWorld, platformNames, startDemo, type TokenRequest } from '../journeys/demoWorld.js';
import { bytesOf } from '../journeys/httpClient.js';

/** A demo that writes its whole log, and what it has written so far. */
export interface Running {
  readonly world: DemoWorld;
  readonly log: () => string;
}

/** A section of attacks, given the system once it runs. */
export type Section = (running: () => Running) => void;

/** Starts the system with its log at the level that says most. */
export async function startRunning(): Promise<Running> {
  const world = await startDemo({ RINGFENCE_LOG: 'debug', RINGFENCE_SANDBOX_SALT: 'attacks' });
  let log = '';
  world.process.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  return { world, log: () => log };
}

export const ads: TokenRequest = { client: 'ads-engine', purpose: 'AD_TARGETING' };
export const partner: TokenRequest = { client: 'partner-app', purpose: 'THIRD_PARTY_SHARING', customer: 'customer-1' };
export const insights: TokenRequest = { client: 'insights', purpose: 'ANALYTICS' };
/** Principals that may read nothing financial, whatever anyone consents to. */
export const neverConsentable: readonly TokenRequest[] = [ads, partner, insights];

/** A first-party principal with all that its purpose admits. */
export const first = (purpose: string, customer = 'customer-1'): TokenRequest => ({ purpose, customer });

/** How often each bank and the wallet have been called. */
export async function callsOf(world: DemoWorld): Promise<string> {
  const wallet = await Promise.all(
    platformNames.filter((name) => name === 'wallet').map((name) => world.platformLog(name)),
  );
  return JSON.stringify([[...(await marksOf(world))], wallet.map(({ count }) => count)]);
}

/** Codes of an answer's errors, each once. */
export const codesOf = ({ errors }: Answer): string[] => [...new Set(errors.map(({ extensions }) => extensions.code))];

/** All that a refusal may say; the names in it are the client's own. */
const plainRefusal =
  /^(?:Cannot query field "\w+" on type "\w+"|Unknown type "\w+"|Unknown argument "\w+" on field "\w+\.\w+"|the (?:graph has|schema has|view has|document)[^"]*|[^"]*)\.?$/;

/**
 * Asks what nobody of this view may ask: a plain refusal, no bank hears of it, and the next principal that may
 * never be consented to is answered with the same bytes.
 */
export async function expectHidden({ world }: Running, query: string, variables?: object): Promise<void> {
  const before = await callsOf(world);
  for (const asker of neverConsentable) {
    const token = await world.token(asker);
    const answer = await world.graphql(token, { query, ...(variables && { variables: { ...variables } }) });
    expect([answer.status, codesOf(answer)]).toEqual([400, ['GRAPHQL_VALIDATION_FAILED']]);
    expect(answer.data).toBeUndefined();
    for (const { message, extensions } of answer.errors) {
      expect(message).toMatch(plainRefusal);
      expect(message).not.toMatch(/did you mean|harbor|summit|prairie|union\b.*bank/i);
      expect(Object.keys(extensions)).toEqual(['code']);
    }
  }
  expect(await callsOf(world)).toBe(before);
}

/** The same bytes for everyone named. */
export async function expectSameBytes(
  { world }: Running,
  askers: readonly TokenRequest[],
  request: { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> },
): Promise<void> {
  const answers = await Promise.all(askers.map(async (asker) => world.graphql(await world.token(asker), request)));
  expect(new Set(answers.map(bytesOf)).size).toBe(1);
}

/** What the gateway logged about refused coordinates since the text was `before` long. */
export const refusedIn = (log: string, before: number): string[] =>
  log
    .slice(before)
    .split('\n')
    .filter((line) => line.includes('"wanted"') || line.includes('"refused":'));
