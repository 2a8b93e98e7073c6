/** Probes: attempts that say what they learned. A wall holds where a probe learns nothing. */
import { marksOf, textOf, askedSince } from '../journeys/asking.js';
import { type Answer, bankNames, type DemoWorld, type TokenRequest } from '../journeys/demoWorld.js';

/** A running demo, and what its `customer-1` alone may know. */
export interface Target {
  readonly world: DemoWorld;
  /** Texts of `customer-1`, long enough not to be met by chance. */
  readonly secrets: readonly string[];
}

/** One attempt of one class of attack. */
export interface Probe {
  /** The number of the class. */
  readonly of: number;
  /** What is tried. */
  readonly tries: string;
  /** What was learned that must not be known; empty where the system held. */
  readonly learns: (target: Target) => Promise<readonly string[]>;
}

/** A principal whose purpose is never consentable, speaking for a customer of three banks. */
export const outsider: TokenRequest = {
  client: 'partner-app',
  purpose: 'THIRD_PARTY_SHARING',
  customer: 'customer-1',
};

/** A first-party principal of `customer-1` unless said otherwise. */
export const insider = (purpose: string, customer = 'customer-1'): TokenRequest => ({ purpose, customer });

/** The secrets in an answer. */
export const secretsIn = ({ secrets }: Target, { text }: Pick<Answer, 'text'>): readonly string[] =>
  secrets.filter((secret) => text.includes(secret));

/** Asks, and learns the secrets in the answer. */
export function asking(request: TokenRequest, query: string): Probe['learns'] {
  return async (target) => secretsIn(target, await target.world.as(request)(query));
}

/** What the banks are asked while `act` runs, as one text. */
export async function heardBy(world: DemoWorld, act: () => Promise<unknown>): Promise<string> {
  const marks = await marksOf(world);
  await act();
  return textOf((await Promise.all(bankNames.map((bank) => askedSince(world, bank, marks)))).flat());
}

const ownQueries: readonly (readonly [string, string])[] = [
  [
    'ACCOUNT_SERVICING',
    `{ me { connections { id } accounts { id nickname maskedNumber holder { name phone email } balances { money { amount } }
       ... on CardAccount { card { id } } } } }`,
  ],
  ['FRAUD_ALERTS', '{ me { fraudAlerts { id } } }'],
  ['SUPPORT_CHAT', '{ me { conversations { id subject } } }'],
  ['CONSENT_MANAGEMENT', '{ me { consents { id } } }'],
];

/** What anybody may know is no secret. */
const openQuery =
  '{ me { id displayName locale } banks { id name } merchantOffers(first: 100) { edges { node { merchant text } } } }';

/** Collects the secrets, each as the customer that it belongs to reads it. */
export async function targetOf(world: DemoWorld): Promise<Target> {
  const answers = await Promise.all(ownQueries.map(([purpose, query]) => world.as(insider(purpose))(query)));
  const open = await world.as(outsider)(openQuery);
  const told = new Set(answers.flatMap(({ data }) => textsIn(data)));
  const secrets = [...told].filter((text) => text.length > 5 && !open.text.includes(text));
  if (secrets.length < 20) throw new Error('the customer of the probes has nothing to hide');
  return { world, secrets };
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
