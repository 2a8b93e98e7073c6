/** One operation of the benchmark's graph, sent to every gateway in turn: rounds alternate, so that all share the weather. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { fileURLToPath } from 'node:url';
import { composeGraph, operations, referenceAnswer } from './graph/graph.mjs';
import { freePort } from './measure/port.mjs';
import { measureRound, settle } from './measure/round.mjs';
import { nextMessage, startNode, stop } from './measure/process.mjs';
import { openIssuer } from './ringfence/keys.mjs';

const startTimeoutMs = 60_000;

/** Runs the workload; resolves with a list of `{ name, label, kind, notes, rounds, answerBytes }` or `{ …, refused }`. */
export async function runFederated({ operation, entries, settings, say }) {
  const world = await openWorld(settings);
  const running = [];
  try {
    for (const entry of entries) running.push(await startEntry({ entry, operation, world, say }));
    await measureAll(running, { world, settings, say });
    return running.map(({ entry, refused, rounds, answerBytes }) => {
      const { name, label, kind, notes, packages } = entry;
      return { name, label, kind, notes, packages, refused, rounds, answerBytes };
    });
  } finally {
    await Promise.all(running.map(({ gateway }) => gateway && stop(gateway)));
    await world.close();
  }
}

async function measureAll(running, { world: { load, subgraphs }, settings, say }) {
  const measured = running.filter(({ refused }) => refused === undefined);
  for (const each of measured) await settle(each, { load, seconds: settings.warmUpS });
  const turns = Array.from({ length: settings.rounds }, () => measured).flat();
  for (const [turn, each] of turns.entries()) {
    if (turn % measured.length === 0) say(`round ${turn / measured.length + 1} of ${settings.rounds}`);
    subgraphs.child.send({ kind: 'answers', fresh: each.entry.answers !== 'repeated' });
    each.rounds.push(await measureRound(each, { load, settings }));
  }
}

async function openWorld({ cores, workFolder }) {
  const subgraphs = startNode(path('subgraphs.mjs'), { core: cores.others, ipc: true });
  const load = startNode(path('http/load.mjs'), { core: cores.others, ipc: true });
  const issuer = await openIssuer();
  const [{ ports }] = await Promise.all([nextMessage(subgraphs, 'ready'), nextMessage(load, 'ready')]);
  const urlOf = (name) => `http://127.0.0.1:${ports[name]}/graphql`;
  const supergraphFile = join(workFolder, 'supergraph.graphql');
  writeFileSync(supergraphFile, composeGraph(urlOf));
  const close = async () => {
    issuer.close();
    await Promise.all([stop(subgraphs), stop(load)]);
  };
  return { cores, workFolder, subgraphs, load, issuer, urlOf, supergraphFile, close };
}

/** INVARIANT: a gateway whose answer differs from the reference is not measured. */
async function startEntry({ entry, operation, world, say }) {
  say(`starting ${entry.label}`);
  const port = await freePort();
  const rounds = [];
  let gateway;
  try {
    gateway = await entry.start({ ...world, port, operation, answering });
    const request = {
      port,
      path: '/graphql',
      body: JSON.stringify(operations[operation]),
      headers: gateway.headers ?? [''],
    };
    const text = await firstAnswer(request, gateway);
    if (!isDeepStrictEqual(JSON.parse(text), plain(referenceAnswer(operations[operation])))) {
      throw new Error(`answers wrongly: ${text.slice(0, 300)}`);
    }
    const answerBytes = Buffer.byteLength(text);
    return { entry, gateway, request: { ...request, expectedBytes: answerBytes }, answerBytes, rounds };
  } catch (error) {
    if (gateway) await stop(gateway);
    say(`${entry.label} is left out: ${error.message}`);
    return { entry, refused: error.message, rounds };
  }
}

function plain(answer) {
  return JSON.parse(JSON.stringify(answer));
}

async function firstAnswer({ port, path: target, body, headers }, { child, output }) {
  const lines = headers[0].split('\r\n').filter((line) => line !== '');
  const sent = Object.fromEntries(lines.map((line) => line.split(': ')));
  const order = {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...sent },
    body,
  };
  const gone = () => child.exitCode !== null;
  const text = await answering(() => fetch(`http://127.0.0.1:${port}${target}`, order), gone);
  if (text.startsWith('{"data"')) return text;
  throw new Error(`does not answer: ${text.slice(0, 300)} ${output().slice(-500)}`);
}

/** Asks until there is an answer with data, but no longer than a gateway may take to start; the last text in any case. */
async function answering(ask, gone = () => false) {
  const until = Date.now() + startTimeoutMs;
  let text = '';
  while (!text.startsWith('{"data"') && Date.now() < until && !gone()) {
    text = await ask()
      .then((response) => response.text())
      .catch(() => '');
    if (!text.startsWith('{"data"')) await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return text;
}

function path(file) {
  return fileURLToPath(new URL(file, import.meta.url));
}
