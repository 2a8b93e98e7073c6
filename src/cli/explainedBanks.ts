/** A plan × principal → what each bank of the demo, and its wallet, would be asked, or why it would not. */
import { Cancellation, type EntityFetchNode, type Exchange, type PlanNode, type RootFetchNode } from '../plan/index.js';
import { contractSchema, createSealer, type PartnerPreview, previewAsked } from '../partition/index.js';
import type { AgreementPort, Policy } from '../policy/index.js';
import type { Principal } from '../principal/index.js';
import { demoPartners } from './demoAssembly.js';
import { demoIdKeys } from './demoIdKeys.js';
import { unusedDemo } from './demoStores.js';
import { clockOffsetOf } from './environment.js';
import { projectRoot } from './projectRoot.js';

/** One partner, and what it would hear. */
export interface BankShown extends Pick<PartnerPreview, 'asked' | 'leftOut'> {
  readonly bank: string;
  /** Why it is not asked at all; absent where it is. */
  readonly notAsked?: string;
}

type Fetch = RootFetchNode | EntityFetchNode;

/** What the plan is run with. */
export interface PlannedFetches {
  readonly node: PlanNode;
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The partners of every partitioned subgraph that the plan fetches from, in registry order. No bank is called. */
export async function banksAsked(
  policy: Omit<Policy, 'kind'>,
  principal: Principal,
  { node, variables }: PlannedFetches,
): Promise<readonly BankShown[]> {
  if (principal.customer === undefined || principal.view !== 'first-party') return [];
  const clockOffsetMs = clockOffsetOf(process.env['RINGFENCE_CLOCK']);
  const now = (): Date => new Date(Date.now() + clockOffsetMs);
  const { agreements, consents } = unusedDemo({ policy, now, clockOffsetMs });
  const { customer, clientId: client, purpose } = principal;
  const standing = await consents.standing({ customer, client, purpose }, now());
  const exchange: Exchange = {
    requestId: 'explain',
    principal,
    standing,
    variables,
    deadlineAt: Number.POSITIVE_INFINITY,
    signal: new Cancellation(),
    now: now(),
  };
  const sealer = createSealer((await demoIdKeys(projectRoot())).sealingKey);
  const rules = { agreements, consents, sealer, table: policy.table };
  const shown: BankShown[] = [];
  for (const { name, document } of policy.subgraphs) {
    const fetches = fetchesOf(node).filter(({ step }) => step.subgraph === name);
    const partners = demoPartners.get(name);
    if (!partners || fetches.length === 0) continue;
    const own = { ...rules, partners, schema: contractSchema(document) };
    const previews = await Promise.all(fetches.map((fetch) => previewAsked(own, fetch, exchange)));
    shown.push(...partners.flatMap((bank) => bankShown(bank, previews.flat(), agreements)));
  }
  return shown;
}

function fetchesOf(node: PlanNode): readonly Fetch[] {
  switch (node.kind) {
    case 'sequence':
    case 'parallel':
      return node.nodes.flatMap(fetchesOf);
    case 'condition':
      return [node.whenTrue, node.whenFalse].flatMap((branch) => (branch ? fetchesOf(branch) : []));
    case 'rootFetch':
    case 'entityFetch':
      return [node];
  }
}

/** Nothing for a bank that did not disclose itself. */
function bankShown(bank: string, previews: readonly PartnerPreview[], agreements: AgreementPort): BankShown[] {
  const status = agreements.agreement(bank)?.status ?? 'UNDISCLOSED';
  if (status === 'UNDISCLOSED') return [];
  const own = previews.filter((preview) => preview.bank === bank);
  const asked = own.flatMap((preview) => preview.asked);
  const leftOut = own.flatMap((preview) => preview.leftOut);
  if (asked.length > 0) return [{ bank, asked, leftOut }];
  return [{ bank, asked, leftOut, notAsked: reasonFor(status, own) }];
}

function reasonFor(status: string, previews: readonly PartnerPreview[]): string {
  if (status !== 'LIVE' && status !== 'PILOT') return `its agreement is ${status}`;
  if (previews.length === 0) return 'no active consent of this customer for this purpose';
  const refused = previews.some(({ leftOut }) => leftOut.length > 0);
  return refused ? 'nothing of this is allowed there' : 'no id given here names anything of this customer there';
}
