/** A finding as its part told it → the same with its place, and with a counterexample or the reason why there is none. */
import { isInterfaceType, isObjectType } from 'graphql';
import { categoriesOf, purposes, scopeOf, viewOf } from '../policy/index.js';
import { counterexampleOf, permittedCounterexample, refusedIn, widestScope, type Replay } from './counterexample.js';
import type { Counterexample, Finding } from './finding.js';
import { openings, tableWithout } from './opening.js';
import { sourceOf } from './source.js';
import type { Subject } from './subject.js';
import { reasonWithout } from './withoutCounterexample.js';

/** Adds what the finding's part left out. Without a subject there is nothing that an operation could be sent to. */
export function replayable(finding: Finding, subject: Subject | undefined): Finding {
  const location = finding.location ?? (subject && placeOf(finding, subject));
  const placed = location ? { ...finding, location } : finding;
  const counterexample = finding.counterexample ?? (subject && exampleOf(finding, subject));
  if (counterexample) return { ...placed, counterexample };
  return { ...placed, noCounterexample: reasonWithout(finding.code, subject !== undefined) };
}

function placeOf({ coordinate, path = [] }: Finding, subject: Subject) {
  const place = coordinate === undefined ? undefined : sourceOf(subject, coordinate);
  return place ?? path.findLast(({ location }) => location)?.location;
}

/** What problems of loading make possible: they are told without an operation. */
function exampleOf({ code, coordinate }: Finding, subject: Subject): Counterexample | undefined {
  if (coordinate === undefined) return undefined;
  switch (code) {
    case 'MATRIX':
    case 'NEVER_CONSENTABLE':
      return entryExample(subject, coordinate) ?? familyExample(subject, coordinate);
    case 'DENIABLE_NON_NULL':
    case 'DENIABLE_REQUIRED_ARGUMENT':
      return denialExample(subject, coordinate);
    default:
      return undefined;
  }
}

/** What an entry of the matrix opens: the same table without it keeps it closed. */
function entryExample(subject: Subject, entry: string): Counterexample | undefined {
  const without = tableWithout(subject.table, entry);
  return without && permittedCounterexample(subject, openings(subject.table, without, 'would read, by this entry,'));
}

/** A field that is read under one of its names and denied under the other, by an interface and by its type. */
function familyExample(subject: Subject, coordinate: string): Counterexample | undefined {
  const { table } = subject;
  const replays = relativesOf(subject, coordinate).flatMap((other) =>
    purposes
      .filter((one) => table.verdict(one, other, false) === 'allow' && table.verdict(one, coordinate, false) === 'deny')
      .map((purpose): Replay => {
        const what = categoriesOf(table.needs(other)).join(' and ');
        return {
          purpose,
          aims: [{ coordinate: other }],
          leak: `${purpose} would read ${what} at ${other}, which it is denied at ${coordinate}`,
        };
      }),
  );
  return permittedCounterexample(subject, replays);
}

/** The same field by the interfaces of its type, or by the types of its interface. */
function relativesOf({ schema }: Subject, coordinate: string): readonly string[] {
  const [owner = ''] = coordinate.split('.');
  const type = schema.getType(owner);
  const others = isInterfaceType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? type.getInterfaces() : [];
  return others.map(({ name }) => `${name}${coordinate.slice(owner.length)}`);
}

/** An operation of which this coordinate alone is denied: that its parent goes with it tells of the row. */
function denialExample(subject: Subject, coordinate: string): Counterexample | undefined {
  const needed = categoriesOf(subject.table.needs(coordinate)).map(scopeOf);
  const firstParty = purposes.filter((purpose) => viewOf(purpose) === 'first-party');
  const replays = firstParty.flatMap((purpose): Replay[] => {
    const widest = widestScope(subject.table, purpose);
    const narrow = widest.filter((word) => !needed.some((one) => one === word));
    const leak = `${purpose} is denied ${coordinate}, and the object around it goes with it: its absence tells of the row`;
    return [widest, narrow].map((words) => ({ purpose, scope: words.join(' '), aims: [{ coordinate }], leak }));
  });
  return replays
    .flatMap((replay) => counterexampleOf(subject, replay) ?? [])
    .find((example) => refusedIn(subject, example).join() === coordinate);
}
