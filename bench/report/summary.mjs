/** What a run comes to: the one JSON object that `--json` prints and `results/latest.json` holds. */
import { receiptBars } from './receipts.mjs';

/** The figures, the bars they are held against, and the ratio that is the headline. */
export function summaryOf({ environment, settings, results }) {
  const { nested, small, banks, receipts } = results;
  return {
    ...(nested && { ratioToBestPeer: ratioToBestPeer(nested) }),
    environment,
    settings: { rounds: settings.rounds, seconds: settings.seconds, connections: settings.connections },
    ...(nested && { nested: withBars(nested) }),
    ...(small && { small: withBars(small) }),
    ...(banks && { banks }),
    ...(receipts && { receipts: { ...receipts, bars: receiptBars(receipts.rows) } }),
  };
}

/** Requests/s of Ringfence under policy by those of the fastest peer that answered rightly; null without one. */
export function ratioToBestPeer(rows) {
  const own = rows.find(({ name }) => name === 'ringfence');
  const rates = rows.filter(({ kind }) => kind === 'peer').flatMap(({ requestsPerS = [] }) => requestsPerS);
  return own?.requestsPerS === undefined || rates.length === 0 ? null : own.requestsPerS / Math.max(...rates);
}

function withBars(rows) {
  const find = (name) => rows.find((row) => row.name === name) ?? {};
  const [own, repeated, twin, floor, hive] = ['ringfence', 'ringfence-repeated', 'twin', 'floor', 'hive'].map(find);
  const peers = rows.filter(({ kind, p99Ms }) => kind === 'peer' && p99Ms !== undefined);
  return {
    rows,
    bars: {
      ratioToBestPeer: ratioToBestPeer(rows),
      ratioToBestPeerAnswersRepeated: ratio(repeated.requestsPerS, Math.max(...peers.map((row) => row.requestsPerS))),
      partOfFloor: ratio(own.requestsPerS, floor.requestsPerS),
      cpuOfPolicy: ratio(own.cpuMsPerRequest, twin.cpuMsPerRequest),
      memoryOfHive: ratio(own.residentBytes, hive.residentBytes),
      p99BelowEveryPeer:
        peers.length > 0 && own.p99Ms !== undefined ? peers.every(({ p99Ms }) => own.p99Ms < p99Ms) : null,
    },
  };
}

function ratio(one, other) {
  return Number.isFinite(one) && Number.isFinite(other) ? one / other : null;
}

/** The bars as lines under a table. */
export function printBars({ bars }) {
  const show = (value, unit = '×') => (value === null ? 'not measured' : `${value.toFixed(2)} ${unit}`);
  return [
    `best Node peer: ${show(bars.ratioToBestPeer)} (bar 3); over repeated answers ${show(bars.ratioToBestPeerAnswersRepeated)}`,
    `of the floor: ${show(bars.partOfFloor)} (bar 0.60) · CPU with policy by without: ${show(bars.cpuOfPolicy)} (bar 1.05, grants included)`,
    `memory by Hive Gateway's: ${show(bars.memoryOfHive)} (bar 0.50) · p99 below every peer's: ${bars.p99BelowEveryPeer ?? 'not measured'}`,
    '',
  ].join('\n');
}
