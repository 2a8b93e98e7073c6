/**
 * Every purpose × every coordinate through the real gateway: one generated query each, held against the domain's own
 * table (everyCoordinate/domainTable.ts), which shares nothing with the policy that the gateway serves.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { everyPurpose } from './everyCoordinate/domainTable.js';
import { readGraph } from './everyCoordinate/graph.js';
import { collectIds } from './everyCoordinate/inputs.js';
import { mayLackData } from './everyCoordinate/lackingData.js';
import {
  firstPartyPurposes,
  fullScope,
  labelledCoordinates,
  scopedCategories,
  viewOf,
  wordOf,
  type Asker,
} from './everyCoordinate/oracle.js';
import { outcomeOf } from './everyCoordinate/outcome.js';
import { Prober, type Probe } from './everyCoordinate/probes.js';
import { runProbes, type Laboratory, type Trial } from './everyCoordinate/run.js';
import { clientOf } from './everyCoordinate/reader.js';
import { approveCopy } from './everyCoordinate/approval.js';
import { makeCopy, removeCopy, start, type World } from './everyCoordinate/world.js';

const graph = readGraph('.');
const prober = new Prober(graph);
const hiddenPurposes = everyPurpose.filter((purpose) => viewOf(purpose) !== 'first-party');
const whole = (purpose: string): Asker => ({ purpose, scope: fullScope(purpose) });

/** No shipped client has these purposes; the copy registers one, so that they too can be tried. */
const moreClients = {
  file: 'policy/clients.yaml',
  from: 'clients:\n',
  to: 'clients:\n  everything-else: [CROSS_SELL, CONTENT_RANKING, DATA_SALE, MODEL_TRAINING, ELIGIBILITY]\n',
};

let root: string;
let world: World;
let laboratory: Laboratory;

beforeAll(async () => {
  root = makeCopy([moreClients]);
  approveCopy(root);
  const begun = await start(root);
  if (begun.kind !== 'ready') throw new Error(begun.output);
  world = begun.world;
  laboratory = { world, ids: await collectIds(world), composites: new Set(graph.keys()) };
}, 120_000);

afterAll(async () => {
  await world?.stop();
  removeCopy(root);
});

describe('the table of the tests', () => {
  test('labels every coordinate of the graph, and no other', () => {
    const all = [...graph.values()]
      .filter(({ isValue }) => !isValue)
      .flatMap(({ name, fields }) =>
        [...fields.values()].flatMap((field) => [
          `${name}.${field.name}`,
          ...[...field.required, ...field.optional].map((arg) => `${name}.${field.name}(${arg}:)`),
        ]),
      );
    expect([...labelledCoordinates()].sort()).toEqual(all.sort());
  });

  test('has a row for each of the sixteen purposes', () => {
    expect(new Set(everyPurpose).size).toBe(16);
  });
});

describe('outside the first-party view', () => {
  test('every coordinate is open, or it does not exist, and no bank is asked', async () => {
    const before = await world.bankRequests();
    for (const purpose of hiddenPurposes) {
      // Purposes of one view see one schema: the edges of each view once, its coordinates for each purpose.
      const byEdge = ['AD_TARGETING', 'COMPLIANCE_AUDIT', 'THIRD_PARTY_SHARING'].includes(purpose);
      const probes = byEdge ? prober.everyEdge(whole(purpose)) : prober.everyCoordinate(whole(purpose));
      const trials = await runProbes(laboratory, probes);
      expect(wrongOnes(trials)).toEqual([]);
      expect(bareOnes(trials)).toEqual([]);
    }
    expect(await world.bankRequests()).toBe(before);
  }, 120_000);

  test('what does not exist is refused in the same bytes, whoever asks for whomever', async () => {
    const absent = prober.everyCoordinate(whole('THIRD_PARTY_SHARING')).filter(({ denied }) => denied !== undefined);
    const trials = await runProbes(laboratory, absent);
    const answers = new Map(trials.map(({ query, answer }) => [query, answer]));
    for (const facts of sharingFacts) {
      const token = await world.token({ scope: '', ...facts });
      const others = await Promise.all([...answers.keys()].map((query) => world.ask(token, query)));
      expect(others).toEqual([...answers.values()]);
    }
  }, 60_000);
});

const sharingFacts = [
  { client: 'partner-app', purpose: 'THIRD_PARTY_SHARING', scope: 'partner:share', customer: 'customer-3' },
  { client: 'partner-app', purpose: 'THIRD_PARTY_SHARING', scope: 'partner:share' },
  { client: 'insights', purpose: 'ANALYTICS' },
  { client: 'everything-else', purpose: 'DATA_SALE' },
];

