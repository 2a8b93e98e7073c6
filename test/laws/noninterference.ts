/** The law that answers do not depend on what their reader may not see, on whole worlds side by side. */
import type { GraphQLSchema } from 'graphql';
import { demoIdKeys } from '../../src/cli/demoIdKeys.js';
import { openDevIssuer, type DevIssuer } from '../../src/cli/devIssuer.js';
import { purposes, viewOf, type Policy } from '../../src/policy/index.js';
import { Draw } from '../authorize/randomOperation.js';
import { bytesOf, HttpClient, type HttpAnswer } from '../journeys/httpClient.js';
import { built } from './built.js';
import { Dice } from './dice.js';
import type { Law } from './law.js';
import { excludedFrom, type Reader } from './noninterferenceData.js';
import { ownBooks } from './ownBooks.js';
import { admittedWords } from './policyBooks.js';
import { partnerKeys, startTwin, type Resolved, type RunningWorld, type Sent, type Twist } from './twoWorlds.js';
import { asSeenBy, forbiddenIn, partners } from './noninterferenceUpstream.js';

const registered: Readonly<Record<string, string>> = {
  AD_TARGETING: 'ads-engine',
  AD_MEASUREMENT: 'ads-engine',
  THIRD_PARTY_SHARING: 'partner-app',
  ANALYTICS: 'insights',
  COMPLIANCE_AUDIT: 'auditor',
};

/** One request. */
interface Case {
  readonly reader: Reader;
  readonly token: string;
  readonly body: string;
}

/** What two worlds answered to one request, and what they asked for it. */
interface Answers {
  readonly one: HttpAnswer;
  readonly two: HttpAnswer;
  readonly sentOne: readonly Sent[];
  readonly sentTwo: readonly Sent[];
}

/** What differs between two worlds; undefined where nothing does. */
export type Difference = string | undefined;

/** Worlds that are kept running for many cases. */
export class Twins {
  private readonly http = new HttpClient();
  private readonly own = ownBooks();
  private readonly accountIds: string[] = [];
  /** What the second world hides at this moment. */
  private hides: (resolved: Resolved) => boolean = () => false;
  /** A leak put into the worlds with other data, to see that the law notices. */
  private plant: Twist | undefined;

  private constructor(
    private readonly policy: Policy,
    private readonly issuer: DevIssuer,
    private readonly worlds: { first: RunningWorld; hiding: RunningWorld; other: RunningWorld },
  ) {}

  /** Starts a world, one that can hide data from its own banks, and one with other data where nobody consents any more. */
  static async start(): Promise<Twins> {
    const policy = (await built()).loadPolicy('.');
    if (policy.kind === 'problems') throw new Error(JSON.stringify(policy.problems));
    const [idKeys, issuer] = [await demoIdKeys(process.cwd()), await openDevIssuer(process.cwd(), () => new Date())];
    const seed = { policy, idKeys, keys: partnerKeys() };
    let twins: Twins | undefined;
    const planted: Twist = (at) => (twins?.plant ? twins.plant(at) : stillClock(at));
    const hide: Twist = (at) => (twins?.hides(at) === true ? nothingOf(at) : planted(at));
    const [first, hiding, other] = await Promise.all([
      startTwin({ ...seed, salt: 'one', twist: stillClock }),
      startTwin({ ...seed, salt: 'one', twist: hide }),
      startTwin({ ...seed, salt: 'two', twist: planted }),
    ]);
    twins = new Twins(policy, issuer, { first, hiding, other });
    await twins.prepare();
    return twins;
  }

  /** Changes what resolvers of the worlds with other data give back, until it is taken out by `undefined`. */
  setPlant(plant: Twist | undefined): void {
    this.plant = plant;
  }

  async stop(): Promise<void> {
    this.http.close();
    await Promise.all(Object.values(this.worlds).map((world) => world.stop()));
  }

