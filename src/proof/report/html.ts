/** A proof → one HTML page that needs nothing else: no network, no file beside it, no library. */
import { createHash } from 'node:crypto';
import { purposes } from '../../policy/index.js';
import type { Proof } from '../prove.js';
import { proofRecord } from './json.js';
import { pageScript } from './pageScript.js';
import { pageStyle } from './pageStyle.js';

/**
 * The page: verdict, parts, findings, reviewed exceptions, changes since the lock, and the matrix with search, whose
 * cells open what stands behind them. Its content policy admits its own style and script by their hashes and nothing
 * else; what comes from the files is data, and the script writes it as text only.
 */
export function proofHtml(proof: Proof, changes?: readonly string[]): string {
  const { subject } = proof;
  const matrix = subject?.table.matrix;
  const record = {
    ...proofRecord(proof),
    changes: changes ?? null,
    purposes,
    rows: Object.fromEntries([...(matrix?.rows ?? [])].map(([purpose, row]) => [purpose, Object.fromEntries(row)])),
    anchors: Object.fromEntries([...(matrix?.anchors ?? [])].map(([purpose, edges]) => [purpose, [...edges]])),
  };
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${sha256(pageStyle)}'`,
    `script-src 'sha256-${sha256(pageScript)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return page(policy, dataText(record));
}

function page(policy: string, data: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>ringfence: proof</title>
<style>${pageStyle}</style>
</head>
<body>
<header><h1>ringfence <small>proof of purpose limits</small></h1><p id="verdict" role="status"></p></header>
<main>
<section aria-labelledby="parts-title"><h2 id="parts-title">Parts</h2><table id="parts"></table></section>
<section id="findings-section" aria-labelledby="findings-title"><h2 id="findings-title">Findings</h2><div id="findings"></div></section>
<section aria-labelledby="matrix-title"><h2 id="matrix-title">Who may read what</h2>
<form id="filters"><input id="search" type="search" placeholder="search: a field, a category ( / )" aria-label="search" autocomplete="off">
<select id="category" aria-label="category"><option value="">every category</option></select>
<select id="purpose" aria-label="readable to"><option value="">readable to anyone or no one</option></select>
<span id="count" role="status"></span></form>
<div id="scroll" tabindex="-1"><table id="matrix"></table></div><button id="more" type="button">show more rows</button></section>
<section aria-labelledby="exceptions-title"><h2 id="exceptions-title">Reviewed exceptions to the flow</h2><div id="exceptions"></div></section>
<section aria-labelledby="changes-title"><h2 id="changes-title">Changes since the lock</h2><div id="changes"></div></section>
<section aria-labelledby="review-title"><h2 id="review-title">What only people protect</h2><div id="review"></div></section>
</main>
<aside id="detail" aria-live="polite" hidden></aside>
<script id="data" type="application/json">${data}</script>
<script>${pageScript}</script>
</body>
</html>
`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

/** JSON that cannot end the element it stands in, nor a line of script. */
function dataText(record: unknown): string {
  return JSON.stringify(record)
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
