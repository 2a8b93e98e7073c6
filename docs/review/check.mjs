/**
 * Verifies a certificate of `ringfence prove --certificate` against a supergraph's text; shares no code with Ringfence.
 * node docs/review/check.mjs --supergraph FILE --certificate FILE [--policy-hash HEX] [--json]   exit 1 on any breach
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// 1. What was agreed, whatever a certificate says: agreed.json, beside this file. Keep your own copy of both.
const each = (keys, of) => Object.fromEntries([...keys].map((key) => [key, of(key)]));
const agreed = JSON.parse(readFileSync(new URL('agreed.json', import.meta.url), 'utf8'));
const { open, openToAll, matrix, picking, anchors, entries, writes } = agreed;

// 2. The text, read into nodes: definitions, their fields, those fields' arguments. What cannot be read, throws.
const lexeme = /"""(?:\\"""|[^])*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*|[\s,!]+|[A-Za-z_]\w*|-?\d[\w.+-]*|[^]/g;
const isToken = (lexed) => !/^[\s,!#]/.test(lexed);
const tokensOf = (text) => `{${text}\n}`.match(lexeme).filter(isToken).reverse();
const follows = (tokens, wanted) => tokens.at(-1) === wanted && tokens.pop() === wanted;
function word(tokens) {
  const token = tokens.pop();
  if (token?.startsWith('"')) return word(tokens); // a description
  if (/^[\w-]/.test(token ?? '')) return token;
  throw new Error(`the text cannot be read at \`${token}\`, ${tokens.length} tokens before its end`);
}
function between(tokens, [start, end], one) {
  const all = [];
  if (follows(tokens, start)) while (!follows(tokens, end)) all.push(one(tokens));
  return all;
}
const listed = (tokens, [start, next], one) =>
  follows(tokens, start) ? [one(tokens), ...listed(tokens, [next, next], one)] : [];
function value(tokens) {
  if (tokens.at(-1) === '[') return between(tokens, '[]', value);
  if (tokens.at(-1) === '{') return between(tokens, '{}', pair);
  return tokens.at(-1)?.startsWith('"') ? tokens.pop().slice(1, -1) : word(tokens);
}
const pair = (tokens) => [word(tokens), follows(tokens, ':') && value(tokens)];
const use = (tokens) => ({ directive: word(tokens), ...Object.fromEntries(between(tokens, '()', pair)) });
function node(tokens, kind) {
  const name = kind === 'schema' ? kind : follows(tokens, '@') ? `@${word(tokens)}` : word(tokens);
  const args = between(tokens, '()', (inner) => node(inner));
  follows(tokens, 'repeatable');
  const parents = [...listed(tokens, ['on', '|'], word), ...listed(tokens, ['implements', '&'], word)];
  const type = follows(tokens, ':') ? [value(tokens)].flat(9)[0] : undefined;
  if (follows(tokens, '=')) value(tokens); // a default
  const [all, members] = [listed(tokens, '@@', use), listed(tokens, '=|', word)];
  const uses = (wanted) => all.filter(({ directive }) => directive === wanted);
  return { kind, name, args, parents, type, uses, members, fields: between(tokens, '{}', (inner) => node(inner)) };
}

// 3. What the text makes necessary: places with their labels, and edges along which a value travels.
function graphOf(text) {
  const tokens = tokensOf(text);
  const all = between(tokens, '{}', () => node(tokens, word(tokens)));
  if (tokens.length > 0) throw new Error(`the text closes more than it opens, ${tokens.length} tokens before its end`);
  const graphs = all.find(({ name }) => name === 'join__Graph').fields;
  const names = new Map(graphs.map(({ name, uses }) => [name, uses('join__graph')[0].name]));
  const types = new Map(all.filter(({ kind }) => /^(type|in|union)/.test(kind)).map((type) => [type.name, type]));
  for (const type of types.values()) for (const parent of type.parents) types.get(parent).members.push(type.name);
  const [values, holders] = [true, false].map((is) => [...types.values()].filter((type) => isValue(type) === is));
  return { names, types, values: values.map(({ name }) => name), places: new Map(holders.flatMap(placesOf)) };
}
const keysOf = (type) => type.uses('join__type').filter((join) => join.key && join.resolvable !== 'false');
const isValue = (type) =>
  type.uses('value').length > 0 &&
  [type.parents, keysOf(type), ...type.fields.map(({ args }) => args)].flat().length === 0;
function placesOf(type) {
  const at = (field, one) => `${type.name}.${field.name}${one === field ? '' : `(${one.name}:)`}`;
  return type.fields.flatMap((field) => [field, ...field.args].map((one) => [at(field, one), { type, field, one }]));
}
/** The coordinates that a field set such as `id bank { id }` names. */
function selected(types, typeName, tokens) {
  const typeOf = (name) => types.get(typeName).fields.find((field) => field.name === name).type;
  const inner = (name) => between(tokens, '()', pair) && selected(types, typeOf(name), tokens);
  const one = (name) => [`${typeName}.${name}`, ...inner(name)];
  return between(tokens, '{}', () => one(word(tokens))).flat();
}
function labelOf({ names }, { type, field, one }) {
  const [data, joins] = [one.uses('data'), field.uses('join__field')];
  const owning = joins.length > 0 ? joins.filter(({ external }) => external !== 'true') : type.uses('join__type');
  return {
    categories: data.length === 0 ? ['UNLABELLED'] : data.flatMap(({ category }) => category),
    from: data.flatMap(({ from }) => from ?? []),
    reduced: data.some(({ reduced }) => reduced === 'true'),
    inaccessible: one.uses('inaccessible').length > 0,
    owners: owning.flatMap((join) => [names.get(join.graph), join.overrideLabel && join.override]).filter(Boolean),
  };
}
/** The types of the rows that a field leads to, through value types. */
function rowsBelow(types, name) {
  const type = types.get(name);
  return type && isValue(type) ? type.fields.flatMap((field) => rowsBelow(types, field.type)) : type ? [name] : [];
}
function* edgesAt({ names, types }, at, { type, field, one }) {
  const by = (join) => `subgraph ${names.get(join.graph)}`;
  const row = (name) => `rows of ${name}`;
  for (const twin of [...type.parents, ...type.members]) yield [at, twin + at.slice(type.name.length)];
  for (const next of one === field ? rowsBelow(types, field.type) : [])
    yield* [at, row(type.name), row(next)].map((end) => (end === row(next) ? [row(at), end] : [end, row(at)]));
  if (one !== field) yield* labelOf({ names }, { type, field, one }).owners.map((name) => [at, `subgraph ${name}`]);
  if (types.get(one.type)?.kind === 'input') yield* placesOf(types.get(one.type)).map(([from]) => [from, at]);
  for (const join of keysOf(type))
    yield* [`rows of ${type.name}`, ...selected(types, type.name, tokensOf(join.key))].map((part) => [part, by(join)]);
  for (const join of field.uses('join__field')) {
    const needed = selected(types, type.name, tokensOf(join.requires ?? ''));
    yield* needed.flatMap((part) => [`${type.name}.${field.name}`, by(join)].map((to) => [part, to]));
    yield* selected(types, field.type, tokensOf(join.provides ?? '')).map((part) => [at, part]);
  }
}
/** What each place and subgraph carries: its label, and what comes along an edge and is not declassified there. */
function fixpoint(labels, edges, exempt) {
  const carried = new Map(edges.flat().map((end) => [end, new Set()]));
  for (const [at, { categories, from }] of Object.entries(labels)) carried.set(at, new Set([...categories, ...from]));
  const stops = (edge, at, by) => edge[1] === `rows of ${at}` || `${edge}` === `${at},subgraph ${by}`;
  const push = (edge) => {
    const here = exempt.filter(({ coordinate, subgraph }) => stops(edge, coordinate, subgraph));
    const [stopped, [from, to]] = [here.flatMap(({ categories }) => categories), edge.map((end) => carried.get(end))];
    const more = [...from].filter((one) => !to.has(one) && !stopped.includes(one));
    return more.map((one) => to.add(one)).length > 0;
  };
  while (edges.filter(push).length > 0);
  return (end) => [...(carried.get(end) ?? [])];
}
/** What a purpose may do at a place: plain, item (below an anchor only) or deny. */
function verdict(purpose, at, { categories, from, reduced, isItem }) {
  const cell = (it) => (openToAll.includes(it) || entries[it]?.[purpose]?.includes(at) ? 'allow' : matrix[purpose][it]);
  const holds = { allow: true, own: !reduced, reduced, item: anchors[purpose]?.includes(at), write: at.endsWith(')') };
  const opened = (one) => {
    if (one === 'DERIVED') return from.every((input) => cell(input) === 'allow');
    return cell(one) === 'picking' ? picking.includes(at) : holds[cell(one)];
  };
  const [root] = /^(Mutation|Subscription)\.\w+/.exec(at) ?? [];
  if (root !== undefined && !writes[root]?.includes(purpose)) return 'deny';
  if (categories.every(opened)) return 'plain';
  return isItem && categories.every((one) => opened(one) || cell(one) === 'item') ? 'item' : 'deny';
}

