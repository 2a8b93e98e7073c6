/** Carries out what `ringfence bank` orders: in the running gateway, or beside a server. */
import {
  closeAccount,
  narrowed,
  versionInForce,
  type AgreementVersion,
  type Consent,
  type ConsentRepository,
  type RegisteredAgreement,
} from '../consent/index.js';
import { InternalFault } from '../fault/index.js';
import { categoriesOf, type BankStatus } from '../policy/index.js';
import { keyedName, type CustomerLinks, type OperatorAct, type RegistryStore, type StoreKeys } from '../store/index.js';
import { decisionsOf } from './bankDecision.js';
import { endAllAt, intervened } from './bankIntervention.js';
import type { AgreementOrder, BankOrder, CustomerOrder, KeyOrder } from './bankOrder.js';
import { decideKey, keysShown, type KeyDesk, type KeysShown } from './keyDesk.js';

/** What orders are carried out with. */
export interface BankDesk {
  /** The agreements as configured, in registry order. */
  readonly configured: readonly RegisteredAgreement[];
  readonly registry: RegistryStore;
  readonly repository: ConsentRepository;
  readonly links: CustomerLinks;
  readonly keys: Pick<StoreKeys, 'names'>;
  readonly bankKeys: KeyDesk;
  readonly now: () => Date;
  /** Resolves when this process goes by the decisions that were just entered, and nothing leaves it that does not. */
  readonly applied: () => Promise<void>;
}

/** One bank's agreement as it stands. */
export interface BankShown {
  readonly bank: string;
  readonly status: BankStatus;
  readonly configuredStatus: BankStatus;
  /** Of the decision in effect; 0 where the configuration alone holds. */
  readonly version: number;
  /** Purpose → categories. */
  readonly covers: Readonly<Record<string, readonly string[]>>;
  readonly lookbackDays?: number;
  readonly maximumConsentDays?: number;
  readonly callsPerMinute?: number;
  readonly maintenance?: readonly { readonly from: string; readonly until: string }[];
  /** Every decision, oldest first. */
  readonly decisions: readonly DecisionShown[];
}

/** One decision, and who answers for it. */
export interface DecisionShown {
  readonly version: number;
  readonly status?: BankStatus;
  readonly enteredAt: string;
  readonly effectiveFrom?: string;
  readonly by: string;
  readonly reason: string;
}

/** What an order came to: the agreements or keys it was about, the consents that it changed, or a link. */
export type BankAnswer =
  | { readonly kind: 'banks'; readonly banks: readonly BankShown[] }
  | KeysShown
  | { readonly kind: 'consents'; readonly consents: readonly Pick<Consent, 'id' | 'state'>[] }
  | { readonly kind: 'link'; readonly bank: string; readonly linked: boolean };

/** Carries out one order. Rejects with an `InternalFault` in words for an operator; nothing was changed then. */
export async function carryOut(desk: BankDesk, order: BankOrder): Promise<BankAnswer> {
  switch (order.kind) {
    case 'list':
      return { kind: 'banks', banks: await shown(desk, desk.configured) };
    case 'show':
      return { kind: 'banks', banks: await shown(desk, [configuredOf(desk, order.bank)]) };
    case 'close-account':
    case 'revoke':
    case 'suspend-consent':
    case 'resume-consent':
    case 'link':
    case 'unlink':
      return atTheBanksWord(desk, order);
    case 'keys':
      return keysAt(desk, order.bank);
    case 'add-key':
    case 'retire-key':
    case 'revoke-key':
      return decideAboutKey(desk, order);
    default:
      return decide(desk, order);
  }
}

async function decide(desk: BankDesk, order: AgreementOrder): Promise<BankAnswer> {
  const configured = configuredOf(desk, order.bank);
  const now = desk.now().getTime();
  await desk.registry.enter(actOf(desk, order), (versions) => decisionsOf(order, { configured, versions, now }));
  await desk.applied();
  return { kind: 'banks', banks: await shown(desk, [configured]) };
}

async function decideAboutKey(desk: BankDesk, order: KeyOrder): Promise<BankAnswer> {
  requireKeyed(desk, order.bank);
  await decideKey(desk.bankKeys, order, actOf(desk, order));
  await desk.applied();
  return keysAt(desk, order.bank);
}

function keysAt(desk: BankDesk, bank: string): Promise<KeysShown> {
  requireKeyed(desk, bank);
  return keysShown(desk.bankKeys, bank, desk.now().getTime());
}

