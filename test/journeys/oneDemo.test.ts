/** Journeys that one demo can take one after the other: each leaves to the next what it looks at. */
import { afterAll, beforeAll, describe } from '@jest/globals';
import { failingBanksJourney } from './banksFail.js';
import { consentsJourney } from './consents.js';
import { type DemoWorld, startDemo } from './demoWorld.js';
import { examplesJourney } from './examples.js';
import { inFlightJourney } from './inFlight.js';
import { purposesJourney } from './purposes.js';
import { readingJourney } from './reading.js';
import { readmeJourney } from './readme.js';
import { tokensJourney } from './tokens.js';
import { writingJourney } from './writing.js';

let world: DemoWorld;
const demo = () => world;

beforeAll(async () => {
  world = await startDemo();
}, 120_000);
afterAll(() => world.stop());

describe.each([
  ['reading', readingJourney],
  ['purposes', purposesJourney],
  ['tokens', tokensJourney],
  ['banks that fail', failingBanksJourney],
  ['the README', readmeJourney],
  ['writing', writingJourney],
  ['the example operations in the demo', examplesJourney],
  ['revocation and retries in flight', inFlightJourney],
  // last: `customer-2` has no consent left when it is over, and `customer-4` has one
  ['consents', consentsJourney],
])('%s', (_name, journey) => {
  journey(demo);
});
