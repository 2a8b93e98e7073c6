/** A bank on an ephemeral port, and calls to it over HTTP. */
import { createBank } from '../../../resolvers/bank/bank.js';
import { bankContract } from '../../../resolvers/bank/contract.js';
import {
  createKeyBook,
  createRevocationBook,
  createWitnessBook,
  type PartnerAgreement,
} from '../../../src/partner/index.js';
import { serveSandbox } from '../../../resolvers/bank/sandbox.js';
import type { DemoBank } from '../../../resolvers/demo/world.js';
import type { GrantClaims } from '../../../src/partition/index.js';
import { createCaller, grantFor, policyHash, wholeAgreement, type Wrong } from '../../partner/caller.js';

/** The instant at which the tests' banks stand still unless a test moves it. */
export const noon = new Date('2026-11-22T12:00:00Z');

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Asking {
  readonly grant: Partial<GrantClaims> & Pick<GrantClaims, 'purpose'>;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly wrong?: Wrong;
}

export interface Visit {
  readonly url: string;
  ask(asking: Asking): Promise<Answer>;
  close(): Promise<void>;
}

export interface VisitOptions {
  readonly bank?: DemoBank;
  readonly salt?: string;
  readonly agreement?: PartnerAgreement;
  readonly now?: () => Date;
}

export async function visitBank(options: VisitOptions = {}): Promise<Visit> {
  const { bank = 'harbor', salt = '', now = () => noon } = options;
  const agreement = options.agreement instanceof Map ? options.agreement : wholeAgreement();
  const caller = createCaller(now);
  const subgraph = createBank({ bank, sdl: bankContract(), keys: caller.keys, policyHash, agreement, salt, now });
  const door = { macKeys: caller.keys.macKeys, now };
  const keys = createKeyBook({ keys: caller.keys, now });
  const books = { witness: createWitnessBook(door), revocations: createRevocationBook(door), keys };
  const server = await serveSandbox(subgraph, 0, books);
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    close: () => server.close(),
    ask: async ({ grant, query, variables = {}, wrong = {} }) => {
      const body = JSON.stringify({ query, variables });
      const headers = await caller.headers(grantFor({ aud: bank, ...grant }, now()), body, wrong);
      const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
  };
}

interface Parsed {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string };
  }[];
}

export function parsed({ text }: Answer): Parsed {
  return JSON.parse(text) as Parsed;
}

/** The rows at the root of an `_entities` answer. */
export function entities<Row>(answer: Answer): Row[] {
  const { data } = parsed(answer);
  return (data as { _entities: Row[] })._entities;
}

/** The codes of the errors in an answer. */
export function codes(answer: Answer): string[] {
  return (parsed(answer).errors ?? []).map(({ extensions }) => extensions.code);
}
