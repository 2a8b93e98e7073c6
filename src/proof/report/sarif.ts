/** A proof → SARIF 2.1.0 (OASIS), which code scanning reads: a rule for each code, a result for each finding. */
import type { SourceLocation } from '../../fault/index.js';
import type { FlowStep } from '../../supergraph/index.js';
import { replayLines } from '../counterexample.js';
import type { Finding } from '../finding.js';
import type { Proof } from '../prove.js';

/** Findings without a place point at the first line of the matrix, since code scanning shows nothing without one. */
const somewhere: SourceLocation = { file: 'policy/matrix.yaml', line: 1, column: 1 };

/** Indented, with a newline at its end. An empty list of results where the proof holds. */
export function proofSarif({ findings }: Proof): string {
  const codes = [...new Map(findings.map((finding) => [finding.code, finding])).values()];
  const index = new Map(codes.map(({ code }, at) => [code, at]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'ringfence', rules: codes.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => resultOf(finding, index.get(finding.code) ?? 0)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf({ code, part }: Finding) {
  return {
    id: code,
    shortDescription: { text: `${code} in part ${part} of the proof` },
    properties: { tags: ['security', part] },
  };
}

function resultOf(finding: Finding, ruleIndex: number) {
  const { code, message, coordinate, location = somewhere, path = [], counterexample, noCounterexample } = finding;
  const replay = counterexample ? `\n${counterexample.leak}\n${replayLines(counterexample).join('\n')}` : '';
  const none = noCounterexample === undefined ? '' : `\nno counterexample: ${noCounterexample}`;
  return {
    ruleId: code,
    ruleIndex,
    level: 'error',
    message: { text: `${coordinate === undefined ? '' : `${coordinate}: `}${message}${replay}${none}` },
    locations: [placeOf(location, coordinate)],
    partialFingerprints: { 'ringfence/v1': `${code} ${coordinate ?? ''}` },
    ...(path.length > 0 ? { codeFlows: [codeFlowOf(path, location)] } : {}),
  };
}

function placeOf({ file, line, column }: SourceLocation, name?: string) {
  return {
    physicalLocation: {
      artifactLocation: { uri: encodeURI(file) },
      region: { startLine: line, startColumn: column },
    },
    ...(name === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: name }] }),
  };
}

function codeFlowOf(path: readonly FlowStep[], fallback: SourceLocation) {
  const locations = path.map(({ words, to, location }) => ({
    location: { ...placeOf(location ?? fallback, to), message: { text: words } },
  }));
  return { threadFlows: [{ locations }] };
}
