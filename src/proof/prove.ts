/** A project → the proof: seven parts in order, what each looked at, and every finding. */
import type { Problem } from '../fault/index.js';
import type { Permissions } from '../policy/index.js';
import { findingOf, proveClassified } from './classified.js';
import { proveCombination } from './combination.js';
import { proveDoubleEntry } from './doubleEntryFindings.js';
import { proofParts, type Finding } from './finding.js';
import { proveFlow } from './flowFindings.js';
import { humanReviewOnly, type HumanReviewOnly } from './humanReview.js';
import { proveLock } from './lockFindings.js';
import { proofMatrix, type MatrixRow } from './matrix.js';
import { proveNeverConsentable } from './neverConsentable.js';
import { replayable } from './replayable.js';
import type { Examined, PartResult, Subject } from './subject.js';
import { proveViews } from './viewClosure.js';

/** What a proof says. It holds where `findings` is empty. */
export interface Proof {
  /** Undefined where the policy does not even compile. */
  readonly subject: Subject | undefined;
  readonly parts: readonly PartResult[];
  /** Those of all parts, in the order of the parts. */
  readonly findings: readonly Finding[];
  readonly matrix: readonly MatrixRow[];
  readonly humanReviewOnly: readonly HumanReviewOnly[];
}

/**
 * Proves what was examined. Never throws for what the files say: what does not compile is a finding too. `permissions`:
 * another second book than the repository's, for graphs that it does not state.
 */
export async function prove(examined: Examined, permissions?: Permissions): Promise<Proof> {
  if (examined.kind === 'problems') return withoutSubject(examined.problems);
  const { subject } = examined;
  const told: readonly PartResult[] = [
    proveClassified(subject),
    proveNeverConsentable(subject),
    proveFlow(subject),
    proveCombination(subject),
    await proveDoubleEntry(subject, permissions),
    proveViews(subject),
    proveLock(subject),
  ];
  const parts = told.map((part) => {
    return { ...part, findings: part.findings.map((finding) => replayable(finding, subject)) };
  });
  return {
    subject,
    parts,
    findings: parts.flatMap(({ findings }) => findings),
    matrix: proofMatrix(subject),
    humanReviewOnly: humanReviewOnly(subject, permissions),
  };
}

/** Without a compiled policy only the first part can speak; the others say that they looked at nothing. */
function withoutSubject(problems: readonly Problem[]): Proof {
  const findings = problems.map((problem) => replayable(findingOf(problem), undefined));
  const parts = proofParts.map((part): PartResult => {
    const own = findings.filter((finding) => finding.part === part);
    return {
      part,
      checked: part === 'classified' ? 'the project’s files' : 'nothing: the policy does not compile',
      findings: own,
    };
  });
  return { subject: undefined, parts, findings, matrix: [], humanReviewOnly: [] };
}
