import type { ConsentRepository, RegisteredAgreementPort } from '../../src/consent/index.js';
import type { CategoryMask, ConsentablePurpose, ConsentPort } from '../../src/policy/index.js';
import type { ReceiptJournal } from '../../src/receipt/index.js';
import type { PlatformParts } from '../platform/parts.js';

/** Account ids as clients see them: bound to the customer, and made by the gateway alone. */
export interface AccountIds {
  /** Undefined for an id that names no account of this customer. */
  open(customer: string, id: string): { readonly bank: string; readonly reference: string } | undefined;
  seal(customer: string, bank: string, reference: string): string;
}

/** What the consent subgraph is made of. It runs beside the stores, in the gateway's own process. */
export interface ConsentParts extends PlatformParts {
  readonly repository: ConsentRepository;
  readonly journal: ReceiptJournal;
  readonly consents: ConsentPort;
  readonly agreements: RegisteredAgreementPort;
  /** The categories that a purpose's row in the matrix does not deny. */
  readonly admits: (purpose: ConsentablePurpose) => CategoryMask;
  readonly accounts: AccountIds;
  /** How a bank (or `wallet`) knows a customer; undefined where it has not said so. */
  readonly customerReference: (customer: string, bank: string) => Promise<string | undefined>;
  /** Keeps connection ids and cursors opaque. */
  readonly idKey: string;
  /** Keeps auditors' pseudonyms apart from everything else. */
  readonly auditKey: string;
}
