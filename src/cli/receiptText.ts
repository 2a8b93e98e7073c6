/** What came of an order about receipts → text for people. */
import type { Attestation } from '../receipt/index.js';
import type { NamedFinding, ReceiptAnswer } from './receiptDesk.js';

/** The text, with its last line's end. */
export function receiptText(answer: ReceiptAnswer): string {
  return linesOf(answer)
    .map((line) => `${line}\n`)
    .join('');
}

function linesOf(answer: ReceiptAnswer): readonly string[] {
  switch (answer.kind) {
    case 'verified': {
      const { chains, entries, checkpoints, cutAt, findings } = answer;
      const read = `${entries} receipts in ${chains} chains, ${checkpoints} checkpoints`;
      const cut = cutAt === undefined ? [] : [`receipts up to ${cutAt} were cut off`];
      if (findings.length === 0) return [`${read}: whole`, ...cut];
      return [...findings.map(findingLine), `${read}: ${findings.length} findings`, ...cut];
    }
    case 'exported':
      return exportedLines(answer);
    case 'attested':
      return attestationLines(answer.attestation);
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

function findingLine({ kind, chain, from, to, id, words }: NamedFinding): string {
  const place = from === to ? `entry ${from}` : `entries ${from} to ${to}`;
  return `${kind}: chain ${chain}, ${place} (receipt ${id}): ${words}`;
}

function attestationLines(attestation: Attestation): readonly string[] {
  const { bank, from, to, nothingHappened, counts, receiptsInPeriod, problems, log, key, signature } = attestation;
  const period = `from ${from} to ${to}`;
  const stated = nothingHappened
    ? `nothing was requested from \`${bank}\`, and nothing of it was released, ${period}`
    : `it cannot be attested that nothing happened at \`${bank}\` ${period}`;
  const differences = log?.differences ?? [];
  return [
    stated,
    `${counts.requested} requests with ${counts.calls} calls, ${counts.released} released; ${receiptsInPeriod} receipts of all banks in the period`,
    ...problems,
    ...(log ? [`the bank’s log has ${log.calls} calls; ${differences.length} differences`] : []),
    ...differences.map(
      ({ kind, at, interaction, receipt }) =>
        `${kind}: ${at} ${interaction ?? 'without an interaction id'}${receipt === undefined ? '' : ` (receipt ${receipt})`}`,
    ),
    `signed ${key} ${signature}`,
  ];
}
