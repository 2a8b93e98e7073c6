/**
 * One case at least for each class of attack that this product must withstand. A title begins with the number of its
 * class. All files of this folder share one running demo.
 */
import { afterAll, beforeAll, describe } from '@jest/globals';
import { openScene, type Scene } from './scene.js';
import { typeAttacks } from './typeShapes.js';

let scene: Scene;
const running = () => scene;

beforeAll(async () => {
  scene = await openScene();
}, 120_000);
afterAll(() => scene.world.stop());

describe.each([['types', typeAttacks]])('%s', (_name, attacks) => {
  attacks(running);
});