  /** One random request to two worlds. */
  async compare(dice: Dice): Promise<Difference> {
    const asked = await this.draw(dice);
    const isFirstParty = viewOf(asked.reader.purpose) === 'first-party';
    const second = isFirstParty || asked.reader.purpose === 'COMPLIANCE_AUDIT' ? this.worlds.hiding : this.worlds.other;
    this.hides = excludedFrom(this.own, asked.reader);
    const { one, two, sentOne, sentTwo } = await this.ask(asked, second, 5);
    const found = [
      ...(bytesOf(one) === bytesOf(two) ? [] : [parting(bytesOf(one), bytesOf(two))]),
      ...this.upstream(asked.reader, sentOne, sentTwo),
    ];
    return found.length === 0 ? undefined : [JSON.stringify(asked.reader), asked.body, ...found].join('\n');
  }

  /** Asks both worlds; again where a busy machine cost one of them its deadline, which is no answer to compare. */
  private async ask(asked: Case, second: RunningWorld, tries: number): Promise<Answers> {
    const { first } = this.worlds;
    const [one, two] = await Promise.all([this.send(first, asked), this.send(second, asked)]);
    const answers = { one, two, sentOne: first.take(), sentTwo: second.take() };
    const isLate = /UNAVAILABLE|TIMEOUT/.test(one.text + two.text);
    return isLate && tries > 0 ? this.ask(asked, second, tries - 1) : answers;
  }

  private upstream(reader: Reader, one: readonly Sent[], two: readonly Sent[]): string[] {
    const heard = [...one, ...two].filter(({ to }) => partners.has(to));
    if (viewOf(reader.purpose) !== 'first-party')
      return heard.length === 0 ? [] : [`a partner was asked: ${heard.map(({ to }) => to).join(', ')}`];
    const forbidden = heard.flatMap((sent) => forbiddenIn(this.own, reader, sent));
    const [seenOne, seenTwo] = [asSeenBy(one), asSeenBy(two)];
    return [
      ...(forbidden.length === 0 ? [] : [`partners were asked for ${forbidden.join(', ')}`]),
      ...(seenOne === seenTwo ? [] : [`uncleared subgraphs were asked otherwise\n${parting(seenOne, seenTwo)}`]),
    ];
  }

  private async draw(dice: Dice): Promise<Case> {
    const purpose = dice.chance(50)
      ? dice.pick(purposes.filter((one) => viewOf(one) === 'first-party'))
      : dice.pick(purposes);
    const view = viewOf(purpose);
    const customer = dice.pick(['customer-1', 'customer-1', 'customer-1', 'customer-2', 'customer-3', 'customer-4']);
    // Receipts tell when something was read before, which is not the same moment in two worlds.
    const words = admittedWords(this.own.books, purpose).filter((word) => word !== 'data:receipt');
    const scope = dice.some(words, dice.pick([0, 30, 60, 100, 100])).join(' ');
    const named = view === 'first-party' || (purpose === 'THIRD_PARTY_SHARING' && dice.chance(50));
    const client = registered[purpose] ?? 'messenger';
    const reader: Reader = { client, purpose, scope, ...(named && { customer }) };
    const token = await this.issuer.token({ ...reader, expiresInS: 600, authenticatedAgoS: 0 });
    const { schema } = this.policy.views[dice.chance(60) ? view : 'first-party'];
    return { reader, token, body: JSON.stringify({ query: this.operation(dice, schema) }) };
  }

  private operation(dice: Dice, schema: GraphQLSchema): string {
    const root = schema.getQueryType();
    if (!root) throw new Error('a view without queries');
    const odd = [
      '{ nothing }',
      '{ __schema { types { name fields { name } } } }',
      '{ me { nosuch } }',
      '{',
      'mutation { revokeConsent }',
    ];
    if (dice.chance(5)) return dice.pick(odd);
    const numbers = Array.from({ length: 160 }, () => dice.next());
    const text = new Draw(schema, numbers).selections(root, dice.between(3, 7));
    const ids = [...this.accountIds, 'harbor', 'union', 'ad-1', 'ad-2', 'ad-9', 'customer-1', 'x'];
    return `query ${text.replace(/\bid: "x"/g, () => `id: ${JSON.stringify(dice.pick(ids))}`)}`;
  }

