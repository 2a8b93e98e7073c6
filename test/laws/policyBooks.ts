/** What the policy's oracle reads: labels, shape of the graph, policy files, and the claims of a token. */

/** What one subgraph says of a coordinate: `Type.field`, `Type.field(argument:)` or `Input.field`. */
export interface Label {
  readonly coordinate: string;
  readonly categories: readonly string[];
  readonly from?: readonly string[];
  readonly reduced?: boolean;
}

/** All that is written down. */
export interface Books {
  readonly labels: readonly Label[];
  /** The named type behind each field, argument and input field, by coordinate. */
  readonly targets: Readonly<Record<string, string>>;
  readonly values: readonly string[];
  /** Fields that lead to an object which is no value, by coordinate. */
  readonly edges: readonly string[];
  /** The fields of each input type, as coordinates. */
  readonly inputs: Readonly<Record<string, readonly string[]>>;
  readonly rows: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly anchors: Readonly<Record<string, readonly string[]>>;
  readonly picking: readonly string[];
  readonly writes: Readonly<Record<string, readonly string[]>>;
  readonly open: readonly string[];
  readonly entries: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** The claims that verdicts depend on. */
export interface Claims {
  readonly purpose: string;
  readonly scope: string;
}

/** The purposes of the platform's own clients. */
export const firstParty =
  /^(ACCOUNT_SERVICING|FRAUD_ALERTS|SUPPORT_CHAT|P2P_PAYMENT|MERCHANT_CHECKOUT|CONSENT_MANAGEMENT)$/;
/** Records of consents and releases. */
export const control = /^(CONSENT_RECORD|RECEIPT)$/;
const ownWords = `CONSENT_MANAGEMENT consent:manage AD_TARGETING ads:targeting AD_MEASUREMENT ads:measurement
  THIRD_PARTY_SHARING partner:share COMPLIANCE_AUDIT audit:read`;
/** The scope word that names a category. */
export const wordOf = (category: string): string => `data:${category.toLowerCase().replaceAll('_', '-')}`;

/** The scope words that a purpose admits; a token with any other is refused whole. */
export function admittedWords({ rows }: Books, purpose: string): string[] {
  const cells = firstParty.test(purpose) ? Object.entries(rows[purpose] ?? {}) : [];
  return [
    ...cells.filter(([, cell]) => cell !== 'deny').map(([name]) => wordOf(name)),
    new RegExp(`${purpose} (\\S+)`).exec(ownWords)?.[1] ?? [],
  ].flat();
}
