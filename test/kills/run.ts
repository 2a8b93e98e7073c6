/** Runs {@link GatewayKills} as its arguments say; `scripts/killGateway.mjs` starts it. */
import { parseArgs } from 'node:util';
import { Dice } from '../laws/dice.js';
import { GatewayKills } from './gatewayKills.js';
import { folderPlace, serverPlace } from './place.js';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    server: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(Date.now() % 2 ** 30) },
  },
});
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const rounds = Number(values.rounds);
const dice = new Dice(Number(values.seed));
say(`seed ${values.seed}, ${values.server ? 'a PostgreSQL server' : 'PGlite'}`);
const place = await (values.server ? serverPlace() : folderPlace());
const kills = new GatewayKills(place, () => dice.below(1000) / 1000);
try {
  for (let round = 1; round <= rounds; round += 1) {
    await kills.round();
    const { answers, revocations, problems } = kills.outcome(0);
    say(`kill ${round} of ${rounds}: ${answers} answers, ${revocations} revocations, ${problems.length} problems`);
  }
  const receipts = await kills.compare();
  await kills.restored();
  const outcome = kills.outcome(receipts);
  if (values.json) process.stdout.write(`${JSON.stringify({ seed: Number(values.seed), ...outcome })}\n`);
  for (const problem of outcome.problems) say(problem);
  say(
    `${outcome.kills} kills, ${outcome.answers} answers received, ${outcome.revocations} revocations acknowledged, ` +
      `${receipts} receipts, ${outcome.problems.length} problems`,
  );
  process.exitCode = outcome.problems.length === 0 && outcome.answers > 0 && outcome.revocations > 0 ? 0 : 1;
} finally {
  await kills.stop();
  await place.end();
}
