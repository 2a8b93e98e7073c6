/** The script of the HTML report. It writes text nodes only: nothing that comes from the files is ever markup. */
export const pageScript = `
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const at = (id) => document.getElementById(id);
const make = (tag, text, attributes) => {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  for (const [name, value] of Object.entries(attributes || {})) node.setAttribute(name, value);
  return node;
};
const place = (one) => (one ? one.file + ':' + one.line + ':' + one.column : '');
const marks = { allow: 'yes', item: 'item', deny: '\\u00b7' };

const verdict = at('verdict');
verdict.textContent = data.holds ? 'holds: policy ' + data.hash : data.findings.length + (data.findings.length === 1 ? ' finding' : ' findings') + ': the purpose limits are not proven';
verdict.className = data.holds ? 'holds' : 'fails';
for (const part of data.parts) {
  const row = at('parts').insertRow();
  row.append(make('td', part.part), make('td', part.checked), make('td', part.findings === 0 ? 'holds' : String(part.findings) + ' to mend', { class: part.findings === 0 ? 'holds' : 'fails' }));
}
at('findings-section').hidden = data.findings.length === 0;
for (const finding of data.findings) {
  const box = make('div', undefined, { class: 'finding' });
  box.append(make('strong', finding.code + ' ' + (finding.coordinate || '')), make('div', finding.message), make('div', place(finding.location), { class: 'soft' }));
  for (const step of finding.path || []) box.append(make('div', '\\u2192 ' + step.words + ' ' + place(step.location)));
  if (finding.counterexample) box.append(make('div', finding.counterexample.leak), make('pre', finding.counterexample.replay.join('\\n')));
  if (finding.noCounterexample) box.append(make('div', 'no counterexample: ' + finding.noCounterexample, { class: 'soft' }));
  at('findings').append(box);
}
const list = (id, lines, none) => {
  const target = at(id);
  if (lines.length === 0) { target.append(make('p', none, { class: 'soft' })); return; }
  const ul = make('ul');
  for (const line of lines) ul.append(make('li', line));
  target.append(ul);
};
list('exceptions', data.declassifications.map((one) => one.coordinate + ' in ' + one.subgraph + ': ' + one.categories.join(', ') + ' \\u2014 ' + one.reason + ' (' + one.approver + ', ' + place(one.location) + ')'), 'none');
list('changes', data.changes || [], data.changes ? 'none' : 'not compared: see the part lock');
at('review').append(make('p', data.humanReviewOnly.meaning, { class: 'soft' }));
list('review', data.humanReviewOnly.coordinates.map((one) => one.coordinate + ': could become ' + one.unnoticed.join(', ')), 'no coordinate: every change of one label makes the books differ');

const table = at('matrix');
const head = table.createTHead().insertRow();
head.append(make('th', 'coordinate', { scope: 'col' }));
for (const purpose of data.purposes) {
  const th = make('th', undefined, { scope: 'col' });
  th.append(make('span', purpose));
  head.append(th);
  at('purpose').append(make('option', purpose, { value: purpose }));
}
for (const word of [...new Set(data.matrix.flatMap((row) => row.categories))].sort()) at('category').append(make('option', word, { value: word }));
const body = table.createTBody();
let shown = 0;
let rows = [];
const step = 250;

function filter() {
  const words = at('search').value.toLowerCase().split(/\\s+/).filter(Boolean);
  const category = at('category').value;
  const purpose = at('purpose').value;
  rows = data.matrix.filter((row) => {
    const text = (row.coordinate + ' ' + row.categories.join(' ')).toLowerCase();
    return words.every((word) => text.includes(word)) && (!category || row.categories.includes(category)) && (!purpose || row.cells[purpose] !== 'deny');
  });
  body.replaceChildren();
  shown = 0;
  more();
}
function more() {
  for (const row of rows.slice(shown, shown + step)) body.append(rowOf(row));
  shown = Math.min(rows.length, shown + step);
  at('count').textContent = rows.length + ' of ' + data.matrix.length + ' coordinates';
  at('more').hidden = shown >= rows.length;
  const first = body.querySelector('td');
  if (first && !body.querySelector('td[tabindex="0"]')) first.tabIndex = 0;
}
function rowOf(row) {
  const tr = make('tr');
  const th = make('th', row.coordinate, { scope: 'row', class: 'row' });
  th.append(make('small', row.categories.join(', ') + (row.inaccessible ? ' \\u00b7 never emitted' : '')));
  tr.append(th);
  for (const purpose of data.purposes) {
    const cell = row.cells[purpose];
    const td = make('td', marks[cell], { 'data-verdict': cell, tabindex: '-1', 'aria-label': purpose + ' ' + row.coordinate + ': ' + cell });
    td.onclick = () => open(row, purpose, td);
    tr.append(td);
  }
  return tr;
}
let opened;
function open(row, purpose, td) {
  opened = td;
  const panel = at('detail');
  const close = make('button', 'close (Esc)', { type: 'button' });
  close.onclick = shut;
  const dl = make('dl');
  const say = (term, lines) => {
    if (lines.length === 0) return;
    dl.append(make('dt', term));
    for (const line of lines) dl.append(make('dd', line));
  };
  const verdictWords = { allow: 'may be read, with scope, consent and agreement where the category is guarded', item: 'may be read below an anchor edge only', deny: 'denied: no scope, consent or agreement opens it' };
  say('verdict', [purpose + ': ' + verdictWords[row.cells[purpose]]]);
  const needs = row.categories.flatMap((word) => (word === 'DERIVED' ? row.from : [word]));
  say('cells of the matrix', needs.map((word) => word + ': ' + ((data.rows[purpose] || {})[word] || 'open category')));
  say('anchor edges of the purpose', row.cells[purpose] === 'item' ? data.anchors[purpose] || [] : []);
  say('label', [row.categories.join(' and ') + (row.from.length ? ', from ' + row.from.join(', ') : '') + (row.reduced ? ', reduced' : '')]);
  say('stated at', row.owners.map(place));
  say('all that arrives here', [row.reaching.join(', ')]);
  say('by way of', row.paths.map((path) => path.map((one) => one.words).join(' \\u2192 ')));
  panel.replaceChildren(close, make('h2', row.coordinate), dl);
  panel.hidden = false;
}
function shut() {
  at('detail').hidden = true;
  if (opened) opened.focus();
}
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') { shut(); return; }
  if (event.key === '/' && event.target.tagName !== 'INPUT') { event.preventDefault(); at('search').focus(); return; }
  const td = event.target.closest ? event.target.closest('td[data-verdict]') : null;
  if (!td) return;
  if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); td.click(); return; }
  const column = td.cellIndex;
  const row = td.parentElement;
  const next = { ArrowRight: td.nextElementSibling, ArrowLeft: column > 1 ? td.previousElementSibling : null,
    ArrowDown: row.nextElementSibling && row.nextElementSibling.cells[column], ArrowUp: row.previousElementSibling && row.previousElementSibling.cells[column] }[event.key];
  if (!next) return;
  event.preventDefault();
  td.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
  next.scrollIntoView({ block: 'nearest', inline: 'nearest' });
});
at('filters').onsubmit = (event) => event.preventDefault();
for (const id of ['search', 'category', 'purpose']) at(id).oninput = filter;
at('more').onclick = more;
filter();
`;