  private send(world: RunningWorld, { token, body }: Pick<Case, 'token' | 'body'>): Promise<HttpAnswer> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    return this.http.send({ method: 'POST', url: world.url, headers, body });
  }

  /** Learns ids of accounts, and takes back every consent in the other world. */
  private async prepare(): Promise<void> {
    for (const customer of ['customer-1', 'customer-2', 'customer-4']) {
      const servicing = await this.tokenOf('ACCOUNT_SERVICING', customer, 'data:relationship');
      const accounts = asking(servicing, '{ me { accounts { id } } }');
      const { text } = await this.send(this.worlds.first, accounts);
      // The auditor counts what was released: as often here as there.
      await this.send(this.worlds.hiding, accounts);
      this.accountIds.push(...[...text.matchAll(/"id":"([^"]+)"/g)].map(([, id]) => String(id)));
      await this.revokeAll(customer);
    }
    for (const world of Object.values(this.worlds)) world.take();
  }

  private async revokeAll(customer: string): Promise<void> {
    const { other } = this.worlds;
    const manager = await this.tokenOf('CONSENT_MANAGEMENT', customer, 'data:consent-record consent:manage');
    const listed = await this.send(other, asking(manager, '{ me { consents { id } } }'));
    for (const [, id] of listed.text.matchAll(/"id":"([^"]+)"/g)) {
      const mutation = `mutation { revokeConsent(consentId: "${id}") { state } }`;
      const revoked = await this.send(other, asking(manager, mutation));
      if (!/"state":"(REVOKED|EXPIRED|REJECTED|SUPERSEDED)"/.test(revoked.text)) throw new Error(revoked.text);
    }
  }

  private tokenOf(purpose: string, customer: string, scope: string): Promise<string> {
    return this.issuer.token({ client: 'messenger', purpose, customer, scope, expiresInS: 600, authenticatedAgoS: 0 });
  }
}

function asking(token: string, query: string): Pick<Case, 'token' | 'body'> {
  return { token, body: JSON.stringify({ query }) };
}

/** Says a live balance of the same moment in every world: their calls are some milliseconds apart. */
function stillClock({ coordinate, value }: Resolved): unknown {
  return coordinate === 'Balance.asOf' ? '2026-01-01T00:00:00.000Z' : value;
}

/** Two texts from a little before the place where they part. */
function parting(one: string, two: string): string {
  const at = one.split('').findIndex((character, index) => character !== two[index]);
  const from = Math.max(0, at - 200);
  return `${one.slice(from, from + 400)}\nbecame\n${two.slice(from, from + 400)}`;
}

/** What stands where a bank holds nothing. */
function nothingOf({ type }: Resolved): unknown {
  return String(type).startsWith('[') && String(type).endsWith('!') ? [] : null;
}

/** Compares so many requests; the texts of those that differ. */
export async function compareWorlds(seed: number, cases: number, twins: Twins): Promise<string[]> {
  const found: string[] = [];
  for (let index = 0; index < cases; index += 1) {
    const difference = await twins.compare(new Dice(seed + index));
    if (difference !== undefined) found.push(`case ${seed + index}: ${difference}`);
  }
  return found;
}

let kept: Promise<Twins> | undefined;

/** The law, as `npm run laws` runs it: worlds are started once for each worker. */
export const noninterference: Law = {
  name: 'noninterference',
  statement: 'answers, and what uncleared subgraphs are asked, do not depend on data that their reader may not see',
  casesPerRound: 250,
  runs: { full: 20_000, quick: 2_000 },
  refusable: 0,
  round: async (seed, { cases }) => {
    kept ??= Twins.start();
    const counterexamples = await compareWorlds(seed * 1000, cases, await kept);
    return { cases, refused: {}, counterexamples };
  },
};
