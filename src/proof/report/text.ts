/** A proof → text for a terminal. */
import { printProblem } from '../../fault/index.js';
import { replayLines } from '../counterexample.js';
import type { Finding } from '../finding.js';
import { humanReviewMeaning } from '../humanReview.js';
import type { Proof } from '../prove.js';

/** The parts with what they looked at, then every finding with its path and how to replay it. */
export function proofText(proof: Proof): string {
  const { parts, findings, humanReviewOnly, subject } = proof;
  const width = Math.max(...parts.map(({ part }) => part.length));
  const checked = Math.max(...parts.map((part) => part.checked.length));
  const lines = parts.map(({ part, checked: words, findings: { length } }) => {
    const verdict = length === 0 ? 'holds' : `${length} ${length === 1 ? 'finding' : 'findings'}`;
    return `${part.padEnd(width)}  ${words.padEnd(checked)}  ${verdict}`;
  });
  const exceptions = (subject?.flow.declassifications ?? []).map(
    ({ coordinate, subgraph, reason, approver }) => `  ${coordinate} in ${subgraph}: ${reason} (${approver})`,
  );
  return [
    ...lines,
    ...findings.flatMap((finding) => ['', ...findingLines(finding)]),
    '',
    ...(exceptions.length === 0 ? [] : ['reviewed exceptions to the flow:', ...exceptions, '']),
    `only people protect ${humanReviewOnly.length} ${humanReviewMeaning}`,
    ...humanReviewOnly.map(({ coordinate, unnoticed }) => `  ${coordinate}: could become ${unnoticed.join(', ')}`),
    '',
    summaryOf(proof),
    '',
  ].join('\n');
}

function summaryOf({ findings, subject }: Proof): string {
  if (findings.length === 0 && subject) return `policy ${subject.hash} holds`;
  return `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}: the purpose limits are not proven`;
}

function findingLines(finding: Finding): string[] {
  const { path = [], counterexample, noCounterexample } = finding;
  const steps = path.map(({ words, location }) => {
    return `    ${words}${location ? ` (${location.file}:${location.line}:${location.column})` : ''}`;
  });
  return [
    printProblem(finding),
    ...(steps.length > 0 ? ['  path:', ...steps] : []),
    ...(counterexample
      ? [`  leak: ${counterexample.leak}`, '  replay:', ...replayLines(counterexample).map((line) => `    ${line}`)]
      : []),
    ...(noCounterexample === undefined ? [] : [`  no counterexample: ${noCounterexample}`]),
  ];
}
