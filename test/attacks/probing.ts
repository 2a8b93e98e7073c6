/** Runs every probe against the demo below a folder, and prints what each learned as JSON: `node probing.mjs <root>`. */
import { startDemo } from '../journeys/demoWorld.js';
import { editProbes, partProbes } from './composedProbes.js';
import { demoProbes } from './demoProbes.js';
import { type Probe, targetOf, type Target } from './probe.js';

const [, , root] = process.argv;
const world = await startDemo({ RINGFENCE_SANDBOX_SALT: 'probed', RINGFENCE_LOG: 'silent' }, root);
try {
  const target = await targetOf(world);
  const outcomes = [];
  for (const probe of [...partProbes, ...editProbes, ...demoProbes]) outcomes.push(await outcomeOf(probe, target));
  process.stdout.write(`${JSON.stringify(outcomes)}\n`);
} finally {
  await world.stop();
}

/** A probe that breaks off has met something that is neither an answer nor a refusal: it says so, and learned nothing. */
async function outcomeOf({ of, tries, learns }: Probe, target: Target): Promise<object> {
  try {
    return { of, tries, learned: await learns(target) };
  } catch (error) {
    return { of, tries, learned: [], failed: String(error) };
  }
}
