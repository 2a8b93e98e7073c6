/** The leases of other instances, as this process sees them: over when they stood still here for as long as a lease lasts. */
import { type Confirmation, leaseMs } from './instances.js';

interface Sighting {
  readonly version: string;
  /** When it was seen first, by this process's own clock. */
  readonly at: number;
}

/**
 * INVARIANT: goes by no clock but this process's own, so that one that is set, here or in the database, ends no lease. An
 * instance took its lease before it wrote so, and that was before it was seen here.
 */
export class OtherLeases {
  private sightings: ReadonlyMap<string, Sighting> = new Map();

  constructor(
    private readonly own: string,
    private readonly monotonicMs: () => number,
  ) {}

  /** Takes all confirmations that there are, read before the call. */
  see(confirmations: readonly Confirmation[]): void {
    const at = this.monotonicMs();
    const others = confirmations.filter(({ id }) => id !== this.own);
    this.sightings = new Map(
      others.map(({ id, version }) => {
        const known = this.sightings.get(id);
        return [id, known?.version === version ? known : { version, at }];
      }),
    );
  }

  /** True where the instance can decide on nothing any more, unless it reads all anew. */
  isOver({ id, version }: Confirmation): boolean {
    const sighting = this.sightings.get(id);
    return sighting?.version === version && this.monotonicMs() - sighting.at >= leaseMs;
  }

  /** All that are over. */
  over(): readonly Confirmation[] {
    return [...this.sightings].map(([id, { version }]) => ({ id, version })).filter((one) => this.isOver(one));
  }
}
