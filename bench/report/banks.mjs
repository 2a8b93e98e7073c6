/** The second workload's figures as a table for a terminal. */

const columns = [
  ['banks', ({ banks }) => String(banks)],
  ['answer KB', ({ answerBytes }) => (answerBytes / 1000).toFixed(0)],
  ['requests/s', ({ requestsPerS }) => requestsPerS.toFixed(1)],
  ['of floor', ({ requestsPerS, floor }) => `${((100 * requestsPerS) / floor.requestsPerS).toFixed(0)} %`],
  ['CPU ms', ({ cpuMsPerRequest }) => cpuMsPerRequest?.toFixed(2) ?? ''],
  ['CPU ms a bank', ({ cpuMsPerBank }) => cpuMsPerBank?.toFixed(3) ?? ''],
  ['p50 ms', ({ p50Ms }) => p50Ms.toFixed(1)],
  ['p99 ms', ({ p99Ms }) => p99Ms.toFixed(1)],
  ['RSS MiB', ({ residentBytes }) => (residentBytes / 1024 ** 2).toFixed(0)],
  ['wait ms', ({ waiting }) => waiting.p50Ms.toFixed(1)],
  ['slowest bank', ({ waiting }) => waiting.slowestBankMs.toFixed(1)],
  ['allowed', ({ waiting }) => waiting.allowedMs.toFixed(1)],
  ['bad', ({ failures }) => String(failures)],
];

/** The table as lines, what grants cost below it. */
export function printBanks({ spans, line, grants, bankLatencyMs, connections }) {
  const cells = [columns.map(([name]) => name), ...spans.map((span) => columns.map(([, show]) => show(span)))];
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => row[index].length)));
  const rows = cells.map((row) => row.map((cell, index) => cell.padStart(widths[index])).join('  '));
  return [
    '',
    `2 banks: one customer, 50 entries at each bank, ${connections} requests under way`,
    ...rows,
    `CPU = ${line.offset.toFixed(2)} ms + ${line.slope.toFixed(3)} ms × banks (r² ${line.r2.toFixed(4)})`,
    `wait: one request at a time, each bank ${bankLatencyMs} ms slow; allowed: the slowest bank's own time, 10 % and 10 ms`,
    `grants, all included above: ${grants.signUs.toFixed(0)} µs to sign one (once in 45 s for a bank and customer), ` +
      `${grants.bindUs.toFixed(0)} µs to bind a body; at the bank ${grants.verifyNewUs.toFixed(0)} µs to verify a new one, ` +
      `${grants.verifyKnownUs.toFixed(0)} µs a known one`,
    '',
  ].join('\n');
}
