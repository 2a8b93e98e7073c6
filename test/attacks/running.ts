/** The system under attack: one demo with its log, and the ways in that attackers have. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { buildSchema } from 'graphql';
import { marksOf } from '../journeys/asking.js';
import { type Answer, type DemoWorld, platformNames, startDemo, type TokenRequest } from '../journeys/demoWorld.js';
import { bytesOf } from '../journeys/httpClient.js';

/** A demo that writes its whole log, and what it has written so far. */
export interface Running {
  readonly world: DemoWorld;
  /** All that was logged up to now, the last answer's lines included. */
  readonly log: () => Promise<string>;
  /** What has come in of the log; lines may still be under way. */
  readonly logSoFar: () => string;
  /** Where it keeps what it keeps for a while; nothing else writes there. */
  readonly folder: string;
}

/** A section of attacks, given the system once it runs. */
export type Section = (running: () => Running) => void;

/** Starts the system with its log at the level that says most. */
export async function startRunning(): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-attacks-'));
  const world = await startDemo({ RINGFENCE_LOG: 'debug', RINGFENCE_SANDBOX_SALT: 'attacks', TMPDIR: folder });
  let text = '';
  world.process.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const logSoFar = (): string => text;
  return { world, folder, logSoFar, log: () => wholeLog(world, logSoFar) };
}

/** Lines come in order: once the line of a request sent now is there, all lines before it are. */
async function wholeLog(world: DemoWorld, logSoFar: () => string): Promise<string> {
  const operationName = `Mark${randomUUID().replaceAll('-', '')}`;
  const query = `query ${operationName} { banks { id } }`;
  await world.graphql(await world.token(ads), { query, operationName });
  while (!logSoFar().includes(operationName)) await once(world.process.stderr ?? world.process, 'data');
  return logSoFar();
}

/** Ends it, and takes away what it wrote. */
export async function stopRunning({ world, folder }: Running): Promise<void> {
  await world.stop();
  rmSync(folder, { recursive: true });
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

/** Words that a refusal may quote beside the client's own: the types that every view has. */
const visible = new Set(
  ['ads', 'open'].flatMap((view) =>
    Object.keys(buildSchema(readFileSync(`schema/views/${view}.graphql`, 'utf8')).getTypeMap()),
  ),
);

/** What a message quotes and neither the operation nor every view holds. */
function quotedBeyond(message: string, query: string): string[] {
  const own = new Set(query.match(/\w+/g));
  const quoted = [...message.matchAll(/"([^"]*)"/g)].flatMap(([, text = '']) => text.match(/\w+/g) ?? []);
  return quoted.filter((word) => !own.has(word) && !visible.has(word));
}

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
      expect(quotedBeyond(message, query)).toEqual([]);
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
