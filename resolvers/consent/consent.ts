/** Consents, connections and receipts as a subgraph: who allowed what, and what was released. */
import { disclosureTextOf, disclosureVersion, isFinal, settle, type Consent } from '../../src/consent/index.js';
import { InternalFault } from '../../src/fault/index.js';
import { createSubgraph, type Subgraph } from '../../src/partner/index.js';
import { categoriesOf } from '../../src/policy/index.js';
import { isDamaged, type Receipt } from '../../src/receipt/index.js';
import { createCutPager, type CutPager, type Page, type PageArguments } from '../platform/page.js';
import { platformOptions } from '../platform/parts.js';
import { createPseudonymizer } from '../platform/pseudonym.js';
import { askerOf, type AskerContext } from './asker.js';
import { auditedConsents, auditedReceipts, type Auditor } from './audit.js';
import type { AuditedPage, AuditedRange } from './auditPage.js';
import { connectionsOf, type ConnectionRow } from './connections.js';
import { grantConsent, revokeConsent, type GrantArguments, type RevokeArguments } from './grantConsent.js';
import type { ConsentParts } from './parts.js';

/** The subgraph `consent`. `sub` is the platform's own id of the customer. */
export function createConsentSubgraph(parts: ConsentParts): Subgraph {
  return createSubgraph({
    ...platformOptions('consent', parts),
    context: (grant) => ({ asker: askerOf(grant, parts) }),
    resolvers: {
      Query: auditResolvers(parts),
      Mutation: {
        grantConsent: (_: unknown, args: GrantArguments, context: AskerContext) => grantConsent(parts, args, context),
        revokeConsent: (_: unknown, args: RevokeArguments, context: AskerContext) =>
          revokeConsent(parts, args, context),
      },
      ...customerResolvers(parts),
      Consent: consentResolvers(parts),
      Receipt: receiptResolvers,
    },
  });
}

interface CustomerRow {
  readonly ref: string;
}

function customerResolvers(parts: ConsentParts) {
  const pager = createCutPager(parts.idKey);
  const nameOf = createPseudonymizer(parts.idKey);
  const connections = (asker: AskerContext['asker']) => connectionsOf(asker, parts, nameOf);
  return {
    Customer: {
      __resolveReference: ({ ref }: CustomerRow, { asker }: AskerContext) =>
        ref === asker.identity?.customer ? { ref } : null,
      connections: (_: CustomerRow, __: unknown, { asker }: AskerContext) => connections(asker),
      consents: async ({ ref }: CustomerRow, _: unknown, { asker }: AskerContext) => {
        const { consents } = await parts.repository.ofCustomer(ref);
        return consents.filter(asker.owns).map((consent) => settle(consent, parts.now().getTime()));
      },
      receipts: (_: CustomerRow, args: PageArguments, { asker }: AskerContext) =>
        receiptPage(asker, args, { parts, pager }),
    },
    BankConnection: {
      __resolveReference: async ({ bankId, reference }: ConnectionRow, { asker }: AskerContext) => {
        const own = await connections(asker);
        return own.find((row) => row.bankId === bankId && row.reference === reference) ?? null;
      },
    },
  };
}

async function receiptPage(
  { identity, purpose }: AskerContext['asker'],
  args: PageArguments,
  { parts, pager }: { readonly parts: ConsentParts; readonly pager: CutPager },
): Promise<Page<Receipt | Error> | null> {
  if (identity === undefined) return null;
  const { customer, client } = identity;
  const filter = purpose === 'CONSENT_MANAGEMENT' ? {} : { client, purpose };
  const cut = async (first: number, after: string | undefined) => {
    const range = { first, ...(after !== undefined && { after }) };
    const page = await parts.journal.ofCustomer(customer, filter, range);
    const items = page?.receipts.map((kept) => ({ id: kept.id, node: isDamaged(kept) ? unreadable : kept }));
    return page && items && { items, hasMore: page.hasMore };
  };
  return pager({ scope: ['receipts', customer, client, purpose], cut }, args);
}

function consentResolvers({ accounts }: ConsentParts) {
  return {
    categories: ({ categories }: Consent) => categoriesOf(categories),
    bank: ({ bank }: Consent, _: unknown, { asker }: AskerContext) => asker.named(bank),
    accountIds: async (consent: Consent, _: unknown, { asker }: AskerContext) => {
      if ((await asker.named(consent.bank)) === null) return null;
      const standing = (await asker.standings()).find(({ bank }) => bank === consent.bank);
      const covered = standing?.accounts ?? [];
      const shown = consent.accounts.filter(
        (reference) =>
          asker.purpose === 'CONSENT_MANAGEMENT' ||
          covered === 'all' ||
          covered.some((account) => account.reference === reference),
      );
      return shown.map((reference) => accounts.seal(consent.customer, consent.bank, reference));
    },
    grantedAt: ({ grantedAt, state }: Consent) => (wasGranted(state) ? instant(grantedAt) : null),
    expiresAt: ({ expiresAt }: Consent) => instant(expiresAt),
    reconfirmBy: ({ reconfirmBy, state }: Consent) =>
      reconfirmBy === undefined || isFinal(state) ? null : instant(reconfirmBy),
    duration: ({ duration }: Consent) => duration.kind,
    days: ({ duration }: Consent) => (duration.kind === 'TIME_BOUND' ? duration.days : null),
    disclosure: (consent: Consent) =>
      consent.disclosureVersion === disclosureVersion ? disclosureTextOf(consent) : null,
  };
}

function wasGranted(state: Consent['state']): boolean {
  return state !== 'DRAFT' && state !== 'AWAITING_BANK' && state !== 'REJECTED';
}

const receiptResolvers = {
  at: ({ at }: Receipt) => instant(at),
  bank: ({ bank }: Receipt, _: unknown, { asker }: AskerContext) => (bank === undefined ? null : asker.named(bank)),
  categories: async ({ bank, categories }: Receipt, _: unknown, { asker }: AskerContext) => {
    if (bank !== undefined && (await asker.named(bank)) === null) return null;
    return categoriesOf(categories);
  },
};

function auditResolvers(parts: ConsentParts) {
  const nameOf = createPseudonymizer(parts.auditKey);
  const pager = createCutPager(parts.idKey);
  const paged =
    <Row extends object>(
      name: string,
      rowsOf: (auditor: Auditor, parts: ConsentParts, range: AuditedRange) => Promise<AuditedPage<Row> | undefined>,
    ) =>
    async (_: unknown, args: PageArguments, { grant }: AskerContext) => {
      if (grant.purpose !== 'COMPLIANCE_AUDIT' || grant.client === undefined) return null;
      const auditor = { client: grant.client, nameOf };
      const cut = async (first: number, after: string | undefined) => {
        const page = await rowsOf(auditor, parts, { first, after });
        return page && { ...page, items: page.items.map(shownItem) };
      };
      return pager({ scope: [name, auditor.client], cut }, args);
    };
  return {
    auditedConsents: paged('auditedConsents', auditedConsents),
    auditedReceipts: paged('auditedReceipts', auditedReceipts),
  };
}

function shownItem<Row extends object>({ id, entry }: AuditedPage<Row>['items'][number]) {
  return { id, node: entry === 'damaged' ? unreadable : entry };
}

/** Stands where a record is that cannot be read. */
const unreadable = new InternalFault('a record in the store cannot be read');

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