/** The wallet has an agreement, and the keys of a subgraph of the platform. */
function requireKeyed(desk: BankDesk, bank: string): void {
  configuredOf(desk, bank);
  const { configured } = desk.bankKeys;
  if (configured.kind === 'unknown' || configured.keys.some((key) => key.bank === bank)) return;
  throw new InternalFault(`the keys of \`${bank}\` are those of its configuration: nothing is decided about them`);
}

async function atTheBanksWord(desk: BankDesk, order: CustomerOrder): Promise<BankAnswer> {
  configuredOf(desk, order.bank);
  switch (order.kind) {
    case 'close-account':
      return { kind: 'consents', consents: await closed(desk, order) };
    case 'revoke':
    case 'suspend-consent':
    case 'resume-consent':
      await note(desk, order, ['consent', order.consent]);
      return { kind: 'consents', consents: [await intervened(desk.repository, order, desk.now().getTime())] };
    case 'link':
      return link(desk, order);
    case 'unlink':
      return unlink(desk, order);
  }
}

async function closed(desk: BankDesk, order: Extract<CustomerOrder, { kind: 'close-account' }>) {
  const { bank, account, reference: customerReference } = order;
  await note(desk, order, ['account', bank, account]);
  const changed: Consent[] = [];
  for (const customer of await desk.repository.customersOf({ kind: 'holder', bank, customerReference })) {
    const now = desk.now().getTime();
    changed.push(...(await desk.repository.change(customer, closeAccount({ bank, account, now }))));
  }
  return changed.map(({ id, state }) => ({ id, state }));
}

async function link(desk: BankDesk, order: Extract<CustomerOrder, { kind: 'link' }>): Promise<BankAnswer> {
  const { bank, customer, reference } = order;
  await note(desk, order, ['link', customer, bank]);
  if ((await desk.links.link(customer, bank, reference)) === 'linked') return { kind: 'link', bank, linked: true };
  throw new InternalFault('nothing was changed: the customer is linked under another reference; unlink it first');
}

/** The link goes first, so that nobody is granted anything by it while what rests on it ends. Repeating a broken one ends the rest. */
async function unlink(desk: BankDesk, order: Extract<CustomerOrder, { kind: 'unlink' }>): Promise<BankAnswer> {
  const { bank, customer } = order;
  await note(desk, order, ['link', customer, bank]);
  await desk.links.unlink(customer, bank);
  await endAllAt(desk.repository, { customer, bank }, desk.now().getTime());
  return { kind: 'link', bank, linked: false };
}

/** Written before the act, so that nothing is done without an entry. */
function note(desk: BankDesk, order: CustomerOrder, [kind, ...parts]: readonly [string, ...string[]]): Promise<void> {
  return desk.registry.note(actOf(desk, order), keyedName(desk.keys.names, kind, ...parts));
}

function actOf(desk: BankDesk, { kind, bank, by, reason }: AgreementOrder | CustomerOrder | KeyOrder): OperatorAct {
  return { command: `bank ${kind}`, bank, by, reason, at: desk.now().getTime() };
}

function configuredOf({ configured }: BankDesk, bank: string): RegisteredAgreement {
  const found = configured.find((agreement) => agreement.bank === bank);
  if (found) return found;
  const known = configured.map((agreement) => `\`${agreement.bank}\``).join(', ');
  throw new InternalFault(`no bank \`${bank}\` is configured; there are ${known}`);
}

async function shown(desk: BankDesk, agreements: readonly RegisteredAgreement[]): Promise<BankShown[]> {
  const versions = await desk.registry.versionsAfter(0);
  const now = desk.now().getTime();
  return agreements.map((configured) => {
    const own = versions.filter(({ bank }) => bank === configured.bank);
    const inForce = versionInForce(own, now);
    const { maintenance, covers, region: _, ...rest } = narrowed(configured, inForce?.terms);
    return {
      ...rest,
      configuredStatus: configured.status,
      version: inForce?.version ?? 0,
      covers: Object.fromEntries([...covers].map(([purpose, mask]) => [purpose, categoriesOf(mask)])),
      ...(maintenance && {
        maintenance: maintenance.map(({ from, until }) => ({ from: iso(from), until: iso(until) })),
      }),
      decisions: own.map(decisionShown),
    };
  });
}

function decisionShown({ version, terms, enteredAt, effectiveFrom, by, reason }: AgreementVersion): DecisionShown {
  return {
    version,
    ...(terms.status !== undefined && { status: terms.status }),
    enteredAt: iso(enteredAt),
    ...(effectiveFrom !== undefined && { effectiveFrom: iso(effectiveFrom) }),
    by,
    reason,
  };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
