/**
 * Node's environment of jest, and the end of what its test runner leaves: an AsyncLocalStorage for each test file. Node before
 * 24 follows every promise once for each of them, in the files that come after too, which took a quarter of all time.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { TestEnvironment } from 'jest-environment-node';

const opened = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...given) {
  opened.add(this);
  return run.apply(this, given);
};

export default class ClosingEnvironment extends TestEnvironment {
  async teardown() {
    await super.teardown();
    for (const storage of opened) storage.disable();
    opened.clear();
  }
}
