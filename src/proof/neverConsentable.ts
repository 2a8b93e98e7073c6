/** Part 2: no class of principals reads what its purpose may never read, and no scope opens what it does not name. */
import { Verdicts } from '../authorize/index.js';
import {
  categoriesOf,
  controlCategories,
  financialMask,
  maskOf,
  neverConsentablePurposes,
  viewOf,
  type CategoryMask,
  type Purpose,
} from '../policy/index.js';
import type { Label } from '../supergraph/index.js';
import { findingOf, partOf } from './classified.js';
import { counterexampleOf } from './counterexample.js';
import type { Finding } from './finding.js';
import { principalClasses, type ScopeClass } from './principalClasses.js';
import type { PartResult, Subject } from './subject.js';

const guarded = financialMask | maskOf(controlCategories);
const relationship = maskOf(['RELATIONSHIP']);

/**
 * Runs the gateway's own verdicts for every class of principals. Outside the first-party view: on every coordinate and
 * position, against the label and all that flows in. First party: on one coordinate of each set of needs, since a
 * verdict rests on nothing else of a coordinate than its cells and its needs. Linear in classes × coordinates. `Judge`
 * is what is proven.
 */
export function proveNeverConsentable(subject: Subject, Judge: typeof Verdicts = Verdicts): PartResult {
  const counts = principalClasses(subject);
  const classes = counts.flatMap((count) => count.classes);
  const among = representatives(subject);
  const findings = classes.flatMap((asker) =>
    viewOf(asker.purpose) === 'first-party'
      ? widenings(subject, new Judge({ ...subject.table, verdict: () => 'allow' }, asker), { asker, among })
      : readings(subject, new Judge(subject.table, asker), asker),
  );
  const subsets = counts.reduce((sum, count) => sum + count.subsets, 0);
  const told = subject.problems.filter((problem) => partOf(problem) === 'never-consentable').map(findingOf);
  return {
    part: 'never-consentable',
    checked: `${counts.length} purposes, ${subsets} scopes in ${classes.length} classes, ${subject.classification.labels.size} coordinates`,
    findings: [...told, ...oncePerPurpose(findings)],
  };
}

/** What a class outside the first-party view can read and must not. */
function readings(subject: Subject, verdicts: Verdicts, asker: ScopeClass): Finding[] {
  return [...subject.classification.labels.values()].flatMap((label) => {
    const permitted = verdicts.permits(label.coordinate, false) || verdicts.permits(label.coordinate, true);
    const forbidden = permitted ? forbiddenFor(subject, asker.purpose, label) : 0;
    return forbidden === 0 ? [] : [reading(subject, asker, { label, forbidden })];
  });
}

/** Auditors read reduced records; what flows into those is reduced with them, so that their labels decide. */
function forbiddenFor({ flow }: Subject, purpose: Purpose, label: Label): CategoryMask {
  const carried = label.categories | (label.from ?? 0);
  if ((neverConsentablePurposes as readonly Purpose[]).includes(purpose)) {
    return (carried | (flow.reaching.get(label.coordinate) ?? 0)) & guarded;
  }
  return carried & (label.reduced ? financialMask : guarded);
}

interface Read {
  readonly label: Label;
  readonly forbidden: CategoryMask;
}

function reading(subject: Subject, { purpose }: ScopeClass, { label, forbidden }: Read): Finding {
  const words = categoriesOf(forbidden);
  const what = words.map((word) => `\`${word}\``).join(', ');
  const path = words.flatMap((word) => subject.flow.pathTo(label.coordinate, maskOf([word]))).slice(0, 12);
  const [location] = label.locations;
  const counterexample = counterexampleOf(subject, {
    purpose,
    aims: [{ coordinate: label.coordinate }],
    leak: `\`${purpose}\` would learn ${what} from \`${label.coordinate}\``,
  });
  return {
    part: 'never-consentable',
    code: 'NEVER_CONSENTABLE',
    message: `is open to \`${purpose}\` and holds ${what}, which nobody can consent to; deny it in the matrix, or cut the path`,
    coordinate: label.coordinate,
    ...(location ? { location } : {}),
    ...(path.length > 0 ? { path } : {}),
    ...(counterexample ? { counterexample } : {}),
  };
}

/** Coordinates whose verdict cannot differ: the first of each set of needs, and those that a rule names. */
function representatives({ classification, table }: Subject): readonly Label[] {
  const named = [...classification.labels.values()].filter(({ owner }) => owner === 'Mutation');
  const byNeeds = new Map([...classification.labels.values()].map((label) => [table.needs(label.coordinate), label]));
  return [...byNeeds.values(), ...named];
}

/** Coordinates that a class reads, once the matrix lets it, though its scope names less than they need. */
function widenings(
  subject: Subject,
  verdicts: Verdicts,
  { asker, among }: { readonly asker: ScopeClass; readonly among: readonly Label[] },
): Finding[] {
  const { table } = subject;
  const scope = [...asker.scopeWords].join(' ');
  return among.flatMap(({ coordinate, locations: [location] }) => {
    const unnamed = table.needs(coordinate) & guarded & ~asker.scope;
    if (unnamed === 0 || !verdicts.permits(coordinate, false)) return [];
    const what = categoriesOf(unnamed & ~relationship || unnamed)
      .map((word) => `\`${word}\``)
      .join(', ');
    const leak = `\`${asker.purpose}\` would read ${what} at \`${coordinate}\` under a scope that does not name it`;
    const replay = { purpose: asker.purpose, aims: [{ coordinate }], scope, leak };
    const counterexample = counterexampleOf(subject, replay);
    return [
      {
        part: 'never-consentable' as const,
        code: 'SCOPE_WIDENS',
        message: `is open to \`${asker.purpose}\` under a scope that does not name ${what}; make the scope decide`,
        coordinate,
        ...(location ? { location } : {}),
        ...(counterexample ? { counterexample } : {}),
      },
    ];
  });
}

/** Classes of one purpose tell the same story about one coordinate: the first is enough. */
function oncePerPurpose(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [`${finding.coordinate} ${finding.message}`, finding])).values()];
}
