/** The charts of one run, by file name. */
import { barChart } from './chart.mjs';
import { environmentLine } from './environment.mjs';
import { nameOfCase } from './receipts.mjs';

const titles = {
  nested: 'Nested query over four subgraphs, 87 KB answer',
  small: 'Small query, one subgraph call, 0.5 KB answer',
};

/** File name → SVG. */
export function chartsOf({ environment, ...summary }) {
  const smallPrint = environmentLine(environment);
  const charts = new Map();
  for (const operation of ['nested', 'small']) {
    const rows = summary[operation]?.rows.filter(({ requestsPerS }) => requestsPerS !== undefined) ?? [];
    if (rows.length === 0) continue;
    charts.set(`${operation}-requests.svg`, requestsChart(titles[operation], rows, smallPrint));
    charts.set(`${operation}-memory.svg`, memoryChart(titles[operation], rows, smallPrint));
  }
  if (summary.banks) charts.set('banks-cpu.svg', banksChart(summary.banks, smallPrint));
  if (summary.receipts) charts.set('receipts-requests.svg', receiptsChart(summary.receipts, smallPrint));
  return charts;
}

function requestsChart(title, rows, smallPrint) {
  const bars = rows.map(({ label, kind, requestsPerS, spread }) => {
    return { label, kind, value: requestsPerS, text: `${requestsPerS.toFixed(0)} ±${(spread * 100).toFixed(0)} %` };
  });
  return barChart({ title, unit: 'requests/s on one core, 50 connections; more is better', bars, smallPrint });
}

function memoryChart(title, rows, smallPrint) {
  const bars = rows.flatMap(({ label, kind, residentBytes }) => {
    if (!Number.isFinite(residentBytes)) return [];
    const mebibytes = residentBytes / 1024 ** 2;
    return [{ label, kind, value: mebibytes, text: `${mebibytes.toFixed(0)} MiB` }];
  });
  return barChart({ title, unit: 'resident memory under load; less is better', bars, smallPrint });
}

function banksChart({ spans }, smallPrint) {
  const bars = spans.flatMap(({ banks, cpuMsPerRequest, cpuMsPerBank }) => {
    if (!Number.isFinite(cpuMsPerRequest)) return [];
    const text = `${cpuMsPerBank.toFixed(2)} ms (${cpuMsPerRequest.toFixed(1)} ms in all)`;
    return [{ label: `${banks} bank${banks === 1 ? '' : 's'}`, kind: 'own', value: cpuMsPerBank, text }];
  });
  const title = 'One customer over many banks, 50 entries at each';
  return barChart({
    title,
    unit: 'CPU of the gateway for each bank of a request; equal bars are a straight line',
    bars,
    smallPrint,
  });
}

function receiptsChart({ rows, customers, banks }, smallPrint) {
  const bars = rows.map(({ requestsPerS, ratioToNone, ...row }) => {
    const text = `${requestsPerS.toFixed(0)} (${(ratioToNone * 100).toFixed(0)} %)`;
    return { label: nameOfCase(row), kind: row.mode === 'none' ? 'floor' : 'own', value: requestsPerS, text };
  });
  const title = `Receipts: ${customers} customers at ${banks} banks each`;
  const unit = 'requests/s on one core, 50 connections, and as a part of those without receipts; more is better';
  return barChart({ title, unit, bars, smallPrint });
}
