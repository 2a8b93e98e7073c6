/** Every gateway that the benchmark knows, in the order of its tables. */
import { apollo } from './peers/apollo.mjs';
import { hive, hiveRust } from './peers/hive.mjs';
import { mercurius } from './peers/mercurius.mjs';
import { floor } from './floor/floor.mjs';
import { ringfence, ringfenceRepeated, twin } from './ringfence/gateways.mjs';

const all = [ringfence, ringfenceRepeated, twin, hiveRust, hive, apollo, mercurius, floor];

/** The gateways that are named, separated by commas; all without names. Throws for a name that there is not. */
export function gatewaysFor(only) {
  if (only === undefined) return all;
  return only.split(',').map((name) => {
    const found = all.find((entry) => entry.name === name);
    if (!found)
      throw new Error(`no gateway \`${name}\`; expected some of ${all.map((entry) => entry.name).join(', ')}`);
    return found;
  });
}
