/** One answer while it is inspected: where the reader is, what the grant allows, and how ids are sealed. */
import type { FieldFault } from '../fault/index.js';
import { type HarvestObject, Withheld } from '../plan/index.js';
import type { CategoryMask } from '../policy/index.js';
import { longestReference, type Sealer } from './sealedId.js';
import { type Stamp, stampKey } from './stamp.js';
import type { WantedField } from './refusing.js';
import { refusalOf, type Share } from './territory.js';

/** A partner answered something else than the contract says. The text is for operators and holds no value. */
export class ContractBreach extends Error {}

/** What answers of one request are inspected by. */
export interface Inspection {
  readonly share: Share;
  readonly customer: string;
  readonly epoch: number;
  readonly sealer: Sealer;
  /** Paths that the partner's errors point at or below, as JSON; with the fault to show there. */
  readonly failed: ReadonlyMap<string, FieldFault>;
}

/** The state of one inspection. Each position writes its key to `path[depth]` before it goes deeper. */
export class Reading {
  readonly path: (string | number)[] = [];
  readonly bank: string;
  /** False where the partner reports no error, and nobody asks for a path. */
  readonly isFailed: boolean;
  /** Rows inspected so far. */
  rows = 0;
  private readonly accounts: ReadonlyMap<string, CategoryMask> | 'all';
  private readonly stamps = new Map<CategoryMask, Stamp>();
  private readonly refusals = new Map<WantedField, Withheld>();

  constructor(private readonly inspection: Inspection) {
    const { accounts, territory } = inspection.share;
    this.bank = territory.bank;
    this.isFailed = inspection.failed.size > 0;
    this.accounts =
      accounts === 'all' ? 'all' : new Map(accounts.map(({ standing, mask }) => [standing.reference, mask]));
  }

  /** What is granted of an account; undefined when it was not granted, `'all'` while a customer picks. */
  grantedOf(reference: unknown): CategoryMask | 'all' | undefined {
    if (this.accounts === 'all') return 'all';
    return typeof reference === 'string' ? this.accounts.get(reference) : undefined;
  }

  /** Marks a row with the categories that it shows. */
  stamp(row: HarvestObject, released: CategoryMask): void {
    this.rows += 1;
    let stamp = this.stamps.get(released);
    if (!stamp) {
      const { customer, epoch } = this.inspection;
      stamp = Object.freeze({ customer, epoch, bank: this.bank, released });
      this.stamps.set(released, stamp);
    }
    (row as { [stampKey]?: Stamp })[stampKey] = stamp;
  }

  /** The fields that were refused on a row. */
  get refused(): readonly WantedField[] {
    return [...this.refusals.keys()];
  }

  /** What stands where a field is not allowed. */
  refusal(field: WantedField): Withheld {
    let refusal = this.refusals.get(field);
    if (!refusal) {
      refusal = new Withheld([refusalOf(this.inspection.share.territory, field.needs)]);
      this.refusals.set(field, refusal);
    }
    return refusal;
  }

  /** The fault of the null at the position that the first `depth` keys name. */
  faultAt(depth: number): FieldFault | undefined {
    return this.isFailed ? this.inspection.failed.get(JSON.stringify(this.path.slice(0, depth))) : undefined;
  }

  /** The id that a client sees for a partner's reference. */
  seal(kind: string, reference: string): string {
    if (reference.length > longestReference) throw new ContractBreach(`an id of \`${kind}\` is too long to seal`);
    const { customer, sealer } = this.inspection;
    return sealer.seal({ kind, customer }, { bank: this.bank, reference });
  }
}
