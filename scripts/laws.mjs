/**
 * Runs the random laws of test/laws on fresh seeds, on every core: `npm run laws -- [--quick] [--seed N] [--runs N]
 * [--law NAME] [--json]`. Prints each counterexample with the command that shows it again. Exit code 1 where a law is
 * broken or too much is refused.
 */
import { fork } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { bundled } from './bundled.mjs';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    seed: { type: 'string' },
    runs: { type: 'string' },
    law: { type: 'string' },
  },
});

const seed = options.seed === undefined ? randomInt(2 ** 30) : Number(options.seed);
const wished = options.runs === undefined ? undefined : Number(options.runs);
if (!Number.isInteger(seed) || (wished !== undefined && (!Number.isInteger(wished) || wished < 1))) {
  console.error('`--seed` and `--runs` are whole numbers');
  process.exit(2);
}
/** A quick run stops here, however slow the machine is, and says how far it came. */
const stopAt = Date.now() + (options.quick ? 270_000 : 6 * 3_600_000);
/** Counterexamples that are made small; that takes seconds each. */
const smallInAll = 6;
const say = (text) => (options.json ? console.error(text) : console.log(text));

const program = await bundled('test/laws/work.ts');
const known = await lawsOf(program);
const chosen = known.filter(({ name }) => options.law === undefined || name === options.law);
if (chosen.length === 0) {
  console.error(`no law is called \`${options.law}\`; there are ${known.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
say(`seed ${seed}`);
const reports = [];
for (const law of chosen) reports.push(await runLaw(law));
if (options.json) console.log(JSON.stringify({ seed, laws: reports }));
process.exitCode = reports.every(({ holds }) => holds) ? 0 : 1;

function lawsOf(file) {
  const worker = fork(file);
  return new Promise((resolve, reject) => {
    worker.once('exit', () => reject(new Error('a worker does not start')));
    worker.once('message', ({ laws }) => {
      resolve(laws);
      worker.disconnect();
    });
  });
}

/** Hands out rounds until all have run or the time is up. */
async function runLaw(law) {
  say(`${law.name}: ${law.statement}`);
  const started = Date.now();
  const total = { cases: 0, refused: {}, counterexamples: [] };
  const runs = wished ?? (options.quick ? law.runs.quick : law.runs.full);
  const rounds = Math.ceil(runs / law.casesPerRound);
  const state = { law, total, runs, next: 0, rounds, small: smallInAll, spokenAt: started };
  const workers = Math.min(availableParallelism(), rounds);
  await Promise.all(Array.from({ length: workers }, () => work(state)));
  const refusals = Object.values(total.refused).reduce((sum, count) => sum + count, 0);
  const isOften = refusals * 100 > law.refusable * total.cases;
  const holds = total.counterexamples.length === 0 && !isOften && total.cases > 0;
  const seconds = Math.round((Date.now() - started) / 1000);
  for (const [reason, count] of Object.entries(total.refused)) say(`  refused ${count} times: ${reason}`);
  say(
    `${law.name}: ${total.cases} cases in ${seconds} s, ${refusals} refused${isOften ? ', which is too often' : ''}, ` +
      `${total.counterexamples.length} counterexamples: ${holds ? 'holds' : 'broken'}`,
  );
  return { name: law.name, ...total, seconds, holds };
}

/** One worker process after another: one that dies is a counterexample, and is replaced. */
async function work(state) {
  while (hasMore(state)) await workUntilExit(state);
}

function hasMore({ next, rounds }) {
  return next < rounds && Date.now() < stopAt;
}

function workUntilExit(state) {
  const worker = fork(program);
  return new Promise((resolve) => {
    let order;
    const proceed = () => {
      order = hasMore(state) ? nextOrder(state) : undefined;
      if (order) worker.send(order);
      else worker.disconnect();
    };
    worker.on('message', (message) => {
      if (order) note(state, message);
      proceed();
    });
    worker.on('exit', (code, signal) => {
      if (order) note(state, { ...order, ...deathOf(code, signal) });
      resolve();
    });
  });
}

/**
 * The planning library ends its process over some operations. A gateway plans in a process apart and refuses those; here
 * the round ends with it, as one case that was refused.
 */
function deathOf(code, signal) {
  return signal === 'SIGABRT'
    ? { cases: 1, refused: { 'the planning library ended its process': 1 } }
    : { error: `the process died (${signal ?? code})` };
}

function nextOrder(state) {
  const { law } = state;
  const order = {
    law: law.name,
    seed: seed + state.next,
    cases: Math.min(law.casesPerRound, state.runs - state.next * law.casesPerRound),
    small: Math.min(state.small, 2),
  };
  state.next += 1;
  return order;
}

function note(state, { seed: of, cases, small, refused = {}, counterexamples = [], error }) {
  const { total, law } = state;
  if (error === undefined) total.cases += cases;
  for (const [reason, count] of Object.entries(refused)) total.refused[reason] = (total.refused[reason] ?? 0) + count;
  const found = error === undefined ? counterexamples : [error];
  state.small -= Math.min(small, found.length);
  for (const text of found) {
    total.counterexamples.push({ seed: of, text });
    if (total.counterexamples.length > 2 * smallInAll) continue;
    say(
      `\ncounterexample; again by: npm run laws -- --law ${law.name} --seed ${of} --runs ${law.casesPerRound}\n${text}\n`,
    );
  }
  if (Date.now() - state.spokenAt < 10_000) return;
  state.spokenAt = Date.now();
  say(`  ${total.cases} of ${state.runs}, ${total.counterexamples.length} counterexamples`);
}