describe.each(firstPartyPurposes)('under %s', (purpose) => {
  test('every coordinate, by every edge that reaches it, is as the table says', async () => {
    const trials = await runProbes(laboratory, prober.everyEdge(whole(purpose)));
    expect(wrongOnes(trials)).toEqual([]);
    expect(bareOnes(trials)).toEqual([]);
  }, 60_000);

  test('a scope that lacks one of the categories denies the coordinate', async () => {
    const trials = await runProbes(laboratory, lackingOne(purpose));
    expect(trials.length).toBeGreaterThan(20);
    expect(wrongOnes(trials)).toEqual([]);
  }, 60_000);

  test('a scope of just the categories that the path needs reads the coordinate', async () => {
    const trials = await runProbes(laboratory, namingJustEnough(purpose));
    expect(wrongOnes(trials)).toEqual([]);
    expect(bareOnes(trials)).toEqual([]);
  }, 60_000);

  test('an empty scope reads what is open, and nothing else', async () => {
    const trials = await runProbes(laboratory, prober.everyCoordinate({ purpose, scope: new Set() }));
    expect(wrongOnes(trials)).toEqual([]);
    expect(bareOnes(trials)).toEqual([]);
  }, 60_000);
});

describe('whoever asks', () => {
  test('never selects a field that the gateway keeps to itself', async () => {
    for (const purpose of everyPurpose) {
      const trials = await runProbes(laboratory, prober.everyHiddenField(whole(purpose)));
      expect(trials.length).toBeGreaterThan(5);
      const outcomes = trials.map(({ answer, probe, query }) => ({ ...outcomeOf(answer, probe), query }));
      expect(outcomes.filter(({ kind }) => kind !== 'absent')).toEqual([]);
    }
  }, 60_000);

  test('is refused whole for a purpose that the client is not registered for', async () => {
    const clients = [...new Set(everyPurpose.map(clientOf))];
    const others = everyPurpose.flatMap((purpose) => {
      const customer = viewOf(purpose) === 'first-party' ? { customer: 'customer-1' } : {};
      const strangers = clients.filter((client) => client !== clientOf(purpose));
      return strangers.map((client) => ({ client, purpose, scope: [...fullScope(purpose)].join(' '), ...customer }));
    });
    const answers = await Promise.all(
      others.map(async (facts) => world.ask(await world.token(facts), '{ banks { id } }')),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
  });

  test('reads no reduced record without `audit:read`', async () => {
    const audited = prober
      .everyCoordinate(whole('COMPLIANCE_AUDIT'))
      .filter(({ steps }) => steps[0]?.field.startsWith('audited'));
    const asker = { purpose: 'COMPLIANCE_AUDIT', scope: new Set<string>() };
    const trials = await runProbes(
      laboratory,
      audited.map((probe) => ({ ...probe, asker })),
    );
    const outcomes = trials.map(({ answer, probe }) => outcomeOf(answer, probe));
    expect(outcomes.filter(({ kind }) => kind !== 'denied')).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(10);
  });
});

/** Each allowed coordinate with a scope of what its path needs. */
function namingJustEnough(purpose: string): Probe[] {
  const allowed = prober.everyCoordinate(whole(purpose)).filter(({ denied }) => denied === undefined);
  return allowed.map((probe) => {
    const words = probe.steps.flatMap(scopedCategories).map(wordOf);
    const manages = probe.steps[0]?.type === 'Mutation' && purpose === 'CONSENT_MANAGEMENT';
    const scope = new Set([...words, ...(manages ? ['consent:manage'] : [])]);
    return { ...probe, asker: { purpose, scope } };
  });
}

/** Each allowed coordinate once per category of its own, with a scope of everything else. */
function lackingOne(purpose: string): Probe[] {
  const allowed = prober.everyCoordinate(whole(purpose)).filter(({ denied }) => denied === undefined);
  const ends = new Set(allowed.map(endOf));
  const needed = allowed.flatMap(({ steps }) => steps.flatMap(scopedCategories));
  return [...new Set([...needed.map(wordOf), 'consent:manage'])]
    .filter((word) => fullScope(purpose).has(word))
    .flatMap((word) => {
      const scope = new Set([...fullScope(purpose)].filter((one) => one !== word));
      return prober
        .everyCoordinate({ purpose, scope })
        .filter((probe) => ends.has(endOf(probe)) && needsWord(probe, word));
    });
}

function needsWord({ steps }: Probe, word: string): boolean {
  const own = steps.findLast(({ onValue }) => !onValue);
  if (own === undefined) return false;
  if (word === 'consent:manage') return own.type === 'Mutation';
  return scopedCategories(own).map(wordOf).includes(word);
}

function endOf({ steps }: Probe): string {
  const own = steps.findLastIndex(({ onValue }) => !onValue);
  return JSON.stringify(steps.slice(own));
}

function wrongOnes(trials: readonly Trial[]): string[] {
  return trials.flatMap(({ probe, query, verdict }) =>
    verdict.kind === 'wrong'
      ? [`${probe.asker.purpose} [${[...probe.asker.scope].join(' ')}]: ${verdict.why}: ${query}`]
      : [],
  );
}

/** Coordinates that no probe could prove, although the demo's world has data for them. */
function bareOnes(trials: readonly Trial[]): string[] {
  const proven = new Set(trials.filter(({ verdict }) => verdict.kind === 'proven').map(({ coordinate }) => coordinate));
  const bare = trials.filter(({ verdict, coordinate }) => verdict.kind === 'bare' && !proven.has(coordinate));
  return [...new Set(bare.map(({ probe, coordinate }) => `${probe.asker.purpose} ${coordinate}`))].filter(
    (name) => !mayLackData(name),
  );
}
