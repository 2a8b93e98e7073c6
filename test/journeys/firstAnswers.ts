/** A demo's first answers. */

/** The banks of `customer-1`, each of them asked. */
export const everyBank = '{ me { accounts { id } } }';

/**
 * Asks until every bank has answered: the first call of a process takes long, on a busy machine longer than a bank has.
 */
export async function untilAnswered(ask: () => Promise<string>): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    if (!(await ask()).includes('_UNAVAILABLE')) return;
  }
  throw new Error('the banks of the demo do not answer');
}
