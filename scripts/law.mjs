/**
 * The laws of this repository that a general linter does not know: which folder may import which, which package may be
 * loaded where, a docstring on every export, no switched-off checks. `node scripts/law.mjs [root]` prints each breach.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folders of src/ in import order: each may import only those before it. */
export const folders =
  'fault supergraph policy principal operation authorize proof plan partition fetch response consent receipt store gateway partner cli'.split(
    ' ',
  );

/** Packages that only some places may load, with those places. */
export const restrictedPackages = {
  'graphql-shield': ['src/policy', 'src/partner'],
  'graphql-middleware': ['src/policy', 'src/partner'],
  dataloader: ['resolvers', 'src/partition'],
  '@apollo/server': ['src/gateway'],
  undici: ['src/fetch'],
  kysely: ['src/store'],
  pg: ['src/store'],
  '@electric-sql/pglite': ['src/store'],
  '@nats-io/transport-node': ['src/store'],
  cockatiel: ['src/fetch'],
  jose: ['src/principal', 'src/partition', 'src/partner', 'src/cli', 'src/gateway', 'resolvers'],
  commander: ['src/cli'],
  'node:http': ['src/gateway', 'src/partner'],
  'node:http2': [],
  'node:https': ['src/gateway', 'src/partner'],
  'node:net': ['src/gateway', 'src/fetch', 'src/cli/adminSocket.ts', 'src/store/natsServers.ts'],
  'node:tls': [],
  'node:dgram': [],
};

const specifiers =
  /(?:^|[\s;}])(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]|\brequire\w*\s*\(\s*['"]([^'"]+)['"]/g;
const homeless = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'misc', 'types', 'manager']);
const marker = ['TO', 'DO'].join('');
const switchedOff = new RegExp(
  `(?:es|ox)lint-(?:disable|enable)|@ts-(?:ignore|nocheck|expect-error)|\\b(?:${marker}|FIX${'ME'})\\b`,
);

/** The breaches of one file: `{ file, line, text }[]`. `file` is relative to the root, with forward slashes. */
export function breachesOf(file, source) {
  const at = (index) => source.slice(0, index).split('\n').length;
  const breach = (line, text) => ({ file, line, text });
  const imports = [...source.matchAll(specifiers)].flatMap((match) => {
    const text = importBreach(file, match[1] ?? match[2] ?? match[3]);
    return text === undefined ? [] : [breach(at(match.index + match[0].search(/\S/)), text)];
  });
  return [
    ...imports,
    ...nameBreaches(file).map((text) => breach(1, text)),
    ...lineBreaches(file, source).map(([line, text]) => breach(line, text)),
  ];
}

/** The place that the law speaks of: `src/plan`, `resolvers`, `test`, …; undefined for files right below src/. */
function placeOf(path) {
  const parts = path.split('/');
  return parts[0] === 'src' ? parts.slice(0, Math.min(2, parts.length - 1)).join('/') : parts[0];
}

function importBreach(file, specifier) {
  return specifier.startsWith('.')
    ? folderBreach(file, posix.join(posix.dirname(file), specifier))
    : packageBreach(file, specifier);
}

function packageBreach(file, specifier) {
  const wanted = specifier.startsWith('node:')
    ? specifier
    : specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');
  const name = `node:${wanted}` in restrictedPackages ? `node:${wanted}` : wanted;
  const places = restrictedPackages[name];
  const from = placeOf(file);
  const bound = from.startsWith('src') || from === 'resolvers';
  if (!bound || places === undefined || places.includes(from) || places.includes(file)) return undefined;
  return `\`${name}\` may be loaded only in ${places.join(', ') || 'no folder'}`;
}

function folderBreach(file, target) {
  const from = placeOf(file);
  const to = placeOf(target);
  if (from === to || from === 'test') return undefined;
  if (from === 'resolvers') return resolverBreach(to, target);
  if (!from.startsWith('src')) return undefined;
  if (!to.startsWith('src'))
    return from === 'src/cli' && to === 'resolvers' ? undefined : `\`${from}\` may not import \`${to}\``;
  const [here, there] = [from, to].map((place) => folders.indexOf(place.slice(4)));
  if (here < 0 || there < 0) return `\`${here < 0 ? from : to}\` is no folder of the import order`;
  if (there > here) return `\`${from}\` may not import \`${to}\`: imports point one way`;
  return entranceBreach(to, target);
}

function resolverBreach(to, target) {
  if (to === 'src/cli' || !to.startsWith('src/')) return `\`resolvers\` may not import \`${to}\``;
  return entranceBreach(to, target);
}

function entranceBreach(to, target) {
  return target === `${to}/index.js` ? undefined : `\`${to}\` is entered through \`${to}/index.js\``;
}

function nameBreaches(file) {
  const words = file.split('/').map((part) => part.replace(/\..*$/, '').toLowerCase());
  return words.filter((word) => homeless.has(word)).map((word) => `\`${word}\` names no thing of the domain`);
}

function lineBreaches(file, source) {
  const lines = source.split('\n');
  const documented = /^(?:src|resolvers)\//.test(file);
  return lines.flatMap((line, index) => {
    const found = [];
    if (switchedOff.test(line) && !file.startsWith('scripts/law'))
      found.push([index + 1, 'no check is switched off, nothing is left for later']);
    if (documented && declares(line) && !hasDocstring(lines, index))
      found.push([index + 1, 'an export without a docstring']);
    return found;
  });
}

function declares(line) {
  return /^export\s+(?:default\b|declare\b|abstract\b|async\b|const\b|let\b|function\b|class\b|interface\b|enum\b|type\s+\w)/.test(
    line,
  );
}

function hasDocstring(lines, index) {
  const end = index - 1;
  if (!/\*\/\s*$/.test(lines[end] ?? '')) return false;
  let start = end;
  while (start > 0 && !lines[start].includes('/*')) start -= 1;
  return lines[start].trimStart().startsWith('/**');
}

/** The breaches of all TypeScript files below src, resolvers and test. */
export function breachesBelow(root) {
  const files = ['src', 'resolvers', 'test'].flatMap((folder) => list(join(root, folder)));
  return files.flatMap((path) => breachesOf(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8')));
}

function list(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes(`${sep}generated${sep}`));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const breaches = breachesBelow(process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url)));
  for (const { file, line, text } of breaches) console.error(`${file}:${line}: ${text}`);
  process.exitCode = breaches.length === 0 ? 0 : 1;
}
