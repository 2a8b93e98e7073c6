/** What the model says about records and standings, and what the real machine says, in one form to compare. */
import {
  createAgreementPort,
  createConsentPort,
  type ConsentRepository,
  type CustomerConsents,
} from '../../src/consent/index.js';
import { categoriesOf, type ConsentPort, type Purpose } from '../../src/policy/index.js';
import { beginningMs, type LawClock } from './consentMachineDoer.js';
import { banks, clients, purposes, type ConsentModel, type ModelStanding } from './consentMachineModel.js';

/** The consent port over a repository, for the banks of the law. */
export function portOver(repository: ConsentRepository, clock: LawClock): ConsentPort {
  const agreements = createAgreementPort(
    Object.entries(banks).map(([name, { region }]) => ({ bank: name, status: 'LIVE', region, covers: new Map() })),
  );
  return createConsentPort(repository, agreements, () => new Date(clock.ms));
}

/** The repository as one look finds it: each customer is read once, for every question. */
export function atOneLook(repository: ConsentRepository): ConsentRepository {
  const seen = new Map<string, Promise<CustomerConsents>>();
  const ofCustomer = (customer: string): Promise<CustomerConsents> => {
    const read = seen.get(customer) ?? repository.ofCustomer(customer);
    seen.set(customer, read);
    return read;
  };
  return Object.create(repository, { ofCustomer: { value: ofCustomer } }) as ConsentRepository;
}

/** Every question, and the port's answer in the model's words. */
export function standingsIn(port: ConsentPort, customer: string, clock: LawClock): Promise<unknown[]> {
  return Promise.all(asked.map((one) => standingOf(port, { customer, now: clock.ms }, one)));
}

const asked = clients.flatMap((client) =>
  [...purposes, 'CONSENT_MANAGEMENT'].map((purpose) => [client, purpose] as const),
);

/** The same by the model. */
export function standingsOf(model: ConsentModel): unknown {
  return asked.map(([client, purpose]) => [client, purpose, model.standing(client, purpose)]);
}

/** The model's consents in the order in which they were made, as `Doer.records` has the real ones. */
export function recordsOf({ consents }: ConsentModel): unknown {
  return consents.map(({ order, state, initiator, version, accounts, held, since, expiresAt, reconfirmBy }) => {
    const { client, bank, purpose } = order;
    const isOver = state === 'REVOKED' || state === 'EXPIRED' || state === 'REJECTED' || state === 'SUPERSEDED';
    const confirmBy = isOver || reconfirmBy === Infinity ? 'never' : reconfirmBy;
    return [client, bank, purpose, state, initiator, version, accounts, held, since, expiresAt, confirmBy];
  });
}

const hourMs = 3_600_000;

/** Says the standing of one question in the model's words. */
async function standingOf(
  port: ConsentPort,
  { customer, now }: { readonly customer: string; readonly now: number },
  [client, purpose]: readonly [string, string],
): Promise<unknown> {
  const { banks: said } = await port.standing({ customer, client, purpose: purpose as Purpose }, new Date(now));
  const entries = said.map(({ bank: name, state, accounts: listed }) => [name, { state, accounts: wordsOf(listed) }]);
  return [client, purpose, Object.fromEntries(entries) as ModelStanding];
}

function wordsOf(listed: Awaited<ReturnType<ConsentPort['standing']>>['banks'][number]['accounts']): unknown {
  if (listed === 'all') return 'all';
  const entries = listed.map(({ reference, categories: mask, notBefore }) => {
    const since = notBefore === undefined ? {} : { since: (Date.parse(notBefore) - beginningMs) / hourMs };
    return [reference, { words: categoriesOf(mask).toSorted(), ...since }];
  });
  return Object.fromEntries(entries) as unknown;
}
