/** Bars as SVG, readable on white and on black: the page's own text colour, no fonts but the reader's. */

const width = 760;
const labelWidth = 220;
const barHeight = 22;
const gap = 10;
const top = 64;

const colours = { own: '#2f7dd1', variant: '#7fb2e6', twin: '#9db7cf', peer: '#a08fb8', floor: '#8c9a86' };

/** `bars` are `{ label, value, text, kind }`; the longest fills the width. The last lines are the small print. */
export function barChart({ title, unit, bars, smallPrint }) {
  const longest = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE);
  const lines = wrap(smallPrint, 118);
  const height = top + bars.length * (barHeight + gap) + 24 + lines.length * 15;
  const rows = bars.map((bar, index) => row(bar, { y: top + index * (barHeight + gap), longest }));
  const notes = lines.map((line, index) => {
    const y = top + bars.length * (barHeight + gap) + 20 + index * 15;
    return `  <text class="note" x="16" y="${y}">${escape(line)}</text>`;
  });
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(title)}">`,
    '  <style>',
    '    text { font: 13px system-ui, sans-serif; fill: #1f2328 } .title { font-size: 16px; font-weight: 600 }',
    '    .note { font-size: 11px; opacity: 0.75 } @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } }',
    '  </style>',
    `  <text class="title" x="16" y="28">${escape(title)}</text>`,
    `  <text class="note" x="16" y="46">${escape(unit)}</text>`,
    ...rows,
    ...notes,
    '</svg>',
  ].join('\n')}\n`;
}

function row({ label, value, text, kind }, { y, longest }) {
  const length = Math.max(1, Math.round((value / longest) * (width - labelWidth - 130)));
  const middle = y + barHeight / 2 + 5;
  return [
    `  <text x="${labelWidth - 8}" y="${middle}" text-anchor="end">${escape(label)}</text>`,
    `  <rect x="${labelWidth}" y="${y}" width="${length}" height="${barHeight}" rx="3" fill="${colours[kind] ?? colours.peer}"/>`,
    `  <text x="${labelWidth + length + 8}" y="${middle}">${escape(text)}</text>`,
  ].join('\n');
}

function wrap(text, most) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1];
    if (line.length + word.length + 1 > most) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
