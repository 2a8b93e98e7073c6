/** What every attack has at hand: one demo whose banks hold unique values, what it writes to its log, and those values. */
import { expect } from '@jest/globals';
import { askedSince, marksOf, textOf } from '../journeys/asking.js';
import {
  type Answer,
  bankNames,
  type DemoWorld,
  platformNames,
  startDemo,
  type TokenRequest,
} from '../journeys/demoWorld.js';
import type { HttpAnswer } from '../journeys/httpClient.js';

/** Principals of never-consentable purposes. The third speaks for a customer who has accounts at three banks. */
export const outsiders: Readonly<Record<'ads' | 'insights' | 'partnerApp', TokenRequest>> = {
  ads: { client: 'ads-engine', purpose: 'AD_TARGETING' },
  insights: { client: 'insights', purpose: 'ANALYTICS' },
  partnerApp: { client: 'partner-app', purpose: 'THIRD_PARTY_SHARING', customer: 'customer-1' },
};

/** A first-party principal; `customer-1` has consented to nearly everything. */
export const firstParty = (purpose: string, customer = 'customer-1'): TokenRequest => ({ purpose, customer });

/** One request over HTTP, as free as a hostile client is. */
export interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly token?: string;
}

/** A running demo under attack. */
export class Scene {
  readonly world: DemoWorld;
  /** Values of `customer-1` that nobody else may learn: ids, numbers, names, amounts, texts. */
  secrets: readonly string[] = [];
  #output = '';

  constructor(world: DemoWorld) {
    this.world = world;
    for (const stream of [world.process.stdout, world.process.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    }
  }

  /** Everything that the gateway's process printed, its log at level `debug` included. */
  get output(): string {
    return this.#output;
  }

  /** Asks as one principal. */
  async ask(request: TokenRequest, query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    return this.world.as(request)(query, variables);
  }

  /** Sends bytes as they are; JSON and POST unless said otherwise. */
  send({ method = 'POST', path = '/graphql', headers = {}, body = '', token }: RawRequest): Promise<HttpAnswer> {
    const url = new URL(path, this.world.addressOf('gateway')).href;
    const all = {
      ...(method === 'POST' && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    };
    return this.world.http.send({ method, url, headers: all, body });
  }

  /** How often each bank and the wallet have been asked. */
  async calls(): Promise<Readonly<Record<string, number>>> {
    const { count } = await this.world.platformLog('wallet');
    return { ...Object.fromEntries(await marksOf(this.world)), wallet: count };
  }

  /** Runs an attack that must reach neither a bank nor the wallet, and must not learn a secret. */
  async repelled<T extends HttpAnswer>(attack: () => Promise<T>): Promise<T> {
    const before = await this.calls();
    const answer = await attack();
    expect(this.leaksOf(answer.text + JSON.stringify(answer.headers))).toEqual([]);
    expect(await this.calls()).toEqual(before);
    return answer;
  }

  /** Runs something and gives what the banks were asked meanwhile, as one text. */
  async heard<T>(act: () => Promise<T>): Promise<{ readonly answer: T; readonly asked: string }> {
    const marks = await marksOf(this.world);
    const answer = await act();
    const requests = await Promise.all(bankNames.map((bank) => askedSince(this.world, bank, marks)));
    return { answer, asked: textOf(requests.flat()) };
  }

  /** The secrets that a text holds. */
  leaksOf(text: string): readonly string[] {
    return this.secrets.filter((secret) => text.includes(secret));
  }

  /** Everything that all subgraphs of the platform were asked. */
  async platformText(): Promise<string> {
    return JSON.stringify(await Promise.all(platformNames.map((name) => this.world.platformLog(name))));
  }
}

/** Starts the demo, at level `debug`, and collects the secrets by asking as the customer they belong to. */
export async function openScene(): Promise<Scene> {
  const environment = { RINGFENCE_LOG: 'debug', RINGFENCE_SANDBOX_SALT: 'attacked' };
  const scene = new Scene(await startDemo(environment, process.env['RINGFENCE_ATTACKED']));
  const answers = await Promise.all(ownQueries.map(([purpose, query]) => scene.ask(firstParty(purpose), query)));
  const open = await scene.ask(outsiders.partnerApp, openQuery);
  const told = new Set(answers.flatMap(({ data }) => stringsOf(data)));
  scene.secrets = [...told].filter((text) => text.length > 5 && !open.text.includes(text));
  expect(scene.secrets.length).toBeGreaterThan(200);
  return scene;
}

/** What `customer-1` may read about itself, by purpose. */
const ownQueries: readonly (readonly [string, string])[] = [
  [
    'ACCOUNT_SERVICING',
    `{ me { connections { id } accounts { id nickname maskedNumber holder { name phone email address { lines } }
       balances { money { amount } } transactions(first: 25) { edges { cursor node { id description counterparty
       amount { amount } runningBalance { amount } } } } } } }`,
  ],
  ['FRAUD_ALERTS', '{ me { fraudAlerts { id transaction { id } } } }'],
  ['SUPPORT_CHAT', '{ me { conversations { id subject messages { edges { cursor node { id text } } } } } }'],
  ['P2P_PAYMENT', '{ me { payments { id counterparty note } } }'],
  ['CONSENT_MANAGEMENT', '{ me { consents { id } } }'],
];

/** What anybody may read. */
export const openQuery = `{ me { id displayName locale } banks { id name } app(id: "chirp") { name publisher }
  merchantOffers(first: 100) { edges { cursor node { id merchant text } } } }`;

function stringsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}
