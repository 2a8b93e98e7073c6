/** What came of an order about receipts → text for people. */
import type { Attestation } from '../receipt/index.js';
import type { CheckedReceipts, NamedFinding } from './receiptChecking.js';
import type { ReceiptAnswer } from './receiptDesk.js';

/** The text, with its last line's end. */
export function receiptText(answer: ReceiptAnswer): string {
  return linesOf(answer)
    .map((line) => `${line}\n`)
    .join('');
}

function linesOf(answer: ReceiptAnswer): readonly string[] {
  switch (answer.kind) {
    case 'verified':
      return checkedLines(answer);
    case 'exported':
      return exportedLines(answer);
    case 'attested':
      return attestationLines(answer.attestation);
    case 'unattested':
      return ['nothing is attested: the receipts are not what was written', ...checkedLines(answer)];
    case 'erased':
      return [answer.erased ? 'no receipt leads to the customer any more' : 'no receipt led to the customer'];
    case 'retained':
      return answer.cuts.length === 0
        ? ['nothing was old enough, or no signed checkpoint covers it']
        : answer.cuts.map(
            ({ chain, seq, removed }) => `chain ${chain}: ${removed} receipts cut off, up to entry ${seq}`,
          );
  }
}

/** For the operator, beside the lines themselves. */
function exportedLines({
  lines,
  unreadable,
  damaged,
}: Extract<ReceiptAnswer, { kind: 'exported' }>): readonly string[] {
  if (unreadable === 0) return [`${lines} lines`];
  return [
    ...damaged.map(({ chain, seq, id }) => `damaged: chain ${chain}, entry ${seq} (receipt ${id}): cannot be read`),
    `${lines} lines; ${unreadable} receipts cannot be read and are not among them: run \`ringfence receipts verify\``,
  ];
}

function checkedLines({ findings, ...checked }: CheckedReceipts): readonly string[] {
  const { entries, chains, checkpoints, cutAt, mark, witness } = checked;
  const read = `${entries} receipts in ${chains} chains, ${checkpoints} checkpoints`;
  return [
    ...findings.map(findingLine),
    `${read}: ${findings.length === 0 ? 'whole' : `${findings.length} findings`}`,
    ...(cutAt === undefined ? [] : [`receipts up to ${cutAt} were cut off`]),
    markLine(mark),
    ...(witness > 0 ? [`held against ${witness} statements of witnesses`] : []),
  ];
}

function findingLine({ kind, chain, from, to, id, words }: NamedFinding): string {
  const place = from === to ? `entry ${from}` : `entries ${from} to ${to}`;
  return `${kind}: chain ${chain}, ${place}${id === undefined ? '' : ` (receipt ${id})`}: ${words}`;
}

function markLine({ kind, chains, at = '' }: CheckedReceipts['mark']): string {
  switch (kind) {
    case 'held':
      return chains === 0
        ? 'this machine has marked no chain yet: the first checkpoint is made within a minute'
        : `held against this machine’s mark of ${chains} chains, of ${at}`;
    case 'none':
      return 'this machine has no mark of these receipts: it cannot tell whether ends of chains were cut off; `--witness` can';
    case 'other':
      return `this machine’s mark, of ${at}, is of the store before it was confirmed as restored or made anew: not held against it`;
  }
}

function attestationLines(attestation: Attestation): readonly string[] {
  const { counts, receiptsInPeriod, problems, log, checked, key, signature } = attestation;
  const differences = log?.differences ?? [];
  return [
    ...statedLines(attestation),
    `${counts.requested} requests with ${counts.calls} calls, ${counts.released} released; ${receiptsInPeriod} receipts of all banks in the period`,
    ...problems,
    ...(log ? [`the bank’s log has ${log.calls} calls; ${differences.length} differences`] : []),
    ...differences.map(
      ({ kind, at, interaction, receipt }) =>
        `${kind}: ${at} ${interaction ?? 'without an interaction id'}${receipt === undefined ? '' : ` (receipt ${receipt})`}`,
    ),
    ...checkedLines({ ...checked, witness: checked.witness?.statements ?? 0, findings: [] }),
    ...checked.spans.map(spanLine),
    `signed ${key} ${signature}`,
  ];
}

/** What is stated of which period. */
export function statedLines(attestation: Attestation): readonly string[] {
  const { bank, from, to, nothingHappened, settledUntil } = attestation;
  const period = `from ${from} to ${to}`;
  const stated = nothingHappened
    ? `nothing was requested from \`${bank}\`, and nothing of it was released, ${period}`
    : `it cannot be attested that nothing happened at \`${bank}\` ${period}`;
  if (settledUntil === undefined) return [stated];
  return [
    stated,
    `requests that began after ${settledUntil} may be under way: attest later what is to be said of them`,
  ];
}

function spanLine({ chain, first, last }: Attestation['checked']['spans'][number]): string {
  return first > last ? `chain ${chain}: no entry behind ${last}` : `chain ${chain}: entries ${first} to ${last}`;
}
