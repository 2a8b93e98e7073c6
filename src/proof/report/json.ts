/** A proof → one JSON document with everything that the other reports show. */
import { categoriesOf } from '../../policy/index.js';
import type { FlowStep } from '../../supergraph/index.js';
import { replayLines } from '../counterexample.js';
import type { Finding } from '../finding.js';
import { humanReviewMeaning } from '../humanReview.js';
import { principalClasses } from '../principalClasses.js';
import type { Proof } from '../prove.js';

/** Indented, with a newline at its end. Categories are words throughout. */
export function proofJson(proof: Proof): string {
  return `${JSON.stringify(proofRecord(proof), null, 2)}\n`;
}

/** What {@link proofJson} prints: `{ holds, hash, parts, findings, classes, declassifications, humanReviewOnly, matrix }`. */
export function proofRecord({ subject, parts, findings, matrix, humanReviewOnly }: Proof) {
  return {
    holds: findings.length === 0,
    hash: subject?.hash ?? null,
    parts: parts.map(({ part, checked, findings: own }) => ({ part, checked, findings: own.length })),
    findings: findings.map(findingRecord),
    classes: subject
      ? principalClasses(subject).map(({ purpose, subsets, classes }) => ({
          purpose,
          subsets,
          classes: classes.length,
        }))
      : [],
    declassifications: (subject?.flow.declassifications ?? []).map((one) => ({
      ...one,
      categories: categoriesOf(one.categories),
    })),
    humanReviewOnly: { meaning: humanReviewMeaning, coordinates: humanReviewOnly },
    matrix: matrix.map((row) => ({ ...row, paths: row.paths.map((path) => path.map(stepRecord)) })),
  };
}

function findingRecord({ path, counterexample, ...finding }: Finding) {
  return {
    ...finding,
    ...(path ? { path: path.map(stepRecord) } : {}),
    ...(counterexample ? { counterexample: { ...counterexample, replay: replayLines(counterexample) } } : {}),
  };
}

function stepRecord({ stops, ...step }: FlowStep) {
  return stops === undefined ? step : { ...step, stops: categoriesOf(stops) };
}