// 4. What must hold: the certificate says what is found here, and what is found keeps the rules.
function findingsIn(graph, listed, declassifications) {
  const labels = each(graph.places.keys(), (at) => labelOf(graph, graph.places.get(at)));
  const own = [...graph.places].flatMap(([at, place]) => [...edgesAt(graph, at, place)]);
  const edges = [...own, ...listed.map(({ from, to }) => [from, to])];
  const carried = fixpoint(labels, edges, declassifications);
  const ends = [...Object.keys(labels), ...listed.flatMap(({ from, to }) => [from, to])].filter(
    (end) => !end.startsWith('subgraph ') && carried(end)[0],
  );
  const items = each(Object.keys(anchors), (one) => anchors[one].map((at) => graph.places.get(at)?.field.type));
  const isItem = (one, { type, field }) => items[one]?.includes(type.name) && !items[one].includes(field.type);
  const may = (one, [at, place]) => verdict(one, at, { ...labels[at], isItem: isItem(one, place) });
  const readable = (one) => (wanted) => [...graph.places].flatMap((it) => (may(one, it) === wanted ? it[0] : []));
  return {
    ...{ ...agreed, labels, valueTypes: graph.values, reaching: each(ends, carried) },
    received: each(graph.names.values(), (name) => carried(`subgraph ${name}`)),
    readable: each(Object.keys(matrix), (purpose) => each(['plain', 'item'], readable(purpose))),
  };
}
function* differences(at, found, wanted) {
  const [has, due] = [found, wanted].map((one) => (Array.isArray(one) ? each(one, () => true) : one));
  if (has === due) return;
  if (typeof has === 'object' && typeof due === 'object')
    for (const key in { ...due, ...has }) yield* differences(`${at} ${key}`.trim(), has[key], due[key]);
  else yield `${at} is ${due === undefined ? 'too much' : has === undefined ? 'missing' : `${has}, not ${due}`}`;
}
function* rules({ labels, reaching, received }, { clearances, declassifications }) {
  const guarded = (list, cleared = []) => list.filter((one) => !open.includes(one) && !cleared.includes(one));
  for (const [at, { categories }] of Object.entries(labels)) {
    const arrives = guarded(categories).length > 0 ? [] : guarded(reaching[at]);
    yield* arrives.map((one) => `flow ${at} is open, yet ${one} arrives`);
  }
  for (const [name, list] of Object.entries(received))
    yield* guarded(list, clearances[name]).map((one) => `flow subgraph ${name} receives ${one} without clearance`);
  for (const { coordinate: at, reason, approver } of declassifications)
    if (!reason || !approver) yield `declassification ${at} has no reason or no approver`;
}

