/** Rounds → the figures of a gateway, and figures → a table for a terminal. */
import { median, spread } from '../measure/statistics.mjs';

/** One row per gateway: medians over its rounds, the spread of its throughput, and how Ringfence compares with it. */
export function summarise(gateways) {
  const rows = gateways.map(figuresOf);
  const own = rows.find(({ kind }) => kind === 'own');
  return rows.map((row) => {
    const comparable = own?.requestsPerS !== undefined && row.requestsPerS !== undefined;
    return comparable ? { ...row, ringfenceRatio: own.requestsPerS / row.requestsPerS } : row;
  });
}

function figuresOf({ rounds, ...gateway }) {
  if (rounds.length === 0) return gateway;
  const of = (figure) => median(rounds.map((round) => round[figure]));
  const rates = rounds.map(({ requestsPerS }) => requestsPerS);
  return {
    ...gateway,
    requestsPerS: median(rates),
    spread: spread(rates),
    rounds: rates,
    p50Ms: of('p50Ms'),
    p99Ms: of('p99Ms'),
    cpuMsPerRequest: of('cpuMsPerRequest'),
    residentBytes: Math.max(...rounds.map(({ residentBytes }) => residentBytes)),
    failures: rounds.reduce((total, { failures }) => total + failures, 0),
    firstFailure: rounds.find(({ firstFailure }) => firstFailure !== undefined)?.firstFailure,
  };
}

const columns = [
  ['gateway', ({ label }) => label],
  ['requests/s', ({ requestsPerS }) => requestsPerS.toFixed(0)],
  ['spread', (row) => `±${(row.spread * 100).toFixed(0)} %`],
  ['p50 ms', ({ p50Ms }) => p50Ms.toFixed(1)],
  ['p99 ms', ({ p99Ms }) => p99Ms.toFixed(1)],
  ['CPU ms', ({ cpuMsPerRequest }) => cpuMsPerRequest.toFixed(3)],
  ['RSS MiB', ({ residentBytes }) => (residentBytes / 1024 ** 2).toFixed(0)],
  ['ringfence ×', ({ ringfenceRatio }) => ringfenceRatio?.toFixed(2) ?? ''],
  ['bad', ({ failures }) => String(failures)],
];

/** The table as lines; gateways that were left out follow with the reason. */
export function printTable(title, rows) {
  const measured = rows.filter(({ requestsPerS }) => requestsPerS !== undefined);
  const cells = [columns.map(([name]) => name), ...measured.map((row) => columns.map(([, show]) => show(row)))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index].length)));
  const lines = cells.map((line) => line.map((cell, index) => pad(cell, widths[index], index)).join('  '));
  const refused = rows
    .filter((row) => row.refused !== undefined)
    .map(({ label, refused: why }) => `${label}: not measured: ${why}`);
  const failed = measured
    .filter(({ firstFailure }) => firstFailure)
    .map(({ label, firstFailure }) => `${label}: ${firstFailure}`);
  return `\n${title}\n${[...lines, ...refused, ...failed].join('\n')}\n`;
}

function pad(cell, width, index) {
  return index === 0 ? cell.padEnd(width) : cell.padStart(width);
}
