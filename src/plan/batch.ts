/** The objects at a slot's paths → distinct representations, and for each the objects that its answer belongs to. */
import type { FieldFault } from '../fault/index.js';
import type { HarvestObject } from './harvest.js';
import { type Description, type Identity, identityOf, type Leaves } from './representation.js';
import type { Representation } from './subgraph.js';

/** A path that a batch collects at: its position among the slot's paths, and whether equal references may be one. */
export interface BatchPath {
  readonly index: number;
  readonly mayShare: boolean;
}

/** What a batch is collected with. */
export interface BatchInput {
  readonly description: Description;
  /** How many paths the slot has. */
  readonly paths: number;
  /** Told of each object that came to stand at several positions. */
  readonly shared: Set<object>;
  /** Told of each object that lacks something required because that failed. */
  readonly onWithheld: (object: HarvestObject, faults: readonly FieldFault[]) => void;
}

/** The objects of one representation at one path. */
interface Place {
  readonly objects: HarvestObject[];
  /** True when the first object holds nothing but what its representation says, so that it may stand for others. */
  readonly isBare: boolean;
}

/** The objects of one representation, by path. */
export type Places = readonly (Place | undefined)[];

/**
 * Collects objects under the representation that they share. References that hold nothing else become one object, so
 * that an entity which stands at a thousand places is filled in once, and written once.
 */
export class Batch {
  readonly representations: Representation[] = [];
  /** By representation. */
  readonly places: (Place | undefined)[][] = [];
  /** By type, as its leaves stand for it. Null for what has no representation. */
  private readonly known = new Map<Leaves, Map<Identity, (Place | undefined)[] | null>>();
  private readonly visited = new Set<object>();
  private readonly byText = new Map<string, (Place | undefined)[]>();

  constructor(private readonly input: BatchInput) {}

  /** Takes an object in; the one that it returns stands in its place. */
  take(object: HarvestObject, { index, mayShare }: BatchPath): HarvestObject {
    if (this.input.shared.has(object) && !this.isFirstVisit(object)) return object;
    const leaves = this.input.description.leavesOf(object);
    const identity = leaves && identityOf(object, leaves);
    const isKnown = leaves !== undefined && identity !== undefined;
    const places = isKnown ? this.placesOf(object, leaves, identity) : this.enter(object);
    if (!places) return object;
    const place = places[index];
    if (place?.objects[0] === object) return object;
    const isBare = mayShare && isKnown && holdsOnly(object, leaves.length + 1);
    if (place?.isBare && isBare) return this.standIn(place);
    if (place) place.objects.push(object);
    else places[index] = { objects: [object], isBare };
    return object;
  }

  private isFirstVisit(object: HarvestObject): boolean {
    const before = this.visited.size;
    return this.visited.add(object).size > before;
  }

  private placesOf(object: HarvestObject, leaves: Leaves, identity: Identity): (Place | undefined)[] | null {
    let ofType = this.known.get(leaves);
    if (!ofType) this.known.set(leaves, (ofType = new Map()));
    let places = ofType.get(identity);
    if (places === undefined) ofType.set(identity, (places = this.enter(object)));
    return places;
  }

  private enter(object: HarvestObject): (Place | undefined)[] | null {
    const described = this.input.description.describe(object);
    if (described.kind === 'withheld') this.input.onWithheld(object, described.faults);
    if (described.kind !== 'described') return null;
    const text = JSON.stringify(described.representation);
    const known = this.byText.get(text);
    if (known) return known;
    const places = Array.from<undefined>({ length: this.input.paths });
    this.byText.set(text, places);
    this.representations.push(described.representation);
    this.places.push(places);
    return places;
  }

  private standIn({ objects: [first] }: Place): HarvestObject {
    if (!first) throw new TypeError('a place has a first object');
    this.input.shared.add(first);
    return first;
  }
}

/** INVARIANT: what a partition returns has no prototype, and marks of its own: it stands for nothing else. */
function holdsOnly(object: HarvestObject, keys: number): boolean {
  if (Object.getPrototypeOf(object) !== Object.prototype) return false;
  let count = 0;
  for (const _ in object) count += 1;
  return count === keys;
}
