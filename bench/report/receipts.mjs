/** The fourth workload's figures as a table for a terminal, and the bars they are held against. */

const bars = { server: 0.85, embedded: 0.7 };
const names = { server: 'PostgreSQL server', embedded: 'PGlite, in process' };

const columns = [
  ['store', ({ store }) => names[store]],
  ['receipts', ({ mode }) => mode],
  ['requests/s', ({ requestsPerS }) => requestsPerS.toFixed(0)],
  ['spread', (row) => `±${(row.spread * 100).toFixed(0)} %`],
  ['p50 ms', ({ p50Ms }) => p50Ms?.toFixed(1) ?? ''],
  ['p99 ms', ({ p99Ms }) => p99Ms?.toFixed(1) ?? ''],
  ['CPU ms', ({ cpuMsPerRequest }) => cpuMsPerRequest?.toFixed(2) ?? ''],
  ['RSS MiB', ({ residentBytes }) => (residentBytes / 1024 ** 2).toFixed(0)],
  ['of none', ({ ratioToNone }) => `${(ratioToNone * 100).toFixed(0)} %`],
  ['bad', ({ failures }) => String(failures)],
];

/** How a case is called. */
export function nameOfCase({ store, mode }) {
  return `${names[store]}: ${mode}`;
}

/** Throughput with `strict` receipts by that without any, per store, with the bar of each. */
export function receiptBars(rows) {
  return Object.entries(bars).map(([store, bar]) => {
    const strict = rows.find((row) => row.store === store && row.mode === 'strict');
    return { store, ratio: strict?.ratioToNone ?? null, bar };
  });
}

/** The table as lines. */
export function printReceipts({ banks, customers, connections, server, rows, bars: held }) {
  const cells = [columns.map(([name]) => name), ...rows.map((row) => columns.map(([, show]) => show(row)))];
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => row[index].length)));
  const pad = (cell, index) => (index < 2 ? cell.padEnd(widths[index]) : cell.padStart(widths[index]));
  const failed = rows
    .filter(({ firstFailure }) => firstFailure)
    .map((row) => `${nameOfCase(row)}: ${row.firstFailure}`);
  const ends = held.map(
    ({ store, ratio, bar }) => `${names[store]} ${ratio?.toFixed(2) ?? 'not measured'} (bar ${bar})`,
  );
  return [
    '',
    `4 receipts: ${customers} customers at ${banks} banks each, ${banks} receipts a request, ${connections} connections; ${server}`,
    ...cells.map((row) => row.map(pad).join('  ')),
    ...failed,
    `strict by none: ${ends.join(' · ')}`,
    '',
  ].join('\n');
}