// 5. The report.
export function check(text, certificate, hash) {
  const { edges, declassifications, ...said } = certificate;
  const [graph, digest] = [graphOf(text), createHash('sha256').update(text).digest('hex')];
  const found = findingsIn(graph, edges, declassifications);
  const head = { format: 'ringfence-certificate/1', supergraph: digest, policyHash: hash ?? said.policyHash };
  const breaches = [...differences('', said, { ...found, ...head }), ...rules(found, certificate)];
  const established = [
    `this supergraph (sha256 ${digest}), policy ${head.policyHash}${hash === undefined ? ', which nobody pinned' : ''}`,
    `${graph.places.size} fields, arguments and input fields carry the labels that the supergraph states`,
    `${edges.length} edges are closed: no open label and none of ${graph.names.size} subgraphs gets what it may not`,
    `what each purpose reads follows; nothing guarded is read by ${agreed.neverConsentable.join(', ')}`,
    ...declassifications.map((one) => `exempt: ${one.coordinate} ${one.categories} (${one.approver}: ${one.reason})`),
  ];
  return { ok: breaches.length === 0, breaches, established: breaches.length === 0 ? established : [] };
}
function report() {
  const options = ['--supergraph', '--certificate', '--policy-hash'].map((name) => process.argv.indexOf(name) + 1);
  const [supergraph, certificate, hash] = options.map((at) => (at > 0 ? process.argv[at] : undefined));
  const found = check(readFileSync(supergraph, 'utf8'), JSON.parse(readFileSync(certificate, 'utf8')), hash);
  const lines = [...found.established.map((one) => `holds   ${one}`), ...found.breaches.map((one) => `breach  ${one}`)];
  process.stdout.write(`${process.argv.includes('--json') ? JSON.stringify(found) : lines.join('\n')}\n`);
  process.exitCode = found.ok ? 0 : 1;
}
if (process.argv[1] === fileURLToPath(import.meta.url)) report();
